import MachineModel
import Testing

@testable import Tracing

@Suite struct DebugRegistersTests {
  private func watch(_ start: UInt64, _ count: UInt64, _ access: HardwareWatch.Access = .write) -> HardwareWatch {
    HardwareWatch(id: 1, ranges: [VirtualAddress(start)..<VirtualAddress(start + count)], access: access)
  }

  /// What a range is cut into: address and length of each piece.
  static let cuts: [(start: UInt64, count: UInt64, pieces: [[UInt64]])] = [
    (0x1000, 1, [[0x1000, 1]]),
    (0x1000, 4, [[0x1000, 4]]),
    (0x1000, 8, [[0x1000, 8]]),
    (0x1004, 8, [[0x1004, 4], [0x1008, 4]]),
    (0x1001, 4, [[0x1001, 1], [0x1002, 2], [0x1004, 1]]),
    (0x1003, 6, [[0x1003, 1], [0x1004, 4], [0x1008, 1]]),
    (0x1000, 32, [[0x1000, 8], [0x1008, 8], [0x1010, 8], [0x1018, 8]]),
  ]

  @Test(arguments: cuts) func rangesAreCutAtMultiplesOfTheirLength(
    cut: (start: UInt64, count: UInt64, pieces: [[UInt64]])
  )
    throws
  {
    let registers = try #require(DebugRegisters(watching: [watch(cut.start, cut.count)]))
    #expect(registers.slots.map { [$0.address.rawValue, $0.length] } == cut.pieces)
  }

  @Test func fourSlotsAreAllThereAre() {
    #expect(DebugRegisters(watching: [watch(0x1000, 33)]) == nil)
    #expect(DebugRegisters(watching: [watch(0x1001, 16)]) == nil)
    // So long a range that its pieces are not to be counted.
    #expect(DebugRegisters(watching: [watch(0, .max)]) == nil)
    #expect(DebugRegisters(watching: [watch(0x1000, 24), watch(0x2000, 8)])?.slots.count == 4)
    #expect(DebugRegisters(watching: [watch(0x1000, 24), watch(0x2000, 9)]) == nil)
  }

  @Test func whatTwoWatchIsThereOnce() {
    #expect(DebugRegisters(watching: [watch(0x1000, 32), watch(0x1008, 8)])?.slots.count == 4)
    // The processor's condition is part of it; reading and using are the same to it.
    #expect(DebugRegisters(watching: [watch(0x1000, 8), watch(0x1000, 8, .read)])?.slots.count == 2)
    #expect(DebugRegisters(watching: [watch(0x1000, 8, .readOrWrite), watch(0x1000, 8, .read)])?.slots.count == 1)
  }

  /// DR7 as the SDM has it: enable bits 0, 2, 4, 6; conditions and lengths from bit 16 on.
  @Test func controlBits() throws {
    #expect(DebugRegisters().controlBits == 0)
    #expect(DebugRegisters(watching: [watch(0x1000, 4)])?.controlBits == 0x000D_0001)
    #expect(DebugRegisters(watching: [watch(0x1000, 8, .readOrWrite)])?.controlBits == 0x000B_0001)
    let code = HardwareWatch(id: 2, ranges: [VirtualAddress(0x4011)..<VirtualAddress(0x4012)], access: .execute)
    #expect(DebugRegisters(watching: [watch(0x1000, 2), code])?.controlBits == 0x0005_0005)
  }

  @Test func statusTellsWhichSlotsWereHit() throws {
    let registers = try #require(DebugRegisters(watching: [watch(0x1000, 8), watch(0x2000, 1)]))
    #expect(registers.slots(hitBy: 0).isEmpty)
    #expect(registers.settings(of: registers.slots(hitBy: 0b10)).map(\.address) == [VirtualAddress(0x2000)])
    // Bits of slots that are not in use, and that of a single step, say nothing.
    #expect(registers.settings(of: registers.slots(hitBy: 0x400D)).map(\.address) == [VirtualAddress(0x1000)])
  }
}
