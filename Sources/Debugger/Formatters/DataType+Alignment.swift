package import DebugInfo

extension DataType {
  /// The bytes that objects of the type are aligned to (psABI §3.1.2). Bounded, whatever a damaged type claims.
  package var alignment: UInt64 { alignment(depth: 0) }

  private func alignment(depth: Int) -> UInt64 {
    guard depth < 24 else { return 1 }
    let type = stripped
    let natural: UInt64
    switch type.kind {
    case .array where type.layout.isVector: natural = min(type.size ?? 1, 64)
    case .array: natural = type.target?.alignment(depth: depth + 1) ?? 1
    case .aggregate:
      natural = type.members.prefix(512).reduce(1) { largest, member in
        member.kind == .staticField ? largest : max(largest, member.type.alignment(depth: depth + 1))
      }
    case .base(.complexFloat): natural = max(1, (type.size ?? 1) / 2)
    case .memberPointer: natural = 8
    default: natural = min(type.size ?? 1, 16)
    }
    let demanded = type.demandedAlignment ?? 1
    let alignment = max(natural, min(demanded, 1 << 28))
    return alignment.nonzeroBitCount == 1 ? alignment : 1
  }
}

extension UInt64 {
  /// The next multiple of `alignment` (a power of two).
  package func aligned(to alignment: UInt64) -> UInt64 {
    let mask = Swift.max(1, alignment) &- 1
    return (self &+ mask) & ~mask
  }
}
