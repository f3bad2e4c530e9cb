import DebugInfo
import MachineModel

/// Counted pointers, and pointers to trait objects.
extension RustFormatters {
  static let pointers: [String: Formatter] = [
    "alloc::Rc": { subject throws(Unavailability) in try counted(subject, "Rc") },
    "alloc::Arc": { subject throws(Unavailability) in try counted(subject, "Arc") },
    "alloc::Weak": { subject throws(Unavailability) in try weak(subject) },
  ]

  /// `Rc(strong=2, weak=1) = {value = …, strong = 2, weak = 1}`.
  private static func counted(_ subject: FormatSubject, _ name: String) throws(Unavailability) -> SyntheticView? {
    guard let object = try RustCounted(subject.value.field("ptr")) else { return nil }
    guard object.isPlausible else { return .damaged(name, "its counts are \(object.strong) and \(object.weak)") }
    return SyntheticView("\(name)(\(object.counts))", children: object.children())
  }

  /// One whose object is gone still has counts; one that never had any leads nowhere.
  private static func weak(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let pointer = try subject.value.field("ptr")
    let address = pointer.unwrapped.member(named: "data_ptr") ?? pointer.unwrapped
    if try address.pointed().rawValue == .max { return SyntheticView("Weak(dangling)") }
    guard let object = try RustCounted(pointer) else { return nil }
    guard object.isPlausible || object.strong == 0 else {
      return .damaged("Weak", "a strong count of \(object.strong)")
    }
    return SyntheticView("Weak(\(object.counts))", children: object.strong == 0 ? nil : object.children())
  }

  /// `Box<dyn Trait>`, `&dyn Trait`: the object, where its table of methods tells what it is.
  static func traitObject(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let object = try subject.value.traitObject(offset: 0), let name = subject.type.name else { return nil }
    return SyntheticView(name, children: ListedChildren("*value", object))
  }
}

extension Value {
  /// What a wide pointer to a trait object leads to, `offset` bytes (aligned as the object is) from there; nil where
  /// its table is none that the debug information describes.
  func traitObject(offset: UInt64) throws(Unavailability) -> Value? {
    let table = try address("vtable")
    let address = try address("pointer")
    guard let type = source.concreteType(ofVirtualTable: table) else { return nil }
    return Value(type: type, location: .memory(address + offset.aligned(to: type.alignment)), source: source)
  }
}

/// What `Rc` and `Arc` share: the counts, and the value after them.
private struct RustCounted {
  let value: Value
  let strong: Int64
  /// Without the one that all strong pointers hold together.
  let weak: Int64

  /// nil where `pointer` leads to no `RcInner` or `ArcInner` that is known.
  init?(_ pointer: Value) throws(Unavailability) {
    let pointer = pointer.unwrapped
    let thin = pointer.member(named: "data_ptr") ?? pointer.member(named: "pointer") ?? pointer
    guard let type = thin.type.stripped.target, type.stripped.isAggregate else { return nil }
    let inner = Value(type: type, location: .memory(try thin.pointed()), source: pointer.source)
    guard let strong = inner.member(named: "strong"), let weak = inner.member(named: "weak"),
      let member = inner.type.stripped.members.first(where: { $0.name == "value" || $0.name == "data" })
    else { return nil }
    self.strong = Int64(truncatingIfNeeded: try strong.unwrapped.integer().bits)
    self.weak = Int64(truncatingIfNeeded: try weak.unwrapped.integer().bits) &- 1
    if pointer.member(named: "vtable") != nil {
      guard let object = try pointer.traitObject(offset: member.offset) else { return nil }
      value = object
    } else if let length = pointer.member(named: "length") {
      let count = UInt64(truncatingIfNeeded: try length.integer().bits)
      value = Self.unsized(
        type, member, at: try thin.pointed() + member.offset, count: count, source: pointer.source)
    } else {
      value = inner.part(member) ?? inner
    }
  }

  /// Text or elements after the counts.
  private static func unsized(
    _ inner: DataType, _ member: DataType.Member, at address: VirtualAddress, count: UInt64, source: any ValueSource
  ) -> Value {
    let isText = inner.name?.hasSuffix("<str>") ?? false
    let element = member.type.stripped.isArray ? member.type.stripped.target ?? member.type : member.type
    // Characters are shown as text, and Rust's bytes are none.
    let array = DataType.array(of: isText ? .char : element, count: count)
    return Value(type: array, location: .memory(address), source: source)
  }

  /// More pointers than memory has room for are no count.
  var isPlausible: Bool { strong > 0 && strong < 1 << 48 && weak >= 0 && weak < 1 << 48 }
  var counts: String { "strong=\(strong), weak=\(weak)" }

  func children() -> ListedChildren {
    func number(_ name: String, _ number: Int64) -> SyntheticChild {
      let type = DataType(.base(.unsigned), name: "usize", byteSize: 8, language: .rust)
      return SyntheticChild(name: name, value: Value(type: type, integer: number, source: value.source))
    }
    return ListedChildren([
      SyntheticChild(name: "value", value: value), number("strong", strong), number("weak", weak),
    ])
  }
}
