import Debugger
import TestSupport
import Testing

/// Watch expressions, pinned places, formats and writes by the rows of a tree.
@Suite struct KeptValueTests {
  private func stopped() async throws -> SessionFixture {
    let fixture = try await SessionFixture("tree.cpp", compiler: "g++")
    _ = try await fixture.run(toMark: "// inner")
    return fixture
  }

  private func shown(_ fixture: SessionFixture) async -> [String] {
    await fixture.session.keptValues().map { "\($0.number) \($0.variable.name) = \($0.variable.value)" }
  }

  @Test func expressionsFollowTheFrameAndPlacesStay() async throws {
    let fixture = try await stopped()
    let session = fixture.session
    let locals = try await session.locals()
    #expect(locals.filter { $0.name == "i" }.map(\.value) == ["99", "0", "6"])
    #expect(locals.filter { $0.name == "i" }.map(\.blockDepth).sorted() == [0, 1, 3])
    let outer = try #require(locals.last { $0.name == "i" })
    #expect(outer.declarationLine == 8)
    try await session.keep(expression: "i + n")
    try await session.pin(try #require(outer.id), name: "i:8")
    #expect(await shown(fixture) == ["1 i + n = 102", "2 i:8 = 6"])
    _ = try await session.selectFrame(1)
    #expect(await shown(fixture) == ["1 i + n = <error: No symbol \"i\" in current context.>", "2 i:8 = 6"])
    // Assignments in a watched expression are shown, and not made.
    _ = try await session.selectFrame(0)
    try await session.keep(expression: "n = 77")
    try await session.keep(expression: "n")
    #expect(await shown(fixture).suffix(2) == ["3 n = 77 = 77", "4 n = 3"])
    try await session.keep(expression: "work(1)")
    #expect(
      await shown(fixture).last == "5 work(1) = <error: Functions of the program are called by commands only.>")
    #expect(try await fixture.value("n") == "3")
    for number in [1, 3, 4, 5] { await session.release(number) }
    try await session.kill()
    // A place means nothing in the next process.
    _ = try await session.run(stopAt: .none)
    #expect(await shown(fixture) == [])
  }

  @Test func whatHasNoAddressIsNotPinned() async throws {
    let fixture = try await stopped()
    let constant = try #require(try await fixture.session.evaluate("1 + 2").variable.id)
    await #expect(throws: SessionError.self) { try await fixture.session.pin(constant, name: "3") }
  }

  @Test func rowsAreFormattedAndWritten() async throws {
    let fixture = try await stopped()
    let session = fixture.session
    let inner = try #require(try await session.locals().first { $0.name == "i" }?.id)
    #expect(await session.texts(of: [(inner, .hexadecimal)]) == [inner: "0x63"])
    try await session.assign("n * 10", to: inner)
    #expect(try await fixture.value("i") == "30")
    await #expect(throws: SessionError.self) { try await session.assign("nope", to: inner) }
    // A row of an earlier stop is gone.
    _ = try await fixture.move(.next)
    await #expect(throws: SessionError.self) { try await session.assign("1", to: inner) }
    #expect(await session.texts(of: [(inner, .hexadecimal)]) == [:])
  }

  @Test func thereIsAnEndToThem() async throws {
    let session = DebugSession()
    for _ in 0..<100 { try await session.keep(expression: "1") }
    await #expect(throws: SessionError.self) { try await session.keep(expression: "1") }
  }
}
