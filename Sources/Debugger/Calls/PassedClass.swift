import DebugInfo

/// How a function takes or returns a value of some type (System V psABI for AMD64, §3.2.3; Itanium C++ ABI §3.1).
enum PassedClass: Equatable {
  /// The class of an eightbyte.
  enum Eightbyte { case none, integer, sse, sseUp, x87, x87Up }

  /// Nothing is passed: an empty structure, `void`.
  case nothing
  /// Each eightbyte in a register of its class, as long as there are some for all of them.
  case registers([Eightbyte])
  /// A copy on the stack; returned through a hidden pointer.
  case memory
  /// A pointer to a copy: what is not trivially copied. Returned through a hidden pointer.
  case reference

  init(_ type: DataType) {
    let type = type.stripped
    guard type.kind != .void, let size = type.size, size > 0 else {
      self = .nothing
      return
    }
    if type.isAggregate, !type.isTriviallyCopied {
      self = .reference
      return
    }
    // A vector is one register's, however wide: SSE, then SSEUP.
    if type.layout.isVector, [8, 16, 32].contains(size) {
      self = .registers([.sse] + [Eightbyte](repeating: .sseUp, count: Int(size / 8) - 1))
      return
    }
    var classes = [Eightbyte](repeating: .none, count: 2)
    guard size <= 16 || type.isComplexX87, Self.add(type, at: 0, to: &classes, depth: 0) else {
      self = .memory
      return
    }
    // What X87UP and SSEUP follow no X87 or SSE is in memory.
    if classes[1] == .x87Up, classes[0] != .x87 {
      self = .memory
      return
    }
    if classes[1] == .sseUp, classes[0] != .sse { classes[1] = .sse }
    let used = Array(classes.prefix(Int(min(size, 16) + 7) / 8))
    self = used.allSatisfy { $0 == .none } ? .nothing : .registers(used)
  }

  /// True for what a function returns through a pointer that its caller passes.
  var isReturnedInMemory: Bool { self == .memory || self == .reference }

  /// Merges a part's classes in; false where the whole has to be in memory.
  private static func add(_ type: DataType, at offset: UInt64, to classes: inout [Eightbyte], depth: Int) -> Bool {
    let type = type.stripped
    guard depth < 16, let size = type.size, offset < 16 || size == 0 else { return false }
    switch type.kind {
    case .base(.float) where size == 16:
      let isQuad = FloatingFormat(type) == .quadruple
      return merge(isQuad ? .sse : .x87, at: offset, &classes)
        && merge(isQuad ? .sseUp : .x87Up, at: offset + 8, &classes)
    case .base(.float), .base(.decimal): return merge(.sse, at: offset, &classes)
    case .base(.complexFloat):
      guard size <= 16 else { return false }
      return merge(.sse, at: offset, &classes) && (size <= 8 || merge(.sse, at: offset + 8, &classes))
    case .array where type.layout.isVector && (size == 8 || size == 16):
      return merge(.sse, at: offset, &classes) && (size == 8 || merge(.sseUp, at: offset + 8, &classes))
    case .array(let count):
      guard let element = type.target, let count, let step = element.size else { return false }
      guard step > 0, size <= 16 else { return size == 0 }
      return (0..<count).allSatisfy { add(element, at: offset + $0 * step, to: &classes, depth: depth + 1) }
    case .aggregate:
      guard size <= 16 else { return false }
      return type.members.filter { $0.kind != .staticField }.allSatisfy { member in
        let start = offset &+ member.offset &+ member.bitOffset / 8
        return add(member.type, at: start, to: &classes, depth: depth + 1)
      }
    case _ where size == 16: return merge(.integer, at: offset, &classes) && merge(.integer, at: offset + 8, &classes)
    default: return merge(.integer, at: offset, &classes)
    }
  }

  private static func merge(_ kind: Eightbyte, at offset: UInt64, _ classes: inout [Eightbyte]) -> Bool {
    guard offset < 16 else { return false }
    let index = Int(offset / 8)
    switch (classes[index], kind) {
    case (.none, _): classes[index] = kind
    case (let old, let new) where old == new: break
    case (.integer, _), (_, .integer): classes[index] = .integer
    // A union of a `long double` and others.
    case (.x87, _), (.x87Up, _), (_, .x87), (_, .x87Up): return false
    default: classes[index] = .sse
    }
    return true
  }
}

extension DataType {
  /// False for a class with a copy or move constructor or a destructor of its own, or with a part that is not
  /// trivially copied itself (Itanium C++ ABI, §1.1, "non-trivial for the purposes of calls").
  var isTriviallyCopied: Bool { isTriviallyCopied(depth: 0) }

  private func isTriviallyCopied(depth: Int) -> Bool {
    let type = stripped
    if type.isArray { return type.target?.isTriviallyCopied(depth: depth) ?? true }
    guard type.isAggregate, depth < 16 else { return true }
    if let isPassedByReference = type.isPassedByReference { return !isPassedByReference }
    let last = type.name.map { $0.unscopedName.prefix { $0 != "<" } } ?? ""
    let copies = type.methods.contains { method in
      guard !method.isDefaulted else { return false }
      return method.name == "~\(last)"
        || method.name == last && (method.type.parameters.dropFirst().first?.isReference(to: type) ?? false)
    }
    if copies { return false }
    return type.members.allSatisfy { member in
      switch member.kind {
      case .staticField: true
      case .base(isVirtual: true): false
      default: !member.isVirtualTable && member.type.isTriviallyCopied(depth: depth + 1)
      }
    }
  }

  private func isReference(to type: DataType) -> Bool {
    isReference && target.map { $0.stripped === type || $0.stripped.name == type.name } ?? false
  }

  fileprivate var isComplexX87: Bool { kind == .base(.complexFloat) && size == 32 }
}

extension StringProtocol {
  /// The last part of a qualified name, with its template arguments: `Box<zoo::Dog>` of `zoo::Box<zoo::Dog>`.
  var unscopedName: SubSequence {
    var depth = 0
    var start = startIndex
    var index = startIndex
    while index < endIndex {
      switch self[index] {
      case "<", "(": depth += 1
      case ">", ")": depth -= 1
      case ":" where depth == 0: start = self.index(after: index)
      default: break
      }
      index = self.index(after: index)
    }
    return self[start...]
  }
}
