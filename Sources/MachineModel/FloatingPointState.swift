/// One thread's x87 and SSE state at a stop, as the FXSAVE image of `PTRACE_GETFPREGS` lays it out
/// (Intel SDM volume 1, §10.5.1).
package struct FloatingPointState: Sendable, Equatable {
  /// The 512 bytes of the image: ST0 at 32, a register each 16 bytes; XMM0 at 160, likewise.
  package var image: [UInt8]
  package init(image: [UInt8]) {
    precondition(image.count == 512)
    self.image = image
  }
  /// The sixteen bytes of `%xmmN`, least significant first.
  package func xmm(_ number: Int) -> ArraySlice<UInt8> { image[xmmRange(number)] }
  /// Puts up to sixteen bytes into the low end of `%xmmN`; what they do not reach stays.
  package mutating func setXMM(_ number: Int, _ bytes: [UInt8]) {
    let range = xmmRange(number)
    image.replaceSubrange(range.prefix(bytes.count), with: bytes.prefix(range.count))
  }
  private func xmmRange(_ number: Int) -> Range<Int> { (160 + 16 * number)..<(176 + 16 * number) }
  /// The ten bytes of `%st(N)`, least significant first.
  package func x87(_ number: Int) -> ArraySlice<UInt8> { image[(32 + 16 * number)..<(42 + 16 * number)] }
}
