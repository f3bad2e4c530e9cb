package import Configuration
import TOMLKit

/// What the user has set in `config.toml`.
package struct Settings: Sendable, Hashable {
  /// `theme`: a name or a path; nil leaves the choice to the terminal's colours.
  package var theme: String?
  /// `leave-terminal-key`: leaves the program's terminal, and is the one key that the program does not get.
  package var leaveTerminalKey = Key(.character("]"), .control)
  /// `mouse`: whether sdb takes the mouse.
  package var usesMouse = true
  /// `history-size`: commands kept from run to run.
  package var historySize = 1_000
  /// `tab-width`: columns to the next tab stop in source text.
  package var tabWidth = 8
  /// `scrollback-lines`: lines of the program's output that can be looked back at.
  package var scrollbackLines = 5_000

  /// What holds where nothing is set.
  package init() {}

  /// Reads a file of settings; what it does not name keeps its standard value.
  package init(path: String) throws(ConfigurationError) {
    try self.init(ConfigurationFile(path: path))
  }

  /// Takes the settings of a file that is read already.
  package init(_ file: ConfigurationFile) throws(ConfigurationError) {
    self.init()
    for key in file.root.keys {
      guard let value = file.root[key] else { continue }
      switch key {
      case "theme": theme = try Self.text(value, key, file)
      case "leave-terminal-key":
        let name = try Self.text(value, key, file)
        guard let parsed = Key(name) else {
          throw file.error("\"\(name)\" is no key; one is written like \"ctrl-]\" or \"F12\"", key: key)
        }
        leaveTerminalKey = parsed
      case "mouse":
        guard let bool = value.bool else { throw file.error("has to be true or false", key: key) }
        usesMouse = bool
      case "history-size": historySize = try Self.number(value, key, 0...1_000_000, file)
      case "tab-width": tabWidth = try Self.number(value, key, 1...16, file)
      case "scrollback-lines": scrollbackLines = try Self.number(value, key, 0...1_000_000, file)
      // For both front ends (LogbookSettings).
      case "logging": break
      default: throw file.unknown(key, of: Self.keys)
      }
    }
  }

  private static let keys = [
    "theme", "leave-terminal-key", "mouse", "history-size", "tab-width", "scrollback-lines", "logging",
  ]

  private static func text(
    _ value: any TOMLValueConvertible, _ key: String, _ file: ConfigurationFile
  ) throws(ConfigurationError) -> String {
    guard let text = value.string, !text.isEmpty else { throw file.error("has to be a text in quotes", key: key) }
    return text
  }

  private static func number(
    _ value: any TOMLValueConvertible, _ key: String, _ range: ClosedRange<Int>, _ file: ConfigurationFile
  ) throws(ConfigurationError) -> Int {
    guard let number = value.int, range.contains(number) else {
      throw file.error("has to be a number from \(range.lowerBound) to \(range.upperBound)", key: key)
    }
    return number
  }
}
