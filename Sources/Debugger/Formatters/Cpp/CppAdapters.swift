import DebugInfo
import MachineModel

/// Types that show another one: container adapters, paths, error codes, results of comparisons, times.
extension CppFormatters {
  static let adapters: [String: Formatter] = [
    "std::stack": { subject throws(Unavailability) in adapter(subject) },
    "std::queue": { subject throws(Unavailability) in adapter(subject) },
    "std::priority_queue": { subject throws(Unavailability) in adapter(subject) },
    "std::filesystem::path": { subject throws(Unavailability) in path(subject) },
    "std::experimental::filesystem::path": { subject throws(Unavailability) in path(subject) },
    "std::__fs::filesystem::path": { subject throws(Unavailability) in path(subject) },
    "std::error_code": { subject throws(Unavailability) in errorCode(subject) },
    "std::error_condition": { subject throws(Unavailability) in errorCode(subject) },
    "std::partial_ordering": { subject throws(Unavailability) in try ordering(subject, equal: "equivalent") },
    "std::weak_ordering": { subject throws(Unavailability) in try ordering(subject, equal: "equivalent") },
    "std::strong_ordering": { subject throws(Unavailability) in try ordering(subject, equal: "equal") },
    "std::chrono::duration": { subject throws(Unavailability) in CppTimes.duration(subject) },
    "std::chrono::time_point": { subject throws(Unavailability) in try CppTimes.timePoint(subject) },
  ]

  private static func adapter(_ subject: FormatSubject) -> SyntheticView? {
    guard let container = subject.value.member(named: "c"), let view = subject.view(of: container),
      view.audience == .everybody
    else { return nil }
    return SyntheticView(
      summary: [.text("\(subject.family.displayName) wrapping: ")] + view.summary, shape: view.shape,
      children: view.children)
  }

  // MARK: Paths

  private static func path(_ subject: FormatSubject) -> SyntheticView? {
    guard let name = subject.value.field(anyOf: ["_M_pathname", "__pn_"]), let view = subject.view(of: name),
      case .string(let characters)? = view.summary.first
    else { return nil }
    let components = pathComponents(characters)
    let isExperimental = subject.family.name.hasPrefix("std::experimental::")
    let isRoot = components.count == 1 && components[0].name == "[root-directory]" && !isExperimental
    return SyntheticView(
      summary: [.text((isExperimental ? "experimental::" : "") + "filesystem::path ")] + view.summary
        + (isRoot ? [.text(" [root-directory]")] : []),
      children: ListedChildren(components.count > 1 ? components : []))
  }

  /// The parts between slashes; what the path begins and ends with tells too (ISO C++, [fs.path.itr]).
  private static func pathComponents(_ characters: Value) -> [SyntheticChild] {
    // PATH_MAX; what is longer is no path that a system takes.
    guard let size = characters.type.size, (1...4096).contains(size), let contents = try? characters.contents(),
      contents.missing == nil, let character = characters.type.target
    else { return [] }
    let bytes = Array(contents.bytes)
    func part(_ range: Range<Int>) -> Value {
      // An array of no characters is none that could be shown: a zero is the empty string.
      if range.isEmpty { return Value(type: .array(of: character, count: 1), bytes: [0], source: characters.source) }
      return characters.part(.array(of: character, count: UInt64(range.count)), at: UInt64(range.lowerBound))
    }
    var children: [SyntheticChild] = []
    var position = bytes.firstIndex { $0 != UInt8(ascii: "/") } ?? bytes.count
    if position > 0 { children.append(.init(name: "[root-directory]", value: part(0..<1))) }
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
      children.append(.init(name: "[\(children.count)]", value: part(position..<end)))
      position = bytes[end...].firstIndex { $0 != UInt8(ascii: "/") } ?? bytes.count
      if position == bytes.count, end < bytes.count {
        children.append(.init(name: "[\(children.count)]", value: part(end..<end)))
      }
    }
    return children
  }

  // MARK: Results

  private static func errorCode(_ subject: FormatSubject) -> SyntheticView? {
    guard let number = subject.value.field(anyOf: ["_M_value", "__val_"]),
      let category = subject.value.field(anyOf: ["_M_cat", "__cat_"]), let type = category.type.stripped.target
    else { return nil }
    let name = CppTypeNames.full(type.unqualified)
    return SyntheticView(summary: [
      .text("\(subject.family.displayName) = {\(name): "), .value(number), .text("}"),
    ])
  }

  private static func ordering(
    _ subject: FormatSubject, equal: String
  ) throws(Unavailability) -> SyntheticView? {
    guard let member = subject.value.field(anyOf: ["_M_value", "__value_"]) else { return nil }
    let name = subject.family.displayName
    switch Int8(truncatingIfNeeded: try member.integer().bits) {
    case -1: return SyntheticView("\(name)::less")
    case 0: return SyntheticView("\(name)::\(equal)")
    case 1: return SyntheticView("\(name)::greater")
    case 2, -127, -128: return SyntheticView("\(name)::unordered")
    case let other: return .damaged(name, "a value of \(other)")
    }
  }
}
