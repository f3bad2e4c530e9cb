/// A 64-bit address of one address space; which one is the type's business, so that mixing two of them
/// does not compile. Only an image of `DebugInfo` converts between them.
///
/// Arithmetic wraps: a damaged debuggee may hand us any number, and must not be able to trap us.
package protocol AddressValue: Hashable, Comparable, Sendable, CustomStringConvertible {
  var rawValue: UInt64 { get }
  init(_ rawValue: UInt64)
}

extension AddressValue {
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The address `offset` bytes further (wrapping).
  package static func + (base: Self, offset: UInt64) -> Self { Self(base.rawValue &+ offset) }
  package static func + (base: Self, offset: Int) -> Self {
    Self(base.rawValue &+ UInt64(bitPattern: Int64(offset)))
  }
  /// The address `offset` bytes before (wrapping).
  package static func - (base: Self, offset: UInt64) -> Self { Self(base.rawValue &- offset) }
  package static func - (base: Self, offset: Int) -> Self {
    Self(base.rawValue &- UInt64(bitPattern: Int64(offset)))
  }
  /// Bytes from `right` to `left`, modulo 2⁶⁴.
  package static func - (left: Self, right: Self) -> UInt64 { left.rawValue &- right.rawValue }

  /// `0x…`, lower case, without leading zeros.
  package var description: String { hexadecimal(rawValue) }
}

/// An address in the process, as its instructions see it.
package struct VirtualAddress: AddressValue {
  package let rawValue: UInt64
  package init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// An address as an ELF file and its DWARF state it, before the loader has moved the image.
package struct ImageAddress: AddressValue {
  package let rawValue: UInt64
  package init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// A position in a file, in bytes from its start.
package struct FileOffset: AddressValue {
  package let rawValue: UInt64
  package init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// An address is written as text (`"0x401136"`) in JSON: its readers' numbers may hold 53 bits only.
extension VirtualAddress: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an address: \(text)"))
    }
    self.init(value)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Two lower-case hexadecimal digits a byte, as build-ids and instructions are written.
package func hexadecimalDigits(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { hexadecimal($0, digits: 2).dropFirst(2) }.joined()
}

/// `value` as `0x…`, padded with zeros to `digits` hexadecimal digits.
package func hexadecimal<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value, digits: Int = 1) -> String {
  let text = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
