import MachineModel
import Testing

@Suite struct PendingCallsTests {
  private typealias Calls = PendingCalls<Int>

  /// Calls at the given frames, each with its index for content, and its entry at 0x10 times that.
  private func calls(_ frames: (frame: UInt64, back: UInt64)...) -> Calls {
    var calls = Calls()
    for (index, call) in frames.enumerated() {
      calls.enter(
        at: VirtualAddress(UInt64(index) * 0x10), frame: VirtualAddress(call.frame),
        returnAddress: VirtualAddress(call.back), index)
    }
    return calls
  }

  @Test func recursionReturnsFromWithin() {
    var calls = calls((0x100, 1), (0x80, 2), (0x40, 2))
    #expect(calls.arrive(at: VirtualAddress(2), stackPointer: VirtualAddress(0x40)).returned.map(\.content) == [2])
    #expect(calls.arrive(at: VirtualAddress(2), stackPointer: VirtualAddress(0x80)).returned.map(\.content) == [1])
    #expect(calls.calls.map(\.content) == [0])
  }

  /// The place is come to by another way, further down the stack.
  @Test func otherFramesReturnNothing() {
    var calls = calls((0x100, 1))
    let (returned, dropped) = calls.arrive(at: VirtualAddress(1), stackPointer: VirtualAddress(0x60))
    #expect(returned.isEmpty && dropped.isEmpty && calls.calls.count == 1)
  }

  @Test func aTailCallReturnsWithItsCaller() {
    var calls = calls((0x100, 1), (0x80, 2), (0x80, 2))
    let returned = calls.arrive(at: VirtualAddress(2), stackPointer: VirtualAddress(0x80)).returned
    #expect(returned.map(\.content) == [2, 1])
  }

  @Test func whatIsUnwoundIsDroppedByAReturn() {
    var calls = calls((0x100, 1), (0x80, 2), (0x40, 3))
    let (returned, dropped) = calls.arrive(at: VirtualAddress(1), stackPointer: VirtualAddress(0x100))
    #expect(returned.map(\.content) == [0] && dropped.map(\.content) == [1, 2] && calls.calls.isEmpty)
  }

  @Test func whatIsUnwoundIsDroppedByACall() {
    var calls = calls((0x100, 1), (0x80, 2), (0x40, 3))
    let dropped = calls.enter(
      at: VirtualAddress(0x500), frame: VirtualAddress(0x90), returnAddress: VirtualAddress(4), 9)
    #expect(dropped.map(\.content) == [1, 2] && calls.calls.map(\.content) == [0, 9])
  }

  /// Called again from the same place after a longjmp.
  @Test func theSameCallAnewTakesTheOldOnesPlace() {
    var calls = calls((0x100, 1))
    let dropped = calls.enter(at: VirtualAddress(0), frame: VirtualAddress(0x100), returnAddress: VirtualAddress(1), 9)
    #expect(dropped.map(\.content) == [0] && calls.calls.map(\.content) == [9])
  }
}

@Suite struct CallTimesTests {
  @Test func durationsAddUp() {
    var times = CallTimes()
    for duration in [4, 0, 7, 1024] as [UInt64] { times.add(duration) }
    #expect(times.count == 4 && times.total == 1035 && times.mean == 258 && times.least == 0 && times.most == 1024)
    #expect(times.histogram[0] == 1 && times.histogram[2] == 2 && times.histogram[10] == 1)
    var sum = CallTimes()
    sum.add(times)
    sum.add(CallTimes())
    sum.add(times)
    #expect(sum.count == 8 && sum.total == 2070 && sum.least == 0 && sum.histogram[2] == 4)
    #expect(CallTimes().mean == 0)
  }
}
