package import Debugger

/// Loggers, which form a hierarchy by the dots in their names: `app.net` is below `app`, all are below the root, whose name is empty. A
/// logger without a level of its own has that of the nearest above it, and its records go to the handlers of all that are above
/// it, as in Python's `logging`, unless one in between does not pass them on.
package struct LoggerHierarchy: Sendable, Equatable {
  private var levels: [String: LogLevel] = ["": .debug]
  private var closed: Set<String> = []

  package init() {}

  /// nil: that of the logger above. The root always has one.
  package mutating func set(_ level: LogLevel?, of logger: String) {
    levels[logger] = level ?? (logger.isEmpty ? .debug : nil)
  }

  /// Whether records of a logger, and of those below it, go on to the handlers of those above it.
  package mutating func setPropagation(_ propagates: Bool, of logger: String) {
    if propagates { closed.remove(logger) } else if !logger.isEmpty { closed.insert(logger) }
  }

  /// The level that holds for a logger.
  package func level(of logger: String) -> LogLevel {
    for name in Self.path(of: logger) { if let level = levels[name] { return level } }
    return .debug
  }

  /// True where records of `logger` reach a handler of `other`.
  package func leads(from logger: String, to other: String) -> Bool {
    for name in Self.path(of: logger) {
      if name == other { return true }
      if closed.contains(name) { return false }
    }
    return false
  }

  /// Those that have a level of their own or do not propagate, by name.
  package var all: [(logger: String, level: LogLevel, propagates: Bool)] {
    Set(levels.keys).union(closed).sorted().map { ($0, level(of: $0), !closed.contains($0)) }
  }

  /// A logger and those above it, the root last.
  private static func path(of logger: String) -> [String] {
    var (names, name) = ([logger], logger)
    while let dot = name.lastIndex(of: ".") {
      name = String(name[..<dot])
      names.append(name)
    }
    return logger.isEmpty ? names : names + [""]
  }

  /// True for a logger itself too, and for the root.
  static func logger(_ upper: String, isAtOrAbove logger: String) -> Bool {
    upper.isEmpty || logger == upper || logger.hasPrefix(upper + ".")
  }
}
