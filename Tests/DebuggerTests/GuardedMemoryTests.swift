import Debugger
import MachineModel
import TestSupport
import Testing

/// What is carried out in a thread's place may do no more than the thread itself.
@Suite struct GuardedMemoryTests {
  private func fault(at mark: String, arguments: [String]) async throws -> SessionFixture {
    let fixture = try await SessionFixture("guarded.c")
    await fixture.session.configureLaunch { $0.arguments = arguments }
    _ = try await fixture.run(toMark: mark)
    let stop = try await fixture.move(.stepInstruction, count: 50)
    guard case .signal(let information) = stop.cause else {
      Issue.record("\(stop.cause)")
      return fixture
    }
    #expect(information.signal == Signal(11))
    #expect(stop.frame.line == (try fixture.line(mark)))
    return fixture
  }

  @Test func readingAPageWithoutPermissionFaults() async throws { _ = try await fault(at: "read */", arguments: []) }

  @Test func aWriteThatFaultsInItsSecondPageLeavesTheFirst() async throws {
    let fixture = try await fault(at: "write */", arguments: ["x"])
    #expect(try await fixture.value("page[4094]") == "0 '\\000'")
  }
}
