import DebugInfo
import MachineModel

/// `std::basic_string` and `std::basic_string_view`.
extension CppFormatters {
  static let strings: [String: Formatter] = [
    "std::basic_string": { subject throws(Unavailability) in try string(subject) },
    "std::experimental::basic_string_view": { subject throws(Unavailability) in try stringView(subject) },
    "std::basic_string_view": { subject throws(Unavailability) in try stringView(subject) },
  ]

  /// More characters than any string has.
  private static let lengthLimit: UInt64 = 1 << 46

  private static func string(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let character = subject.argument(0) else { return nil }
    let value = subject.value
    // libc++ calls it `__rep_` since version 19; before, it stood in a pair with the allocator.
    if let representation = value.member(named: "__rep_") ?? value.member(named: "__r_")?.member(named: "__value_") {
      return try libcxxString(representation, character, subject)
    }
    guard let plus = value.member(named: "_M_dataplus") else { return nil }
    // clang leaves out what is in there where the program makes no such string: a pointer, and what has no size.
    let start = try (plus.member(named: "_M_p") ?? plus.part(.pointer(to: character), at: 0)).pointed()
    if value.member(named: "_M_string_length") != nil {
      let count = try value.unsigned("_M_string_length")
      if let room = libstdcxxRoom(value, character, start), count > room {
        return .damaged(subject.family.displayName, "a length of \(count), with room for \(room)")
      }
      return text(count, character, at: start, subject)
    }
    // The old, shared strings have their length, capacity and count of users before their characters.
    return text(try subject.memory.word(at: VirtualAddress(start.rawValue &- 24)), character, at: start, subject)
  }

  /// How many characters a string has room for: in itself, or where it keeps them. nil where that is not known.
  private static func libstdcxxRoom(_ value: Value, _ character: DataType, _ start: VirtualAddress) -> UInt64? {
    guard let buffer = value.member(named: "_M_local_buf"), let place = buffer.address else { return nil }
    if place == start { return (buffer.type.size ?? 16) / max(1, character.size ?? 1) &- 1 }
    return try? value.unsigned("_M_allocated_capacity")
  }

  private static func stringView(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let value = subject.value
    guard let character = subject.argument(0), let length = value.field(anyOf: ["_M_len", "__size_", "__size"]),
      let data = value.field(anyOf: ["_M_str", "__data_", "__data"])
    else { return nil }
    let count = UInt64(truncatingIfNeeded: try length.integer().bits)
    return text(count, character, at: try data.pointed(), subject)
  }

  /// A long string has a pointer; a short one its characters in place of it. Which of them it is, and how long, is
  /// packed differently by versions: the members say where.
  private static func libcxxString(
    _ representation: Value, _ character: DataType, _ subject: FormatSubject
  ) throws(Unavailability) -> SyntheticView? {
    guard let short = representation.member(named: "__s"), let long = representation.member(named: "__l") else {
      return nil
    }
    let width = max(1, character.size ?? 1)
    let isLong: Bool
    let count: UInt64
    if let flag = short.member(named: "__is_long_") {
      isLong = try flag.integer().bits != 0
      count = try short.unsigned("__size_")
    } else {
      // Until version 14 a byte has the size above the flag; in Apple's layout, where it comes last, below it.
      let byte = try short.unsigned("__size_")
      let isLast = short.type.stripped.members.first { $0.name == "__data_" }?.offset == 0
      isLong = byte & (isLast ? 0x80 : 1) != 0
      count = isLast ? byte & 0x7f : byte >> 1
    }
    guard isLong else {
      guard let data = short.member(named: "__data_"), count < 24 / width else {
        return .damaged("std::string", "a short length of \(count)")
      }
      return SyntheticView(summary: [.string(data.part(of: .array(of: character, count: count), offset: 0))])
    }
    return text(try long.unsigned("__size_"), character, at: try long.address("__data_"), subject)
  }

  private static func text(
    _ count: UInt64, _ character: DataType, at address: VirtualAddress, _ subject: FormatSubject
  ) -> SyntheticView {
    guard count < lengthLimit else {
      return .damaged(subject.family.displayName, "a length of \(count)")
    }
    let characters = Value(
      type: .array(of: character, count: count), location: .memory(address), source: subject.source)
    return SyntheticView(summary: [.string(characters)])
  }
}
