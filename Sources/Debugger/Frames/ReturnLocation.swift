package import DebugInfo
package import MachineModel

/// Where a function has left its result (System V psABI for AMD64, §3.2.3).
package enum ReturnLocation {
  /// The class of an eightbyte.
  private enum EightbyteClass: Equatable { case none, integer, sse, x87, memory }

  private static let rax = 0, rdx = 1, xmm0 = 17, st0 = 33

  /// nil for `void`, and for a type whose size is not known.
  package static func location(of type: DataType, registers: RegisterFile) -> Location? {
    let type = stripped(type)
    guard type.kind != .void, let size = size(type), size > 0 else { return nil }
    if size > 16 { return classify(type) == [.x87] ? .register(st0) : .memory(VirtualAddress(registers[.rax])) }
    let classes = classify(type)
    if classes.contains(.memory) { return .memory(VirtualAddress(registers[.rax])) }
    if classes.first == .x87 { return .register(st0) }
    var integers = [rax, rdx][...]
    var vectors = [xmm0, xmm0 + 1][...]
    let parts = classes.prefix(Int(size + 7) / 8).enumerated().map { index, kind in
      let number = kind == .sse ? vectors.popFirst() ?? xmm0 : integers.popFirst() ?? rax
      let bits = min(64, size * 8 - UInt64(index) * 64)
      return LocationPiece(location: .register(number), bitSize: bits, bitOffset: 0)
    }
    return parts.count == 1 ? parts[0].location : .pieces(parts)
  }

  private static func stripped(_ type: DataType) -> DataType {
    var type = type
    for _ in 0..<32 {
      switch type.kind {
      case .typedef, .const, .volatile, .restrict, .atomic:
        guard let target = type.target else { return DataType(.void) }
        type = target
      default: return type
      }
    }
    return type
  }

  private static func size(_ type: DataType) -> UInt64? {
    switch type.kind {
    case .array(let count):
      guard let count, let element = type.target.flatMap({ size(stripped($0)) }) else { return nil }
      return count.multipliedReportingOverflow(by: element).partialValue
    case .pointer, .reference, .rvalueReference: return 8
    default: return type.byteSize
    }
  }

  private static func classify(_ type: DataType) -> [EightbyteClass] {
    var classes: [EightbyteClass] = [.none, .none]
    guard add(type, at: 0, to: &classes, depth: 0) else { return [.memory] }
    return classes.contains(.x87) ? [.x87] : classes
  }

  /// Merges a part's classes in; false where the whole has to be in memory.
  private static func add(_ type: DataType, at offset: UInt64, to classes: inout [EightbyteClass], depth: Int) -> Bool {
    let type = stripped(type)
    guard depth < 16, offset < 16, let size = size(type) else { return false }
    switch type.kind {
    case .base(.float) where size == 16 && !isQuad(type): return set(.x87, at: offset, &classes)
    case .base(.float), .base(.decimal): return set(.sse, at: offset, &classes)
    case .base(.complexFloat):
      // Two long doubles come back in st(0) and st(1): class COMPLEX_X87, which we show as memory is.
      guard size <= 16 else { return false }
      return set(.sse, at: offset, &classes) && (size <= 8 || set(.sse, at: offset + 8, &classes))
    case .base where size == 16: return set(.integer, at: offset, &classes) && set(.integer, at: offset + 8, &classes)
    case .array(let count):
      guard let element = type.target, let count, size <= 16, let step = Self.size(stripped(element)), step > 0
      else { return false }
      return (0..<count).allSatisfy { add(element, at: offset + $0 * step, to: &classes, depth: depth + 1) }
    case .aggregate:
      guard size <= 16, isTriviallyCopied(type) else { return false }
      return type.members.filter { $0.kind != .staticField }.allSatisfy { member in
        add(member.type, at: offset + member.offset, to: &classes, depth: depth + 1)
      }
    case .memberPointer where size == 16:
      return set(.integer, at: offset, &classes) && set(.integer, at: offset + 8, &classes)
    default: return set(.integer, at: offset, &classes)
    }
  }

  private static func set(_ kind: EightbyteClass, at offset: UInt64, _ classes: inout [EightbyteClass]) -> Bool {
    let index = Int(offset / 8)
    guard classes.indices.contains(index) else { return false }
    // INTEGER wins over SSE where both share an eightbyte.
    classes[index] = classes[index] == .none || kind == .integer ? kind : classes[index]
    return true
  }

  private static func isQuad(_ type: DataType) -> Bool { type.name.map { $0.contains("128") } ?? false }

  /// A class with a copy constructor or destructor of its own, a virtual function or a virtual base is returned in
  /// memory (Itanium C++ ABI, §3.1.4).
  private static func isTriviallyCopied(_ type: DataType) -> Bool {
    guard let name = type.name?.split(separator: ":").last?.prefix(while: { $0 != "<" }) else { return true }
    let copies = type.methods.contains { method in
      method.isVirtual || method.name == "~\(name)"
        || method.name == name && method.type.parameters.count >= 2
          && method.type.parameters.dropFirst().first.map { isReference($0, to: type) } ?? false
    }
    return !copies && !type.members.contains { $0.kind == .base(isVirtual: true) }
  }

  private static func isReference(_ parameter: DataType, to type: DataType) -> Bool {
    switch parameter.kind {
    case .reference, .rvalueReference: parameter.target.map { stripped($0).name == type.name } ?? false
    default: false
    }
  }
}
