import DebugInfo
import MachineModel

/// Go's strings and slices, as gdb and the printers that come with Go show them. DWARF has both as structures.
enum GoFormatters {
  static func formatter(for type: DataType) -> Formatter? {
    switch type.members.map(\.name) {
    case ["str", "len"]: { subject throws(Unavailability) in try string(subject) }
    case ["array", "len", "cap"] where type.name?.hasPrefix("[]") ?? false:
      { subject throws(Unavailability) in try slice(subject) }
    default: nil
    }
  }

  /// `0x4b335a "text"`.
  private static func string(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let address = try subject.value.address("str")
    let length = try subject.value.unsigned("len")
    guard length < 1 << 48 else { return .damaged("string", "length \(length)") }
    let characters = Value(
      type: .array(of: .unsignedByte, count: length), location: .memory(address), source: subject.source)
    return SyntheticView(summary: [.text("\(address) "), .string(characters)])
  }

  /// `[]int = {1, 2, 3}`.
  private static func slice(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let pointer = try subject.value.field("array")
    guard let element = pointer.type.stripped.target, let name = subject.type.name else { return nil }
    let length = try subject.value.unsigned("len")
    let capacity = try subject.value.unsigned("cap")
    guard length <= capacity, capacity < 1 << 48 else {
      return .damaged(name, "length \(length), capacity \(capacity)")
    }
    let elements = ElementChildren(of: element, at: try pointer.pointed(), count: length, source: subject.source)
    return SyntheticView(name, shape: .elements, children: elements)
  }
}
