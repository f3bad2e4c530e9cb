import Debuginfod
import Glibc

/// How the program is started: kept between runs, changed by `set args`, `set env`, `cd`, `run < FILE`.
package struct LaunchConfiguration: Sendable, Equatable {
  /// argv without the program's own name.
  package var arguments: [String] = []
  /// Changes to our own environment, in order; a nil value unsets.
  package var environment: [(name: String, value: String?)] = []
  package var directory: String?
  package var standardInput: String?
  package var standardOutput: String?
  package var appendsOutput = false
  package var standardError: String?
  /// The program's standard output goes where our standard error goes (`--json`).
  package var sendsOutputToStandardError = false
  /// A terminal of its own (`--tty`, the interface's pane).
  package var terminal: String?
  package init() {}

  // Written out, since tuples are not Equatable.
  package static func == (left: Self, right: Self) -> Bool {
    left.arguments == right.arguments && left.directory == right.directory
      && left.environment.elementsEqual(right.environment, by: ==) && left.standardInput == right.standardInput
      && left.standardOutput == right.standardOutput && left.appendsOutput == right.appendsOutput
      && left.standardError == right.standardError && left.terminal == right.terminal
      && left.sendsOutputToStandardError == right.sendsOutputToStandardError
  }
}

extension LaunchConfiguration {
  /// What the program gets, a `NAME=VALUE` each: our own environment, to the byte, then what `environment` sets.
  package var resultingEnvironment: [(name: String, entry: [UInt8])] {
    var variables: [(name: String, entry: [UInt8])] = []
    var next = environ
    while let start = next.pointee {
      let entry = Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
      variables.append((String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self), entry))
      next += 1
    }
    // Ours may have been changed since, for the library that reads it.
    if let index = variables.firstIndex(where: { $0.name == Debuginfod.variable }) {
      let entry = Debuginfod.inherited.map { Array("\(Debuginfod.variable)=\($0)".utf8) }
      variables.replaceSubrange(index...index, with: entry.map { [(Debuginfod.variable, $0)] } ?? [])
    }
    for (name, value) in environment {
      variables.removeAll { $0.name == name }
      if let value { variables.append((name, Array("\(name)=\(value)".utf8))) }
    }
    return variables
  }
}
