/// One thread's x87 and vector state at a stop, as the XSAVE area lays it out in its standard form
/// (Intel SDM volume 1, §10.5.1 and §13.4).
package struct FloatingPointState: Sendable, Equatable {
  /// The FXSAVE image first: ST0 at 32, a register each 16 bytes; XMM0 at 160, likewise. Where the kernel has more, the
  /// header at 512, and the upper halves of the YMM registers at 576.
  package var image: [UInt8]
  package init(image: [UInt8]) {
    precondition(image.count >= Self.legacySize)
    self.image = image
  }

  private static let legacySize = 512
  /// XSTATE_BV, the bits of the components that are not in their initial state.
  private static let presence = 512
  private static let upperHalves = 576

  /// True where there are YMM registers.
  package var hasYMM: Bool { image.count >= Self.upperHalves + 256 }
  /// The sixteen bytes of `%xmmN`, least significant first.
  package func xmm(_ number: Int) -> ArraySlice<UInt8> { image[xmmRange(number)] }
  /// The thirty-two bytes of `%ymmN`; nil where the processor has none.
  package func ymm(_ number: Int) -> [UInt8]? { hasYMM ? Array(xmm(number) + image[upperRange(number)]) : nil }
  /// Puts bytes into the low end of `%xmmN`, more than sixteen into that of `%ymmN`, as far as the processor has it;
  /// what they do not reach stays.
  package mutating func setXMM(_ number: Int, _ bytes: [UInt8]) {
    let range = xmmRange(number)
    image.replaceSubrange(range.prefix(bytes.count), with: bytes.prefix(range.count))
    markUsed(0b010)
    guard bytes.count > range.count, hasYMM else { return }
    let upper = bytes.dropFirst(range.count).prefix(16)
    image.replaceSubrange(upperRange(number).prefix(upper.count), with: upper)
    markUsed(0b100)
  }
  /// The ten bytes of `%st(N)`, least significant first.
  package func x87(_ number: Int) -> ArraySlice<UInt8> { image[(32 + 16 * number)..<(42 + 16 * number)] }
  /// Replaces `%st(N)`.
  package mutating func setX87(_ number: Int, _ bytes: [UInt8]) {
    image.replaceSubrange((32 + 16 * number)..<(32 + 16 * number + min(10, bytes.count)), with: bytes.prefix(10))
    markUsed(0b001)
  }
  /// A field of the FXSAVE image, least significant byte first.
  package func field(at offset: Int, size: Int) -> [UInt8] { Array(image[offset..<(offset + size)]) }
  /// Leaves no number on the x87 stack, which is how functions are entered (psABI §3.2.3).
  package mutating func clearX87Stack() {
    // The status word's top of stack, and the abridged tags.
    image[3] &= ~0x38
    image[4] = 0
    markUsed(0b001)
  }

  /// Leaves these numbers of ten bytes on the x87 stack, at most eight, the first of them on top.
  package mutating func setX87Stack(_ numbers: [[UInt8]]) {
    clearX87Stack()
    let count = min(numbers.count, 8)
    for (index, number) in numbers.prefix(count).enumerated() { setX87(index, Array(number.prefix(10))) }
    // The stack grows from register 7 downwards, and has a bit for each that is in use.
    image[3] |= UInt8(8 - count & 7) << 3
    for index in 0..<count { image[4] |= 0x80 >> UInt8(index) }
  }

  /// What a component in its initial state holds is not looked at: it has to be said to be there.
  private mutating func markUsed(_ components: UInt8) {
    if image.count > Self.presence { image[Self.presence] |= components }
  }
  private func xmmRange(_ number: Int) -> Range<Int> { (160 + 16 * number)..<(176 + 16 * number) }
  private func upperRange(_ number: Int) -> Range<Int> {
    (Self.upperHalves + 16 * number)..<(Self.upperHalves + 16 + 16 * number)
  }
}
