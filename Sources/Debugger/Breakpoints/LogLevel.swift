/// How much a log line matters.
package enum LogLevel: String, Sendable, CaseIterable, Comparable, Encodable {
  case debug, info, warning, error, critical

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }
}

/// The least level that each logger lets through. Loggers form a hierarchy by the dots in their names: one that has no level
/// of its own has that of the nearest above it; the root's name is empty.
package struct LogLevels: Sendable, Equatable {
  private var levels: [String: LogLevel] = ["": .debug]

  package init() {}

  /// nil: that of the logger above. The root always has one.
  package mutating func set(_ level: LogLevel?, of logger: String) {
    levels[logger] = level ?? (logger.isEmpty ? .debug : nil)
  }

  package func level(of logger: String) -> LogLevel {
    var name = logger
    while true {
      if let level = levels[name] { return level }
      guard let dot = name.lastIndex(of: ".") else { return levels[""] ?? .debug }
      name = String(name[..<dot])
    }
  }

  /// Those that have one of their own, by name.
  package var all: [(logger: String, level: LogLevel)] {
    levels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
