import DebugInfo
import MachineModel

/// Types that hold one value, or a few: pairs, tuples, optionals, variants and so on.
extension CppFormatters {
  static let wrappers: [String: Formatter] = [
    "std::pair": { subject throws(Unavailability) in try pair(subject) },
    "std::tuple": { subject throws(Unavailability) in tuple(subject) },
    "std::optional": { subject throws(Unavailability) in try optional(subject) },
    "std::experimental::optional": { subject throws(Unavailability) in try optional(subject) },
    "std::experimental::any": { subject throws(Unavailability) in try any(subject) },
    "std::variant": { subject throws(Unavailability) in try variant(subject) },
    "std::any": { subject throws(Unavailability) in try any(subject) },
    "std::atomic": { subject throws(Unavailability) in try atomic(subject) },
    "std::reference_wrapper": { subject throws(Unavailability) in try referenceWrapper(subject) },
  ]

  // MARK: Pairs and tuples

  private static func pair(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let first = subject.value.member(named: "first"), let second = subject.value.member(named: "second") else {
      return nil
    }
    return SyntheticView(
      children: ListedChildren([
        SyntheticChild(name: "first", value: first), SyntheticChild(name: "second", value: second),
      ]))
  }

  private static func tuple(_ subject: FormatSubject) -> SyntheticView? {
    guard !subject.type.members.isEmpty else {
      return SyntheticView("empty \(subject.family.displayName)", children: ListedChildren([]))
    }
    guard let elements = tupleElements(subject.value) else { return nil }
    let children = elements.enumerated().map { SyntheticChild(name: "[\($0 + 1)]", value: $1) }
    return SyntheticView("\(subject.family.displayName) containing", children: ListedChildren(children))
  }

  /// Elements of a tuple in their order; nil for another layout.
  static func tupleElements(_ value: Value) -> [Value]? {
    var elements: [Value] = []
    if let leaves = value.member(named: "__base_") {
      // libc++: a base class an element.
      for leaf in leaves.type.stripped.members.prefix(256) where leaf.isBase {
        guard let part = leaves.part(leaf) else { return nil }
        elements.append(part.member(named: "__value_") ?? part.firstBase ?? part)
      }
      return elements
    }
    // libstdc++: each base has the rest as its first base, and an element as the last.
    var rest: Value? = value.firstBase
    while let node = rest, elements.count < 256 {
      guard let head = node.lastBase, TypeFamily(head.type.stripped)?.name == "std::_Head_base" else { return nil }
      elements.append(head.member(named: "_M_head_impl") ?? head.firstBase ?? head)
      rest = node.type.stripped.members.filter(\.isBase).count > 1 ? node.firstBase : nil
    }
    return elements
  }

  // MARK: What may hold something

  /// A value inside another: shown by its own children where it has such, else by itself.
  private static func contained(
    _ inner: Value, in description: String, shape: SyntheticView.Shape, subject: FormatSubject,
    unless alone: String? = nil
  ) -> SyntheticView {
    if let view = subject.view(of: inner), view.audience == .everybody, let children = view.children {
      let shape = view.shape == .members ? shape : view.shape
      return SyntheticView(
        summary: [.text(description + " containing ")] + view.summary, shape: shape, children: children)
    }
    return SyntheticView(alone ?? description, shape: shape, children: ListedChildren("[contained value]", inner))
  }

  private static func optional(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let type = subject.argument(0), let (flag, inner) = optionalParts(subject.value) else { return nil }
    let name = "\(subject.family.displayName)<\(CppTypeNames.short(type))>"
    switch UInt64(truncatingIfNeeded: try flag.integer().bits) {
    case 0: return SyntheticView("\(name) [no contained value]", children: ListedChildren([]))
    case 1: return contained(inner, in: name, shape: .members, subject: subject)
    case let other: return .damaged(name, "neither empty nor not: \(other)")
    }
  }

  private static func optionalParts(_ value: Value) -> (flag: Value, inner: Value)? {
    if let payload = value.member(named: "_M_payload"), let engaged = payload.member(named: "_M_engaged"),
      let storage = payload.member(named: "_M_payload")
    {
      return (engaged, storage.member(named: "_M_value") ?? storage)
    }
    // The experimental one has the value in the place of its storage.
    let layouts = [("_M_engaged", "_M_payload"), ("__engaged_", "__val_")]
    for (flag, inner) in layouts {
      if let flag = value.member(named: flag), let inner = value.member(named: inner) { return (flag, inner) }
    }
    return nil
  }

