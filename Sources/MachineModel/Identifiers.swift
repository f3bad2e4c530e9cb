/// The kernel's id of a process (its thread group), in sdb's pid namespace.
package struct ProcessID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let rawValue: Int32
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package init(from decoder: any Decoder) throws { rawValue = try .init(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  package var description: String { String(rawValue) }
}

/// The kernel's id of a thread (`gettid(2)`); the leader's equals its process's id.
package struct ThreadID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let rawValue: Int32
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package init(from decoder: any Decoder) throws { rawValue = try .init(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  package var description: String { String(rawValue) }
}
