import DebugInfo
import Debugger
import MachineModel
import Testing

@testable import TerminalInterface

/// Screens as they are seen, in the theme without colours.
@Suite struct RenderingTests {
  /// Everything loaded, the struct opened, the focus on the source.
  private func sample(_ width: Int, _ height: Int) -> AppState {
    var state = Sample.stopped(GridSize(width: width, height: height))
    state.apply(.loaded(.threads(Sample.threads), revision: state.revision))
    state.apply(.loaded(.registers(Sample.registers), revision: state.revision))
    state.apply(.loaded(.disassembly(Sample.instructions), revision: state.revision))
    state.press("3", "down", "enter")
    state.apply(
      .childrenLoaded(
        [Sample.variable("x", "int", "1"), Sample.variable("y", "int", "2")], path: TreePath(["here"]), first: 0,
        revision: state.revision))
    state.press("1")
    return state
  }

  private func expect(_ state: AppState, _ picture: String, location: Testing.SourceLocation = #_sourceLocation) {
    #expect(state.lines().joined(separator: "\n") == picture, sourceLocation: location)
  }

  @Test func ofEightyColumns() {
    expect(
      sample(80, 24),
      """
      ─ 1 Source ─ 7 Disassembly ──────────── tour.c ─┬─ 2 Stack ─ 5 Threads ─────────
          1   #include <stdio.h>                      │▶0 add (by=3)         tour.c:9
          2                                           │ 1 main ()           tour.c:15
          3   struct point {                          │
          4     int x;                                │
          5     int y;                                │
          6   };                                      │
          7                                           │
          8   static int add(struct point *point, int ├─ 3 Locals ─ 6 Registers ──────
      ●   9 ▶   point->x += by;                       │   by = 3                  int
         10     return point->x;                      │ ▾ here = {x = 1, y = 2}
         11   }                                       │     x = 1                 int
         12                                           │     y = 2                 int
         13   int main(void) {                        │   sum = 0                 int
      ─ 9 Console ─ 8 Program ─ 4 Breakpoints ────────┤
      (sdb) run                                       │
      Breakpoint 1, add (by=3) at /src/tour.c:9       │
      9         point->x += by;                       │
                                                      │
                                                      │
                                                      │
       STOPPED  Breakpoint 1 – add at tour.c:9                          thread 1 tour
      (sdb)
       b break  s step  n next  f finish  c cont  u until  r run  : command    ? help
      """)
  }

  @Test func aCallFromHereHasAName() {
    var state = sample(80, 24)
    let dummy = FrameSnapshot(
      level: 1, function: nil, file: nil, line: nil, address: VirtualAddress(0x401040), inlined: false, language: nil,
      module: nil, arguments: [], showsAddress: false, hasDebugInfo: false, isCallDummy: true)
    let frames = [Sample.frame(0, "add", line: 9), dummy, Sample.frame(2, "main", line: 15)]
    state.apply(.loaded(.frame(Sample.content(frames)), revision: state.revision))
    #expect(state.lines().contains { $0.contains("1 <function called from sdb>") })
  }

