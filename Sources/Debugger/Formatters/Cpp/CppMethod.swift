import DebugInfo

/// A method of the C++ library that an object's members answer, so that nothing has to be called: most are inlined
/// everywhere, or were never compiled, and files have no process to call them in.
struct CppMethod {
  enum Operation {
    case size, isEmpty, first, last, subscripted, checked, keyed, data
    case pointer, target, arrow, useCount, isUnique, isExpired, hasValue
  }

  let operation: Operation
  /// The library's object: what was asked, or a base class of it.
  let object: Value
  /// Of the object's type.
  let family: String
  /// gdb answers these by itself, too (its "xmethods" that come with libstdc++), whether they could be called or not.
  let isExtension: Bool

  var parameterCount: Int {
    switch operation {
    case .subscripted, .checked, .keyed: 1
    default: 0
    }
  }

  /// nil where the object is none of the library's, or a class of the program has its own method of that name.
  init?(_ name: String, of object: Value) {
    self.init(name, of: object, depth: 0)
  }

  private init?(_ name: String, of object: Value, depth: Int) {
    let type = object.type.stripped
    guard type.isAggregate, depth < 8 else { return nil }
    if let family = TypeFamily(type)?.name, CppFormatters.table[family] != nil {
      let extended = Self.extensions[family]?[name]
      guard let operation = extended ?? Self.others[family]?[name] ?? Self.iterator(name, family) else { return nil }
      self.operation = operation
      self.object = object
      self.family = family
      isExtension = extended != nil
      return
    }
    guard !type.methods.contains(where: { $0.name == name }) else { return nil }
    for member in type.members where member.isBase {
      if let base = object.part(member), let found = CppMethod(name, of: base, depth: depth + 1) {
        self = found
        return
      }
    }
    return nil
  }

  /// True for what owns an object by a pointer to it.
  static func isPointer(_ family: String) -> Bool { extensions[family]?["get"] != nil }

  // MARK: Names

  private static let sized: [String: Operation] = ["size": .size, "empty": .isEmpty]
  private static let ends: [String: Operation] = ["front": .first, "back": .last]
  private static let sequence = sized.merging(ends) { first, _ in first }
    .merging(["operator[]": .subscripted, "at": .checked]) { first, _ in first }
  private static let pointing: [String: Operation] = ["operator*": .target, "operator->": .arrow]
  private static let owning = pointing.merging(["get": .pointer, "operator[]": .subscripted]) { first, _ in first }

  private static let extensions: [String: [String: Operation]] = [
    "std::vector": sequence, "std::deque": sequence, "std::array": sequence,
    "std::list": sized.merging(ends) { first, _ in first },
    "std::forward_list": ["empty": .isEmpty, "front": .first],
    "std::map": sized, "std::multimap": sized, "std::set": sized, "std::multiset": sized,
    "std::unordered_map": sized, "std::unordered_multimap": sized,
    "std::unordered_set": sized, "std::unordered_multiset": sized,
    "std::unique_ptr": owning,
    "std::shared_ptr": owning.merging(["use_count": .useCount, "unique": .isUnique]) { first, _ in first },
  ]

  private static let keyed: [String: Operation] = ["operator[]": .keyed, "at": .keyed]
  private static let text = sequence.merging(["length": .size, "data": .data]) { first, _ in first }

  private static let others: [String: [String: Operation]] = [
    "std::vector": ["data": .data], "std::array": ["data": .data],
    "std::map": keyed, "std::unordered_map": keyed,
    "std::basic_string": text.merging(["c_str": .data]) { first, _ in first }, "std::basic_string_view": text,
    "std::span": sequence.merging(["data": .data]) { first, _ in first },
    "std::initializer_list": ["size": .size],
    "std::stack": ["size": .size, "empty": .isEmpty, "top": .last],
    "std::queue": sequence, "std::priority_queue": ["size": .size, "empty": .isEmpty, "top": .first],
    "std::weak_ptr": ["use_count": .useCount, "expired": .isExpired],
    "std::optional": pointing.merging(["value": .target, "has_value": .hasValue]) { first, _ in first },
  ]

  private static func iterator(_ name: String, _ family: String) -> Operation? {
    CppFormatters.iterators[family] == nil ? nil : pointing[name]
  }
}

extension CppFormatters {
  /// How an object of the library is shown, whatever the user's own formatters say.
  static func view(of object: Value) throws(Unavailability) -> SyntheticView {
    guard let subject = FormatSubject(object, settings: SessionSettings()),
      let view = try table[subject.family.name]?(subject)
    else { throw .reason("The object's layout is not known.") }
    return view
  }

  /// The characters of a string or the elements of a container.
  static func elements(of object: Value) throws(Unavailability) -> any SyntheticChildren {
    let view = try view(of: object)
    if case .string(let characters)? = view.summary.first {
      guard case .array(let count?) = characters.type.stripped.kind else { throw .incompleteType }
      return IndexedChildren(count: count) { index throws(Unavailability) in
        guard let character = characters.element(at: Int64(bitPattern: index)) else { throw .incompleteType }
        return character
      }
    }
    if let children = view.children { return children }
    // An array of no elements has no members that could be shown.
    guard TypeFamily(object.type.stripped)?.name == "std::array" else { throw .reason(view.text) }
    return ListedChildren([])
  }

  /// What an iterator stands at.
  static func target(ofIterator object: Value) throws(Unavailability) -> Value {
    var object = object
    // An iterator of a checking container has another one inside.
    for _ in 0..<4 {
      let view = try view(of: object)
      guard case .value(let target)? = view.summary.first else { throw .reason(view.text) }
      guard let family = TypeFamily(target.type.stripped)?.name, iterators[family] != nil,
        TypeFamily(object.type.stripped)?.name == "__gnu_debug::_Safe_iterator"
      else { return target }
      object = target
    }
    throw .reason("The object's layout is not known.")
  }
}

extension SyntheticView {
  /// The formatter's own words in the summary.
  var text: String {
    summary.reduce(into: "") { text, part in if case .text(let words) = part { text += words } }
  }
}
