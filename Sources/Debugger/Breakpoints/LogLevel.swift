/// How much a log line matters.
package enum LogLevel: String, Sendable, CaseIterable, Comparable, Encodable {
  case debug, info, warning, error, critical

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }
}
