import Debugger
import MachineModel
import Testing

@testable import TerminalInterface

/// What is done with rows of the locals: formats, watch expressions, pins, other values, copies, the menu.
@Suite struct LocalsRowTests {
  private static let size = GridSize(width: 130, height: 30)

  private static func variable(
    _ name: String, _ value: String, type: String = "int", children: Int = 0, id: Int, depth: Int = 0, line: Int? = nil
  ) -> VariableSnapshot {
    var variable = VariableSnapshot(
      name: name, type: type, value: value, address: VirtualAddress(0x1000), children: children,
      id: ValueID(generation: 1, number: id))
    variable.blockDepth = depth
    variable.declarationLine = line
    return variable
  }

  /// Stopped where `i` stands in three blocks, with the cursor on the first row of the locals.
  private func stopped(kept: [KeptValueSnapshot] = []) -> AppState {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.dataChanged))
    state.apply(.loaded(.frame(content(kept: kept)), revision: state.revision))
    state.press("3", "home")
    return state
  }

  private func content(kept: [KeptValueSnapshot]) -> FrameContent {
    FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "f", line: 9)], truncated: false, endReason: nil),
      selected: 0, arguments: [Self.variable("n", "3", id: 1, line: 7)],
      locals: [
        Self.variable("i", "99", id: 2, depth: 2, line: 22), Self.variable("j", "0", id: 3, depth: 1, line: 19),
        Self.variable("i", "6", id: 4, line: 10),
        Self.variable("here", "{x = 1, y = 2}", type: "struct point *", children: 2, id: 5),
      ], kept: kept)
  }

  private func rows(_ state: AppState) -> [String] {
    state.lines().filter { $0.contains(" = ") && $0.contains("│") }.map { line in
      String(line.split(separator: "│", omittingEmptySubsequences: false).last ?? "").split(separator: " ")
        .joined(separator: " ")
    }
  }

  private func id(_ number: Int) -> ValueID { ValueID(generation: 1, number: number) }

  @Test func innerBlocksNameTheirLineAndShadowedNamesAreMarked() {
    #expect(
      rows(stopped()) == [
        "n = 3 int", "i:22 = 99 int", "j:19 = 0 int", "i:10 = 6 (shadowed) int",
        "▸ here = {x = 1, y = 2} struct point *",
      ])
  }

  @Test func whatIsNewlyWatchedComesIntoView() {
    var state = Sample.stopped(GridSize(width: 80, height: 24))
    let kept = KeptValueSnapshot(number: 1, kind: .expression, variable: Self.variable("total", "7", id: 90))
    func content(kept: [KeptValueSnapshot]) -> FrameContent {
      FrameContent(
        backtrace: Backtrace(
          thread: Sample.thread, frames: [Sample.frame(0, "f", line: 9)], truncated: false, endReason: nil),
        selected: 0, arguments: [], locals: (10..<50).map { Self.variable("v\($0)", "0", id: $0) }, kept: kept)
    }
    func load(_ kept: [KeptValueSnapshot]) {
      state.apply(.session(.keptValuesChanged))
      state.apply(.loaded(.frame(content(kept: kept)), revision: state.revision))
    }
    load([])
    state.press("3", "end")
    #expect(!rows(state).contains { $0.hasPrefix("v10") })
    load([kept])
    #expect(rows(state).first == "= total = 7 int")
    // Where there is room for both, the cursor stays.
    load([])
    state.press("home", "down", "down")
    load([kept])
    #expect(rows(state).first == "= total = 7 int")
    #expect(state.selectedRow?.variable?.name == "v12")
    // What was there already moves nothing.
    state.press("end")
    load([kept])
    #expect(state.selectedRow?.variable?.name == "v49")
  }

  @Test func aFormatIsAskedForOnceAndHoldsBelowItsRow() {
    var state = stopped()
    let path = TreePath(["here"])
    let load = Effect.loadTexts(
      [FormattedRow(path: path, value: id(5), letter: .hexadecimal)], revision: state.revision)
    #expect(state.press("end", "x") == [load])
    #expect(state.reduce(.notice("")) == [])
    let text = FormattedText(path: path, letter: .hexadecimal, text: "{x = 0x1, y = 0x2}", revision: state.revision)
    state.apply(.textsLoaded([text], revision: state.revision))
    #expect(rows(state).last == "▸ here = {x = 0x1, y = 0x2} /x struct point *")
    state.press("enter")
    let child = TreePath(["here", "x"])
    let effects = state.reduce(
      .childrenLoaded([Self.variable("x", "1", id: 6)], path: path, first: 0, revision: state.revision))
    #expect(
      effects.contains(
        .loadTexts([FormattedRow(path: child, value: id(6), letter: .hexadecimal)], revision: state.revision)))
    // Back to its own, and what is below it goes along.
    state.press("X")
    #expect(state.locals.format(at: child) == .natural)
    #expect(rows(state).contains("▾ here = {x = 1, y = 2} struct point *"))
  }

  /// A container that is damaged may have fewer than it says: they are not asked for again and again.
  @Test func fewerChildrenThanStatedEndTheRow() {
    var state = stopped()
    state.press("end", "enter")
    let path = TreePath(["here"])
    let one = [Self.variable("x", "1", id: 6)]
    #expect(state.reduce(.childrenLoaded(one, path: path, first: 0, revision: state.revision)) == [])
    #expect(rows(state).last == "x = 1 int")
    // The next stop asks anew.
    state.apply(.session(.dataChanged))
    #expect(!state.locals.rows.isEmpty)
  }

  /// The class that an object really has is told where there is room, and is told rather than the one declared.
  @Test(arguments: [(130, "Shape * (Circle)"), (100, "(Circle)")])
  func theClassBehindABaseIsTold(width: Int, expected: String) {
    var state = Sample.stopped(GridSize(width: width, height: 24))
    let shape = VariableSnapshot(
      name: "shape", type: "Shape *", value: "0x7ffff0001000", children: 1, id: id(1), dynamicType: "Circle")
    let content = FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "f", line: 9)], truncated: false, endReason: nil),
      selected: 0, arguments: [], locals: [shape])
    state.apply(.session(.dataChanged))
    state.apply(.loaded(.frame(content), revision: state.revision))
    #expect(rows(state) == ["▸ shape = 0x7ffff0001000 \(expected)"])
    // Its members are reached by that class.
    state.press("3", "home", "enter")
    let path = TreePath(["shape"])
    let member = Self.variable("radius", "2.5", type: "double", id: 2)
    state.apply(.childrenLoaded([member], path: path, first: 0, revision: state.revision))
    #expect(state.locals.expression(for: path.appending("radius")) == "((Circle *) shape)->radius")
  }

  @Test func formatsGoRound() {
    var state = stopped()
    var titles: [String] = []
    for _ in 0..<7 {
      state.press("x")
      titles.append(state.locals.format(at: TreePath(["n"])).title ?? "natural")
    }
    #expect(titles == ["hexadecimal", "decimal", "octal", "binary", "character", "raw", "natural"])
  }

  @Test func whatIsKeptInViewComesFirstAndCanBeRemoved() {
    let kept = [
      KeptValueSnapshot(number: 4, kind: .place(VirtualAddress(0x1000)), variable: Self.variable("i:10", "6", id: 8)),
      KeptValueSnapshot(
        number: 7, kind: .expression,
        variable: VariableSnapshot(name: "n + zz", type: "", value: "<error: No symbol>")),
    ]
    var state = stopped(kept: kept)
    #expect(rows(state).prefix(2) == ["@ i:10 = 6 int", "= n + zz = <error: No symbol>"])
    #expect(state.press("delete") == [.release(4)])
    #expect(state.press("down", "delete") == [.release(7)])
    #expect(state.press("down", "delete") == [])
    #expect(state.message?.kind == .warning)
  }

  @Test func theCursorStaysWithItsRow() {
    var state = stopped()
    state.press("end")
    let pinned = KeptValueSnapshot(
      number: 1, kind: .place(VirtualAddress(0x1000)), variable: Self.variable("here", "{x = 1, y = 2}", id: 8))
    func load(kept: [KeptValueSnapshot]) {
      state.apply(.session(.keptValuesChanged))
      state.apply(.loaded(.frame(content(kept: kept)), revision: state.revision))
    }
    load(kept: [pinned])
    #expect(state.selectedRow?.path == TreePath(["here"]))
    load(kept: [])
    #expect(state.selectedRow?.path == TreePath(["here"]))
  }

  @Test func rowsAreWatchedAndPinned() {
    var state = stopped()
    #expect(state.press("w") == [.keep("n")])
    #expect(state.press("P") == [.pin(id(1), name: "n")])
    // The name of the shadowed one would mean the other.
    #expect(state.press("down", "down", "down", "w") == [])
    let warning = state.message?.text ?? ""
    #expect(warning.contains("P pins"))
    #expect(state.press("P") == [.pin(id(4), name: "i:10")])
    state.press("W")
    state.type("n * 2")
    #expect(state.press("enter") == [.keep("n * 2")])
  }

  @Test func aValueIsTypedInItsRow() {
    var state = stopped()
    state.press("down", "e")
    let picture = render(state, size: Self.size, theme: .fallback)
    #expect(rows(state)[1] == "i:22 = 99")
    let edited = picture.grid.lines[picture.cursor?.row ?? 0]
    #expect(edited.contains("i:22 = 99"))
    // The first character takes the place of what is there; keys that edit leave it.
    state.type("7")
    #expect(state.press("enter") == [.assign("7", to: id(2))])
    state.press("e", "backspace")
    state.type("1")
    #expect(state.press("enter") == [.assign("91", to: id(2))])
    // The same value again is no write, and Escape ends it.
    #expect(state.press("e", "enter") == [])
    #expect(state.press("e", "escape") == [])
    #expect(!state.commandBar.isActive)
    // A structure's text is no expression.
    state.press("end", "e")
    #expect(state.commandBar.fieldEditor.text == "")
  }

  @Test func copiesGoToTheTerminalAndTheCommandBar() {
    var state = stopped()
    #expect(state.press("down", "y") == [.copy("99")])
    #expect(state.press("Y") == [.copy("i")])
    state.press(":", "ctrl-y")
    #expect(state.commandBar.editor.text == "i")
  }

  @Test func theMenuOffersWhatIsThere() {
    var state = stopped()
    state.press("m")
    let lines = state.lines().joined(separator: "\n")
    for words in ["Give it another value", "Copy the value", "n  • Show it as its type has it", "Show it raw"] {
      #expect(lines.contains(words), "\(words)")
    }
    #expect(!lines.contains("no more"))
    state.press("x")
    #expect(state.dialog == nil)
    #expect(state.locals.format(at: TreePath(["n"])) == .hexadecimal)
    // By arrows, and away again.
    state.press("m", "down", "down")
    #expect(state.press("enter") == [.copy("3")])
    state.press("m", "escape")
    #expect(state.dialog == nil)
  }

  @Test func theMouseOpensTheMenuAndChooses() throws {
    var state = stopped()
    let row = try #require(state.lines().firstIndex { $0.contains("j:19") })
    let column = state.size.width - 20
    state.apply(.input(.mouse(MouseEvent(.press(.right), at: GridPosition(row: row, column: column)))))
    let item = try #require(state.lines().firstIndex { $0.contains("Copy the expression") })
    let place = try #require(state.lines()[item].firstRange(of: "Copy"))
    let distance = state.lines()[item][..<place.lowerBound].count
    #expect(state.click(row: item, column: distance) == [.copy("j")])
    state.apply(.input(.mouse(MouseEvent(.press(.right), at: GridPosition(row: row, column: column)))))
    state.click(row: 0, column: 0)
    #expect(state.dialog == nil)
  }

  @Test(arguments: [
    (["p", "*"], "*p"), (["p", "next", "x"], "p->next->x"), (["p", "*", "x"], "(*p).x"), (["v", "[3]"], "v[3]"),
    (["v", "[raw]", "size"], "v.size"), (["v", "<anonymous union>", "x"], "v.x"),
  ])
  func rowsAreExpressions(_ components: [String], _ expected: String) {
    var state = stopped()
    let types = ["p": "struct node *", "next": "struct node *"]
    func make(_ name: String) -> VariableSnapshot {
      Self.variable(name, "…", type: types[name] ?? "struct node", children: 1, id: 1)
    }
    let content = FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "f", line: 9)], truncated: false, endReason: nil),
      selected: 0, arguments: [], locals: [make(components[0])])
    state.apply(.session(.dataChanged))
    state.apply(.loaded(.frame(content), revision: state.revision))
    var path = TreePath([components[0]])
    for name in components.dropFirst() {
      state.locals.setOpen(true, path)
      state.apply(.childrenLoaded([make(name)], path: path, first: 0, revision: state.revision))
      path = path.appending(name)
    }
    #expect(state.locals.expression(for: path) == expected)
  }
}