  /// What a `std::optional` has; nil where that is nothing.
  static func contained(in optional: Value) throws(Unavailability) -> Value? {
    guard let (flag, inner) = optionalParts(optional) else { throw .reason("The object's layout is not known.") }
    return try flag.integer().bits == 0 ? nil : inner
  }

  private static func variant(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let types = subject.type.templateArguments.compactMap(\.type)
    let name = "\(subject.family.displayName)<\(types.map { CppTypeNames.short($0) }.joined(separator: ", "))>"
    let implementation = subject.value.field(anyOf: ["__impl_", "__impl"]) ?? subject.value
    guard let index = implementation.field(anyOf: ["_M_index", "__index"]),
      let storage = implementation.field(anyOf: ["_M_u", "__data"])
    else { return nil }
    let bits = try index.integer()
    // variant_npos, in as many bytes as the index has.
    if bits.bits == IntegerBits(bits: .max, width: bits.width, isSigned: false).bits {
      return SyntheticView("\(name) [no contained value]", children: ListedChildren([]))
    }
    guard bits.bits < UInt128(types.count) else { return .damaged(name, "an index of \(bits.bits)") }
    let inner = storage.part(types[Int(bits.bits)], at: 0)
    return contained(inner, in: "\(name) [index \(bits.bits)]", shape: .elements, subject: subject)
  }

  // MARK: Any

  private static func any(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let manager = subject.value.field(anyOf: ["_M_manager", "__h", "__h_"]) else { return nil }
    let function = try manager.pointed()
    if function.isNull { return SyntheticView("\(name) [no contained value]", children: ListedChildren([])) }
    // The function that manages the value is a member of a class template over its type; which of two it is tells
    // whether the value is in place.
    guard let handler = subject.source.declaringClass(ofFunctionAt: function), let family = TypeFamily(handler),
      let isInside = handlers[family.name], let type = handler.templateArguments.first?.type
    else {
      guard let found = subject.source.symbol(at: function), found.offset == 0 else {
        return .damaged(name, "its manager is not at \(function)")
      }
      return SyntheticView("\(name) managed by \(found.symbol.name)", children: ListedChildren([]))
    }
    guard let storage = subject.value.field(anyOf: ["_M_storage", "__s_", "__s"]),
      let pointer = storage.field(anyOf: ["_M_ptr", "__ptr"])
    else { return nil }
    let inner = isInside ? storage.part(type, at: 0) : subject.value.object(type, at: try pointer.pointed())
    return contained(
      inner, in: name, shape: .members, subject: subject, unless: "\(name) containing \(CppTypeNames.short(type))")
  }

  private static let handlers = [
    "std::experimental::any::_Manager_internal": true, "std::experimental::any::_Manager_external": false,
    "std::any::_Manager_internal": true, "std::any::_Manager_external": false,
    "std::__any_imp::_SmallHandler": true, "std::__any_imp::_LargeHandler": false,
  ]

  // MARK: Atomic and reference

  private static func atomic(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let type = subject.argument(0) else { return nil }
    if let family = TypeFamily(type.stripped)?.name, family == "std::shared_ptr" || family == "std::weak_ptr" {
      return try sharedPointer(subject)
    }
    guard var inner = subject.value.field(anyOf: ["_M_i", "_M_fp", "_M_b", "_M_base", "__a_"]) else { return nil }
    if inner.type.stripped.isAggregate, let held = inner.field(anyOf: ["_M_p", "__a_value"]) { inner = held }
    if type.stripped.kind != inner.type.stripped.kind, let held = inner.field(anyOf: ["_M_i"]) { inner = held }
    return SyntheticView(summary: [
      .text("\(subject.family.displayName)<\(CppTypeNames.full(type))> = { "), .value(inner), .text(" }"),
    ])
  }

  private static func referenceWrapper(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let pointer = subject.value.field(anyOf: ["_M_data", "__f_"]), let type = subject.argument(0) else {
      return nil
    }
    let target = subject.value.object(type, at: try pointer.pointed())
    return SyntheticView(summary: [.value(target)], audience: .trees, children: ListedChildren("get()", target))
  }
}

extension Value {
  /// The first subobject of a base class.
  var firstBase: Value? { type.stripped.members.first(where: \.isBase).flatMap { part($0) } }
  var lastBase: Value? { type.stripped.members.last(where: \.isBase).flatMap { part($0) } }
}
