import MachineModel
import Testing

@Suite struct SiteProgramTests {
  /// Eight bytes at 0x1000.
  private struct Memory: MemoryReader {
    func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
      let bytes: [UInt8] = [0xFE, 0xFF, 0, 0, 0x80, 1, 2, 3]
      var count = 0
      for index in buffer.indices {
        let place = Int64(bitPattern: address.rawValue) &- 0x1000 &+ Int64(index)
        guard (0..<8).contains(place) else { break }
        buffer[index] = bytes[Int(place)]
        count += 1
      }
      return count
    }
  }

  private func evaluate(_ operations: [SiteProgram.Operation]) throws -> Int64? {
    var registers = RegisterFile()
    registers[.rbp] = 0x1010
    return try #require(SiteProgram(operations)).evaluate(registers, Memory()).map { Int64(bitPattern: $0) }
  }

  @Test func loadsExtend() throws {
    let place: [SiteProgram.Operation] = [.register(.rbp), .constant(16), .arithmetic(.subtract)]
    #expect(try evaluate(place + [.load(size: 2, isSigned: true)]) == -2)
    #expect(try evaluate(place + [.load(size: 2, isSigned: false)]) == 0xFFFE)
    #expect(try evaluate(place + [.load(size: 8, isSigned: false)]) == 0x0302_0180_0000_FFFE)
    #expect(try evaluate([.constant(0x1006), .load(size: 4, isSigned: false)]) == nil)
    let field: [SiteProgram.Operation] = [.load(size: 4, isSigned: false), .extract(shift: 1, bits: 3, isSigned: true)]
    #expect(try evaluate([.constant(0x1000)] + field) == -1)
  }

  @Test func arithmetic() throws {
    func two(_ arithmetic: SiteProgram.Arithmetic, _ left: Int64, _ right: Int64) throws -> Int64? {
      try evaluate([.constant(UInt64(bitPattern: left)), .constant(UInt64(bitPattern: right)), .arithmetic(arithmetic)])
    }
    #expect(try two(.divide(isSigned: true), -7, 2) == -3)
    #expect(try two(.remainder(isSigned: true), -7, 2) == -1)
    #expect(try two(.divide(isSigned: false), -8, 2) == 0x7FFF_FFFF_FFFF_FFFC)
    #expect(try two(.divide(isSigned: true), 1, 0) == nil)
    #expect(try two(.divide(isSigned: true), .min, -1) == .min)
    #expect(try two(.compare(.less, isSigned: true), -1, 1) == 1)
    #expect(try two(.compare(.less, isSigned: false), -1, 1) == 0)
    #expect(try evaluate([.constant(1), .constant(70), .shiftLeft(bits: 64)]) == 0)
    #expect(
      try evaluate([.constant(UInt64(bitPattern: -8)), .constant(1), .shiftRight(bits: 32, isSigned: true)]) == -4)
  }

  @Test(arguments: [(0, 20), (5, 10)]) func choices(condition: UInt64, result: Int64) throws {
    let program: [SiteProgram.Operation] = [
      .constant(condition), .skip(2, ifZero: true), .constant(10), .skipAlways(1), .constant(20),
    ]
    #expect(try evaluate(program) == result)
  }

  @Test func whatNeedsTooMuchIsRefused() {
    #expect(SiteProgram([.not]) == nil)
    #expect(SiteProgram([.constant(1), .constant(2)]) == nil)
    let deep = [SiteProgram.Operation](repeating: .constant(1), count: 17)
    #expect(SiteProgram(deep + [SiteProgram.Operation](repeating: .arithmetic(.add), count: 16)) == nil)
  }
}
