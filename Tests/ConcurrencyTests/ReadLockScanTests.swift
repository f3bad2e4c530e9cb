import Concurrency
import Debugger
import MachineModel
import Testing

/// Calls that took a lock to read, found in a function's code.
@Suite struct ReadLockScanTests {
  private func taken(_ lines: [(text: String, comment: String?)], lock: UInt64 = 0x5000) -> Int? {
    let rows = lines.enumerated().map { index, line in
      InstructionRow(
        address: VirtualAddress(UInt64(index)), function: "f", offset: 0, bytes: "90", text: line.text,
        comment: line.comment, isCurrent: false, file: "/f.c", line: index)
    }
    return ReadLockScan(rows).lastTaken(VirtualAddress(lock))?.line
  }

  private let read = (text: "call   0x10 <pthread_rwlock_rdlock@plt>", comment: String?.none)
  private let write = (text: "call   0x20 <pthread_rwlock_wrlock@plt>", comment: String?.none)
  private let release = (text: "call   0x30 <pthread_rwlock_unlock@plt>", comment: String?.none)

  private func lines(_ texts: String...) -> [(text: String, comment: String?)] { texts.map { ($0, nil) } }

  @Test func byItsAddress() {
    let lea = [("lea    0x2d39(%rip),%rax", "0x5000 <table>"), ("mov    %rax,%rdi", nil)] as [(String, String?)]
    #expect(taken(lea + [read] + lea + [write]) == 2)
    #expect(taken(lea + [read] + lea + [write], lock: 0x6000) == 2)
    let other = [("lea    0x2d39(%rip),%rdi", "0x6000 <catalogue>")] as [(String, String?)]
    #expect(taken(other + [read] + lea + [write]) == nil)
    // Where the last call is of another function, which waits further in.
    #expect(taken(lea + [read] + [("call   0x40 <update>", nil)]) == 2)
    #expect(taken(lines("mov    $0x5000,%edi") + [read, write]) == 1)
  }

  @Test func byWhereItComesFrom() {
    let first = lines("mov    -0x8(%rbp),%rax", "add    $0x10,%rax", "mov    %rax,%rdi")
    let second = lines("mov    -0x8(%rbp),%rax", "add    $0x48,%rax", "mov    %rax,%rdi")
    #expect(taken(first + [read] + first + [write]) == 3)
    #expect(taken(second + [read] + first + [write]) == nil)
    // In a register that calls leave alone.
    let kept = lines("mov    %rbx,%rdi")
    #expect(taken(kept + [read] + kept + [write]) == 1)
    #expect(taken(kept + [read] + lines("mov    %r12,%rdi") + [write]) == nil)
  }

  @Test func untilItIsReleased() {
    let kept = lines("mov    %rbx,%rdi")
    #expect(taken(kept + [read] + kept + [release] + kept + [write]) == nil)
    #expect(taken(kept + [release] + kept + [read] + kept + [write]) == 3)
  }

  @Test func whatIsNotKnownIsNotTaken() {
    #expect(taken([read, write]) == nil)
    #expect(taken([]) == nil)
  }
}
