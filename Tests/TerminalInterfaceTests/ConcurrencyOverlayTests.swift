import Concurrency
import Debugger
import MachineModel
import Testing

@testable import TerminalInterface

/// F2: threads, stacks, locks and processes over the panes.
@Suite struct ConcurrencyOverlayTests {
  private static func frame(_ level: Int, _ function: String, _ line: Int) -> FrameSnapshot {
    FrameSnapshot(
      level: level, function: function, file: "/src/pool.c", line: line, address: VirtualAddress(0x401000),
      inlined: false, language: nil, module: "/bin/pool", arguments: [], showsAddress: false, hasDebugInfo: true)
  }

  private static func thread(_ id: Int, _ name: String) -> ThreadSnapshot {
    ThreadSnapshot(id: id, tid: ThreadID(Int32(4240 + id)), name: name)
  }

  /// Two threads in a circle, and two that sleep.
  private static let content: ConcurrencyContent = {
    let (left, right) = (thread(2, "left"), thread(3, "right"))
    func lock(_ name: String, _ address: UInt64, held holder: ThreadSnapshot, wanted waiter: ThreadSnapshot) -> Lock {
      var lock = Lock(address: VirtualAddress(address), kind: .mutex)
      lock.name = name
      lock.holders = [Lock.Holder(thread: holder, mode: .exclusive)]
      lock.waiters = [Lock.Waiter(thread: waiter, mode: .exclusive, frame: frame(2, "cross", 23))]
      return lock
    }
    func activity(
      _ thread: ThreadSnapshot, _ state: ThreadActivity.State, _ frame: FrameSnapshot, _ target: WaitTarget? = nil,
      call: String? = nil
    ) -> ThreadActivity {
      ThreadActivity(
        thread: thread, isCurrent: thread.id == 1, state: state, frame: frame, wait: nil, target: target,
        systemCall: call, processorTime: Double(thread.id) / 4, processorShare: Double(thread.id) / 10)
    }
    let locks = [
      lock("first", 0x5000, held: left, wanted: right), lock("second", 0x6000, held: right, wanted: left),
    ]
    let threads = [
      activity(thread(1, "pool"), .stopped, frame(0, "main", 40)),
      activity(left, .deadlocked, frame(2, "cross", 23), .lock(locks[1])),
      activity(right, .deadlocked, frame(2, "cross", 23), .lock(locks[0])),
      activity(thread(4, "reader"), .sleeping, frame(1, "fill", 8), call: "read(3<pipe:[7]>, 0x7000, 1)"),
    ]
    func stack(_ id: Int, _ frames: FrameSnapshot...) -> ThreadStack {
      ThreadStack(thread: thread(id, ""), isCurrent: id == 1, registers: RegisterFile(), frames: frames)
    }
    let stacks = StackTree([
      stack(1, frame(0, "main", 40)), stack(2, frame(0, "cross", 23), frame(1, "begin", 12)),
      stack(3, frame(0, "cross", 23), frame(1, "begin", 12)), stack(4, frame(0, "fill", 8), frame(1, "begin", 12)),
    ])
    let child = ProcessTree(
      id: ProcessID(4300), commandLine: "sleep 10", state: .sleeping, systemCall: "clock_nanosleep", threads: 1,
      children: [])
    let processes = ProcessTree(
      id: ProcessID(4241), commandLine: "/bin/pool", state: .traced, systemCall: nil, threads: 4, children: [child])
    return ConcurrencyContent(
      snapshot: ConcurrencySnapshot(
        threads: threads, locks: locks, deadlocks: Deadlock.all(among: threads)), stacks: stacks, processes: processes)
  }()

  private func opened() -> AppState {
    var state = Sample.stopped(GridSize(width: 80, height: 24))
    #expect(state.press("F2").contains(.load(.concurrency, revision: state.revision)))
    state.apply(.loaded(.concurrency(Self.content), revision: state.revision))
    return state
  }

