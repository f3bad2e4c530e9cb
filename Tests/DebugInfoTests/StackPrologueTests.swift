import Testing

@testable import DebugInfo

struct StackPrologueTests {
  static let codes: [(code: [UInt8], stackBytes: UInt64, saved: UInt64?, setsFramePointer: Bool)] = [
    ([], 0, nil, false),
    ([0xf3, 0x0f, 0x1e, 0xfa], 0, nil, false),
    ([0x55], 8, 8, false),
    ([0xf3, 0x0f, 0x1e, 0xfa, 0x55, 0x48, 0x89, 0xe5], 8, 8, true),
    ([0x55, 0x48, 0x8b, 0xec, 0x48, 0x83, 0xec, 0x20], 40, 8, true),
    ([0x41, 0x57, 0x41, 0x56, 0x53, 0x48, 0x81, 0xec, 0x08, 0x01, 0, 0], 24 + 0x108, nil, false),
    // Cut off in the middle of an instruction, and at one that isn't a prologue's.
    ([0x55, 0x48, 0x89], 8, 8, false),
    ([0x53, 0x31, 0xc0, 0x55], 8, nil, false),
    // The frame pointer is moved before it is saved: not a frame.
    ([0x48, 0x89, 0xe5], 0, nil, false),
  ]

  @Test("What a prologue has done so far", arguments: codes)
  func scan(code: [UInt8], stackBytes: UInt64, saved: UInt64?, setsFramePointer: Bool) {
    let prologue = StackPrologue(code)
    #expect(prologue.stackBytes == stackBytes)
    #expect(prologue.framePointerOffset == saved)
    #expect(prologue.setsFramePointer == setsFramePointer)
  }
}
