import Commands
import Configuration
import Debugger
import Glibc
import HostFiles
import TerminalInterface

/// What the command line asked for, for either front end.
struct FrontEndOptions: Sendable {
  var program: String?
  var arguments: [String] = []
  /// To attach to.
  var process: Int32?
  /// `-ex` and `-x`, in their order.
  var items: [BatchItem] = []
  /// `-iex`, before the program is opened.
  var earlyItems: [BatchItem] = []
  var readsInitFile = true
  var printsJSON = false
  var terminal: String?
  var directory: String?
  /// `NAME=VALUE` each.
  var environment: [String] = []
  var standardInput: String?
  var stopsAtEntry = false
  var theme: String?
  var configurationFile: String?
  /// Of what sdb logs of itself; nil: the settings'.
  var logLevel: LogLevel?

  /// How the program is to be started, as far as the command line says.
  func apply(to launch: inout LaunchConfiguration) {
    launch.arguments = arguments
    launch.terminal = terminal
    launch.directory = directory
    // Of our directory, not of the one that the program starts in.
    launch.standardInput = standardInput.map(HostPath.absolute)
    for change in environment {
      let name = change.prefix { $0 != "=" }
      launch.environment.append((String(name), String(change.dropFirst(name.count + 1))))
    }
    launch.sendsOutputToStandardError = printsJSON
  }

  /// The settings of `--config`, else of `config.toml` in the user's folder; nil where there are none.
  var configuration: ConfigurationFile? {
    get throws(ConfigurationError) {
      if let configurationFile { return try ConfigurationFile(path: configurationFile) }
      guard let folder = BaseDirectory.config.folder, HostPath.exists(folder + "/config.toml") else { return nil }
      return try ConfigurationFile(path: folder + "/config.toml")
    }
  }

  /// The user's file of commands that are carried out at each start, where there is one.
  var initFile: String? {
    guard readsInitFile else { return nil }
    guard let path = BaseDirectory.config.folder.map({ $0 + "/init" }), access(path, R_OK) == 0 else { return nil }
    return path
  }
}
