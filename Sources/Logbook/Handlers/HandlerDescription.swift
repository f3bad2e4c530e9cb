import Commands
import DebugInfo
import Debugger
import HostFiles

/// A handler as a user describes it, in a command or in `config.toml`: its class, and what holds for it.
package struct HandlerDescription: Sendable {
  package enum Class: String, Sendable, CaseIterable {
    /// The console pane; in batch mode, standard output.
    case console
    case file
    /// A file that is put aside when it is full, or when a period of time is over.
    case rotating, timed
    case syslog
  }

  package let kind: Class
  package private(set) var filter = RecordFilter()
  /// nil: the class' own.
  package private(set) var format: LogFormat?
  /// Of a file, or of the machine log's socket.
  package private(set) var path: String?
  private var size = 1 << 20
  private var kept = 5
  private var period = FileRotation.Period.day
  private var facility = SyslogOutput.Facility.user
  var makesFolders = false

  package init(_ kind: Class) { self.kind = kind }

  package init(class name: String) throws(LogbookError) {
    guard let kind = Class(rawValue: name) else {
      let known = Class.allCases.map(\.rawValue).joined(separator: ", ")
      throw LogbookError("\"\(name)\" is no class of handlers: \(known)")
    }
    self.init(kind)
  }

  /// What can be set of one of this class.
  package var keys: [String] {
    let filters = RecordFilter.keys + ["format"]
    return switch kind {
    case .console: filters
    case .file: filters + ["path"]
    case .rotating: filters + ["path", "max-size", "keep"]
    case .timed: filters + ["path", "every", "keep"]
    case .syslog: filters + ["path", "facility"]
    }
  }

  package mutating func set(_ key: String, to value: String) throws(LogbookError) {
    guard keys.contains(key) else {
      throw LogbookError("\"\(key)\" is nothing that a handler of class \(kind) has: \(keys.joined(separator: ", "))")
    }
    switch key {
    case "level", "logger", "text": try filter.set(key, to: value)
    case "format": format = try LogFormat(value)
    case "path":
      guard !value.isEmpty else { throw LogbookError("path wants a file's name") }
      path = HostPath.absolute(HostPath.expandingHome(value))
    case "max-size": size = try Self.number(value, key, 1...(1 << 40))
    case "keep": kept = try Self.number(value, key, 0...1_000)
    case "every": period = try Self.choice(value, key, of: FileRotation.Period.allCases.map { ($0.rawValue, $0) })
    default: facility = try Self.choice(value, key, of: SyslogOutput.Facility.allCases.map { ($0.name, $0) })
    }
  }

  /// Throws where something is missing. Nothing is opened.
  /// - Parameter console: what shows a line there.
  func output(
    console: @escaping @Sendable (String, LogRecord) -> Void
  ) throws(LogbookError) -> any LogOutput {
    switch kind {
    case .console: return ConsoleOutput(console)
    case .syslog: return SyslogOutput(path: path ?? SyslogOutput.standardPath, facility: facility)
    case .file, .rotating, .timed:
      guard let path else { throw LogbookError("a handler of class \(kind) needs a path") }
      return FileOutput(path: path, rotation: rotation, makesFolders: makesFolders)
    }
  }

  /// A file was not named so far.
  var needsPath: Bool {
    switch kind {
    case .file, .rotating, .timed: path == nil
    case .console, .syslog: false
    }
  }

  package var rotation: FileRotation? {
    switch kind {
    case .rotating: FileRotation(.size(size), kept: kept)
    case .timed: FileRotation(.time(period), kept: kept)
    case .console, .file, .syslog: nil
    }
  }

  /// The format that holds: a system log has the time and the level of its own, the console shows what the program's line says alone.
  package var effectiveFormat: LogFormat {
    if let format { return format }
    switch kind {
    case .console: return .template((try? LogTemplate("{message}")) ?? .standard)
    case .syslog: return .template((try? LogTemplate("{logger}: {message}")) ?? .standard)
    case .file, .rotating, .timed: return .template(.standard)
    }
  }

  private static func number(
    _ text: String, _ key: String, _ range: ClosedRange<Int>
  ) throws(LogbookError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw LogbookError("\(key) has to be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func choice<Value>(
    _ text: String, _ key: String, of values: [(name: String, value: Value)]
  ) throws(LogbookError) -> Value {
    guard let found = values.first(where: { $0.name == text }) else {
      throw LogbookError("\(key) has to be one of \(values.map(\.name).joined(separator: ", "))")
    }
    return found.value
  }
}

extension RecordFilter {
  static let keys = ["level", "logger", "text"]

  /// `level`, `logger` or `text`, as a user writes them.
  mutating func set(_ key: String, to value: String) throws(LogbookError) {
    switch key {
    case "level":
      do throws(CommandError) { level = try LogLevel(named: value) } catch {
        throw LogbookError(String(error.description.dropLast()))
      }
    case "logger": logger = value == "root" ? "" : value
    default:
      do throws(NamePattern.Failure) { try require(text: value) } catch {
        throw LogbookError("\"\(value)\" is no regular expression: \(error.reason)")
      }
    }
  }
}
