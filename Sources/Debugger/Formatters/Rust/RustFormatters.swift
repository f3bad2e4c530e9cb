import DebugInfo
import MachineModel

/// Types of Rust's standard library, in the words of the printers that rustc brings for gdb where these have some.
/// Layouts are those of rustc 1.60 and later; members that newer ones wrap further are looked through.
enum RustFormatters {
  /// By crate and type, without the modules between, which move from version to version.
  private static let table: [String: Formatter] = strings.merging(sequences) { $1 }
    .merging(maps) { $1 }
    .merging(pointers) { $1 }
    .merging(cells) { $1 }
    .merging(atomics) { $1 }

  static func formatter(for type: DataType) -> Formatter? {
    guard type.variantPart == nil, let name = type.name else { return nil }
    if type.isRustWidePointer {
      return { subject throws(Unavailability) in try widePointer(subject) }
    }
    return table[key(name)]
  }

  /// `alloc::Vec` of `alloc::vec::Vec<u8, alloc::alloc::Global>`.
  private static func key(_ name: String) -> String {
    let plain = name.prefix { $0 != "<" }
    guard let first = plain.firstRange(of: "::"), let last = plain.lastIndex(of: ":") else { return "" }
    return plain[..<first.lowerBound] + "::" + plain[plain.index(after: last)...]
  }

  /// References, raw pointers and boxes that come with a length or with a table of methods.
  private static func widePointer(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard subject.value.member(named: "vtable") == nil else { return try traitObject(subject) }
    if let text = try text(subject) { return text }
    return try slice(subject)
  }
}

extension DataType {
  /// A pointer to what has no size of its own (`&str`, `Box<[T]>`, `&dyn Trait`).
  var isRustWidePointer: Bool {
    guard members.count == 2, let first = name?.first, "&*".contains(first) || name?.contains("boxed::Box<") ?? false
    else { return false }
    let names = members.map(\.name)
    return names == ["data_ptr", "length"] || names == ["pointer", "vtable"]
  }
}

extension Value {
  /// What wrappers of one member are around (`Unique`, `NonNull`, `Cell`, `UnsafeCell`, `ManuallyDrop`): the pointer or
  /// number inside, or a wide pointer.
  var unwrapped: Value {
    var value = self
    for _ in 0..<16 {
      let type = value.type.stripped
      guard type.isAggregate, type.variantPart == nil, !type.isRustWidePointer,
        let member = type.members.first(where: { $0.kind == .field && ($0.type.size ?? 0) > 0 }),
        let part = value.part(member)
      else { break }
      value = part
    }
    return value
  }

  /// Elements side by side, at a pointer that some wrappers hide; nil where they cannot be: rustc never makes a
  /// pointer that is null or not aligned.
  func elements(_ type: DataType, at pointer: Value, count: UInt64) throws(Unavailability) -> ElementChildren? {
    let address = try pointer.unwrapped.pointed()
    let bytes = count.multipliedReportingOverflow(by: type.size ?? 0)
    guard address.rawValue != 0, address.rawValue % type.alignment == 0, !bytes.overflow,
      bytes.partialValue <= UInt64(Int64.max)
    else { return nil }
    return ElementChildren(of: type, at: address, count: count, source: source)
  }
}