  /// The overlay's rows as they are seen, without the border and what is empty below them.
  private func rows(_ state: AppState) -> [String] {
    let lines = state.lines().map(Array.init)
    return lines[1..<20].map { line in
      String(line.dropFirst().dropLast()).replacing(#/ +$/#, with: "")
    }.reversed().drop { $0.isEmpty }.reversed()
  }

  @Test func threads() {
    let state = opened()
    #expect(
      state.lines().first == "┌─ 1 Threads ─ 2 Stacks ─ 3 Locks ─ 4 Processes ───────────────────────────────┐")
    #expect(
      rows(state) == [
        "▶1 pool   stopped    10% 0.25 s main pool.c:40",
        " 2 left   deadlocked 20% 0.50 s cross pool.c:23 mutex second, held by thread 3",
        " 3 right  deadlocked 30% 0.75 s cross pool.c:23 mutex first, held by thread 2",
        " 4 reader sleeping   40% 1.00 s fill pool.c:8   read(3<pipe:[7]>, 0x7000, 1)",
      ])
    #expect(state.lines().last == " Tab next  ↑ ↓ move  Enter open or select  / filter  Esc close")
  }

  @Test func stacksOpenAndClose() {
    var state = opened()
    state.press("tab")
    let closed = ["▸ 3  begin pool.c:12   2-4", "  1  main pool.c:40   1"]
    #expect(rows(state) == closed)
    state.press("enter")
    #expect(
      rows(state) == [
        "▾ 3  begin pool.c:12   2-4", "    2  cross pool.c:23   2-3", "    1  fill pool.c:8   4",
        "  1  main pool.c:40   1",
      ])
    state.press("left")
    #expect(rows(state) == closed)
  }

  @Test func locksAndDeadlocks() {
    var state = opened()
    state.press("3")
    #expect(
      rows(state) == [
        "Deadlock of 2 threads:", #"  Thread 2 "left" waits for mutex second, held by thread 3 "right""#,
        "    in cross () at /src/pool.c:23", #"  Thread 3 "right" waits for mutex first, held by thread 2 "left""#,
        "    in cross () at /src/pool.c:23", "mutex first at 0x5000", #"  held by thread 2 "left""#,
        #"  thread 3 "right" waits in cross () at /src/pool.c:23"#, "mutex second at 0x6000",
        #"  held by thread 3 "right""#, #"  thread 2 "left" waits in cross () at /src/pool.c:23"#,
      ])
  }

  @Test func processes() {
    var state = opened()
    state.press("4")
    #expect(
      rows(state) == [
        "4241  /bin/pool  (stopped by a debugger, 4 threads)", "  4300  sleep 10  (sleeping in clock_nanosleep)",
      ])
  }

  @Test func filters() {
    var state = opened()
    state.press("/")
    state.type("dead.*second")
    #expect(rows(state).count == 1)
    #expect(state.lines().first?.hasSuffix(" /dead.*second ─┐") == true)
    state.press("enter", "2")
    #expect(rows(state).map { $0.replacing(" ", with: "") }.filter { !$0.isEmpty } == ["Nomatch"])
    state.press("/")
    for _ in 0..<20 { state.press("backspace") }
    state.type("fill")
    // What leads to a match stays.
    #expect(rows(state) == ["▾ 3  begin pool.c:12   2-4", "    1  fill pool.c:8   4"])
    state.press("escape")
    #expect(state.dialog != nil)
    state.press("escape")
    #expect(state.dialog == nil)
  }

  @Test func enterSelectsThreadAndFrame() {
    var state = opened()
    state.press("down")
    #expect(state.press("enter") == [.selectThread(2), .selectFrame(2)])
    #expect(state.dialog == nil)
  }

  @Test func theMouse() {
    var state = opened()
    state.click(row: 0, column: 20)
    #expect(rows(state).first == "▸ 3  begin pool.c:12   2-4")
    state.click(row: 1, column: 5)
    #expect(rows(state).count == 4)
    state.click(row: 0, column: 5)
    state.click(row: 3, column: 5)
    #expect(state.click(row: 3, column: 5) == [.selectThread(3), .selectFrame(2)])
  }

  /// A stop makes it load anew; what was asked for before is dropped.
  @Test func itFollowsTheProgram() {
    var state = opened()
    let old = state.revision
    let effects = state.reduce(
      .session(.stopped(Sample.stop(2, .step, Sample.frame(0, "add", line: 10)))))
    #expect(effects.contains(.load(.concurrency, revision: state.revision)))
    state.apply(.loaded(.concurrency(Self.content), revision: old))
    state.press("F10")
    #expect(state.dialog != nil)
  }

  @Test func withoutAProcess() {
    var state = AppState(size: GridSize(width: 80, height: 24))
    state.press("F2")
    #expect(state.dialog == nil)
    #expect(state.message?.text == "The program is not being run: r starts it.")
  }
}