  /// The row of a local, of 31 columns.
  private func row(of variable: VariableSnapshot) -> String {
    var state = sample(80, 24)
    let content = FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "add", line: 9)], truncated: false, endReason: nil),
      selected: 0, arguments: [], locals: [variable])
    state.apply(.loaded(.frame(content), revision: state.revision))
    let row = state.lines().first { $0.contains("\(variable.name) = ") } ?? ""
    return String(row.split(separator: "│").last ?? "")
  }

  @Test(arguments: [
    ("1234567890", 1, "   ns = 1234567890   vector<…>"), ("1234567890", 2, "   ns = 12345678901234567890"),
    ("1234567890", 9, "   ns = 123456789012345678901…"),
    ("<error: Functions of the program>", 1, "   ns = <error: Functions of …"),
  ])
  func aValueComesBeforeItsType(_ text: String, _ count: Int, _ expected: String) {
    #expect(
      row(of: Sample.variable("ns", "std::vector<int, std::allocator<int> >", String(repeating: text, count: count)))
        .hasPrefix(expected))
  }

  @Test func elementsComeBeforeTheWordsOnTheirContainer() {
    func numbers(_ elements: String) -> String {
      let lead = "std::vector of length 3, capacity 4 = "
      return row(
        of: VariableSnapshot(
          name: "ns", type: "std::vector<int>", value: lead + elements, children: 3,
          id: ValueID(generation: 1, number: 9), brief: lead + "{...}"))
    }
    #expect(numbers("{1, 2, 3}") == " ▸ ns = {1, 2, 3}    vector<…>")
    #expect(numbers("{100000, 200000, 300000}") == " ▸ ns = {100000, 200000, 3000…")
  }

  @Test func theHintLineNamesTheKeysOfADialog() {
    func hints(_ keys: String...) -> String {
      var state = sample(80, 24)
      for key in keys { state.press(key) }
      return state.lines().last { !$0.isEmpty } ?? ""
    }
    #expect(hints("?") == " ↑ ↓ scroll  Space page  Esc close")
    #expect(hints("3", "m") == " ↑ ↓ choose  Enter do it  Esc close")
    #expect(hints("q") == " y quit and kill it  d detach  n no")
  }

  @Test func aLongAnswerIsReadFromItsBegin() {
    var state = sample(80, 24)
    state.apply(.commandBegan("help"))
    state.apply(.commandEnded(Sample.output((1...30).map { "line \($0)" }.joined(separator: "\n"))))
    let lines = state.lines().map { String($0.prefix(48)) }
    #expect(lines.contains { $0.hasPrefix("(sdb) help") })
    #expect(lines.contains { $0.hasPrefix("line 1 ") })
    #expect(state.message?.text == "25 more lines in 9 Console")
    // The next command's stands at the end.
    state.press(":")
    state.type("print 1")
    state.press("enter")
    state.apply(.commandEnded(Sample.output("$1 = 1")))
    #expect(state.lines().contains { $0.hasPrefix("$1 = 1") })
    #expect(!state.lines().contains { $0.contains("more below") })
  }

  @Test func aHiddenPaneTellsTheWayBack() {
    var state = sample(80, 24)
    state.press("alt-2")
    #expect(state.message?.text == "Stack is hidden; 2 shows it.")
  }

  @Test func ofFortyColumns() {
    expect(
      sample(40, 10),
      """
      ─ 1 Source 2 3 4 5 6 7 8 9 ──── tour.c ─
          6   };
          7
          8   static int add(struct point *poi
      ●   9 ▶   point->x += by;
         10     return point->x;
         11   }
         12
       STOPPED  Breakpoint 1 – add at tour.c:9
       b break  s step  n next  r run  ? help
      """)
  }

  @Test func ofTwoHundredColumns() {
    expect(
      sample(200, 60),
      """
      ─ 1 Source ────────────────────────────────────────────────────────────────────── tour.c ─┬─ 2 Stack ────────────────────────────────── thread 1 ─┬─ 7 Disassembly ─────────────────────────────── add ─
          1   #include <stdio.h>                                                                │▶0 add (by=3)                                 tour.c:9 │   0x401132 +0  add     $0x1,%rax
          2                                                                                     │ 1 main ()                                   tour.c:15 │●▶ 0x401136 +4  add     $0x1,%rax
          3   struct point {                                                                    │                                                       │   0x40113a +8  add     $0x1,%rax
          4     int x;                                                                          │                                                       │   0x40113e +12 add     $0x1,%rax
          5     int y;                                                                          │                                                       │
          6   };                                                                                │                                                       │
          7                                                                                     │                                                       │
          8   static int add(struct point *point, int by) {                                     │                                                       │
      ●   9 ▶   point->x += by;                                                                 │                                                       │
         10     return point->x;                                                                │                                                       │
         11   }                                                                                 │                                                       │
         12                                                                                     │                                                       │
         13   int main(void) {                                                                  ├─ 3 Locals ────────────────────────────────────── add ─┤
         14     struct point here = {1, 2};                                                     │   by = 3                                          int │
         15     int sum = add(&here, 3);                                                        │ ▾ here = {x = 1, y = 2}                  struct point │
         16     printf("%d\\n", sum);                                                            │     x = 1                                         int │
         17     return 0;                                                                       │     y = 2                                         int │
         18   }                                                                                 │   sum = 0                                         int │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       ├─ 6 Registers ───────────────────────────────────────
      ─ 8 Program ──────────────────────────────────────────────────────────────────────────────┤                                                       │ rax 0x3       3
                                                                                                │                                                       │ rip 0x401136  0x401136 <add+8>
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                      The program's own terminal                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                ├─ 4 Breakpoints ───────────────────────────────────────┤
                                                                                                │● 1 add tour.c:9  1 hit                                │
                                                                                                │                                                       │
      ─ 9 Console ──────────────────────────────────────────────────────────────────────────────┤                                                       │
      (sdb) run                                                                                 │                                                       │
      Breakpoint 1, add (by=3) at /src/tour.c:9                                                 │                                                       │
      9         point->x += by;                                                                 │                                                       │
                                                                                                │                                                       │
                                                                                                ├─ 5 Threads ───────────────────────────────────────────┤
                                                                                                │▶1 tour (4242)  add                           tour.c:9 │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
                                                                                                │                                                       │
       STOPPED  Breakpoint 1 – add at tour.c:9                                                                                                                                                  thread 1 tour
      (sdb)
       b break  s step  n next  f finish  c cont  u until  r run  : command  q quit  F2 threads                                                                                                        ? help
      """)
  }

  @Test func aQuestion() {
    var state = sample(80, 24)
    state.press("q")
    expect(
      state,
      """
      ─ 1 Source ─ 7 Disassembly ──────────── tour.c ─┬─ 2 Stack ─ 5 Threads ─────────
          1   #include <stdio.h>                      │▶0 add (by=3)         tour.c:9
          2                                           │ 1 main ()           tour.c:15
          3   struct point {                          │
          4     int x;                                │
          5     int y;                                │
          6   };                                      │
          7                                           │
          8   static int add(struct point *point, int ├─ 3 Locals ─ 6 Registers ──────
      ●   9 ▶   poin┌ Quit ────────────────────────────────────────────┐          int
         10     retu│ tour is still being debugged.                    │ y = 2}
         11   }     │                                                  │          int
         12         │ y quit and kill it   d detach   n no             │          int
         13   int ma└──────────────────────────────────────────────────┘          int
      ─ 9 Console ─ 8 Program ─ 4 Breakpoints ────────┤
      (sdb) run                                       │
      Breakpoint 1, add (by=3) at /src/tour.c:9       │
      9         point->x += by;                       │
                                                      │
                                                      │
                                                      │
       STOPPED  Breakpoint 1 – add at tour.c:9                          thread 1 tour
      (sdb)
       y quit and kill it  d detach  n no
      """)
  }

  @Test(arguments: [
    ("main", 4, "main"), ("add_score", 5, "add_…"), ("", 3, ""),
    (
      "std::unique_ptr<geometry::Rectangle, std::default_delete<geometry::Rectangle> >::get", 40,
      "std::unique_ptr<…>::get"
    ),
    ("std::unique_ptr<geometry::Rectangle, std::default_delete<geometry::Rectangle> >::get", 20, "unique_ptr<…>::get"),
    ("std::unique_ptr<int>::operator->", 18, "operator->"), ("a::b::operator<<int>", 18, "b::operator<<int>"),
    ("core::ops::function::FnOnce::call_once", 20, "FnOnce::call_once"),
    ("<fn() -> alloc::vec::Vec<u8> as core::Trait>::run", 10, "<…>::run"),
    ("(anonymous namespace)::thing", 24, "thing"), ("ns::too_long_for_this", 8, "too_lon…"), ("a<<<>>", 3, "a<…"),
  ]) func longNamesKeepTheirEnd(name: String, width: Int, expected: String) {
    #expect(shortenedFunction(name, to: width) == expected)
  }

  @Test func aNarrowStatusLineKeepsThePlace() {
    var state = sample(40, 10)
    let frame = Sample.frame(0, "ns::a_rather_long_name_of_a_function", line: 9)
    state.apply(.session(.stopped(Sample.stop(2, .step, frame))))
    state.apply(.loaded(.frame(Sample.content([frame])), revision: state.revision))
    #expect(state.lines()[8] == " STOPPED  a_rather_long_nam… at tour.c:9")
    let fault = StopCause.signal(SignalInfo(signal: Signal(11), faultAddress: VirtualAddress(0x10)))
    state.apply(.session(.stopped(Sample.stop(3, fault, frame))))
    #expect(state.lines()[8] == " STOPPED  SIGSEGV – tour.c:9")
    state.apply(.input(.resize(GridSize(width: 120, height: 10))))
    let text = "SIGSEGV, Segmentation fault, address 0x10 – ns::a_rather_long_name_of_a_function at tour.c:9"
    #expect(state.lines()[8].contains(text))
  }

  /// While debug information is indexed the status line says how far it is, as long as there is room.
  @Test func indexingShowsItsProgress() {
    var state = sample(120, 30)
    state.apply(.session(.indexing(IndexProgress(image: "/usr/lib/libbig\u{1b}.so", fraction: 0.427))))
    #expect(state.lines()[27].hasSuffix("indexing libbig\\e.so 42 %"))
    state.apply(.input(.resize(GridSize(width: 40, height: 24))))
    #expect(!state.lines().contains { $0.contains("indexing") })
    state.apply(.session(.indexing(nil)))
    state.apply(.input(.resize(GridSize(width: 120, height: 30))))
    #expect(!state.lines().contains { $0.contains("indexing") })
  }

  @Test func helpListsEveryBinding() {
    var state = sample(200, 100)
    state.press("?")
    let help = state.lines().joined(separator: "\n")
    for context in BindingContext.allCases {
      #expect(help.contains(context.title))
      for row in state.bindings.rows(of: context) {
        #expect(help.contains(row.help), "\(row.help)")
        #expect(help.contains(row.keys), "\(row.keys)")
      }
    }
    // Each binding is in a row of its context.
    for binding in state.bindings.bindings {
      #expect(state.bindings.rows(of: binding.context).contains { $0.help == binding.help })
    }
  }

  @Test func helpScrollsToItsEnd() {
    var state = sample(80, 24)
    state.press("?", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
    #expect(state.lines().contains { $0.contains("Leave the program's terminal") })
    state.press("x")
    #expect(state.dialog == nil)
  }

  @Test func noKeyMeansTwoThings() {
    let table = BindingTable.standard()
    for context in BindingContext.allCases {
      let keys = table.bindings.filter { $0.context == context }.flatMap(\.keys)
      #expect(keys.count == Set(keys).count, "\(context)")
    }
  }

  /// Whatever arrives, drawing is safe: small screens, strange text.
  @Test func anySizeAndAnyTextCanBeDrawn() {
    let strange = "\u{1b}[2J\u{202e}\t日本語\u{301}\u{0}" + String(repeating: "x", count: 5000)
    for (width, height) in [(0, 0), (1, 1), (2, 3), (5, 5), (20, 4), (39, 9), (64, 16), (500, 200)] {
      var state = sample(width, height)
      state.apply(.commandEmitted(Sample.output(strange)))
      state.apply(.session(.notice(strange)))
      state.apply(.failed(strange))
      for pane in Pane.allCases {
        state.press("\(pane.rawValue)")
        let picture = render(state, size: state.size, theme: .fallback)
        #expect(picture.grid.size == state.size)
        #expect(
          !picture.grid.cells.contains { $0.text.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202e } })
        state.press("ctrl-]")
      }
      state.press("?")
      _ = state.lines()
      state.press("x", ":", "tab")
      _ = state.lines()
    }
  }

  @Test func currentAndCursorLinesHaveTheirStyles() {
    var state = sample(80, 24)
    state.press("down")
    let grid = render(state, size: state.size, theme: .fallback).grid
    func style(_ row: Int) -> Style { grid[row, 20].style }
    let current = state.lines().firstIndex { $0.contains("▶   point->x") }
    #expect(current.map { style($0).attributes.contains(.reverse) } == true)
    #expect(current.map { style($0 + 1).attributes.contains(.underline) } == true)
  }
}
