import Debugger
import TestSupport
import Testing

/// Objects by the class that they really have, in the words of gdb 13 under `set print object on`.
@Suite struct DynamicTypeTests {
  private func session(_ compiler: String) async throws -> DebugSession {
    let fixture = try await SessionFixture("dynamic.cpp", flags: ["-g", "-O0", "-std=c++20"], compiler: compiler)
    _ = try await fixture.run(toMark: "stop here")
    await fixture.session.update { $0.printObject = true }
    return fixture.session
  }

  private func text(_ expression: String, _ session: DebugSession) async throws -> String {
    try await session.evaluate(expression).variable.value.replacing(/0x[0-9a-f]{5,}/, with: "0x…")
  }

  private static let dog = "{<zoo::Animal> = {_vptr.Animal = 0x… <vtable for zoo::Dog+16>, age = 3}, weight = 2.5}"

  @Test(arguments: ["g++", "clang++"]) func objects(compiler: String) async throws {
    let session = try await session(compiler)
    let name = compiler == "g++" ? "_vptr.Animal" : "_vptr$Animal"
    let dog = Self.dog.replacing("_vptr.Animal", with: name)
    let cases = [
      ("animal", "(zoo::Dog *) 0x…"), ("*animal", "(zoo::Dog) " + dog), ("dog", "(zoo::Dog) " + dog),
      ("swimmer", "(zoo::Duck *) 0x…"), ("right", "(zoo::Bottom *) 0x…"), ("base", "(zoo::Bottom *) 0x…"),
      ("exact", "(zoo::Animal *) 0x…"), ("null", "(zoo::Animal *) 0x0"), ("wild", "(zoo::Animal *) 0x10"),
      ("broken", "(zoo::Animal *) 0x…"), ("*broken", "{\(name) = 0x…, age = 1}"),
      ("secret", "((anonymous namespace)::Hidden *) 0x…"), ("boxed", "(zoo::Box<int> *) 0x…"),
      ("reference", "(zoo::Dog &) @0x…: " + dog), ("locally", "(Local *) 0x…"), ("constant", "(const zoo::Dog *) 0x…"),
      ("twice", "(zoo::Animal **) 0x…"), ("*twice", "(zoo::Dog *) 0x…"), ("opaque", "(void *) 0x…"),
      ("owner.pet->feathers", "9"), ("animal->weight", "2.5"),
    ]
    for (expression, expected) in cases { #expect(try await text(expression, session) == expected, "\(expression)") }
    let whole = try await session.evaluate("&duck").variable.value
    #expect(try await session.evaluate("swimmer").variable.value == whole)
    await session.update { $0.printObject = false }
    #expect(try await text("*animal", session) == "{\(name) = 0x… <vtable for zoo::Dog+16>, age = 3}")
    await #expect(throws: SessionError.self) { try await session.evaluate("animal->weight") }
  }

  @Test func types() async throws {
    let session = try await session("g++")
    #expect(try await session.typeDescription(of: "animal").realType == "zoo::Dog *")
    #expect(try await session.typeDescription(of: "reference").realType == "zoo::Dog &")
    #expect(try await session.typeDescription(of: "owner").realType == nil)
  }

  /// Always, whatever is set: opening a pointer shows all of the object.
  @Test func trees() async throws {
    let session = try await session("g++")
    await session.update { $0.printObject = false }
    let rows = try await session.locals()
    func row(_ name: String) throws -> VariableSnapshot { try #require(rows.first { $0.name == name }) }
    let swimmer = try row("swimmer")
    #expect(swimmer.type == "zoo::Swimmer *" && swimmer.dynamicType == "zoo::Duck")
    let children = try await session.children(of: try #require(swimmer.id), from: 0, count: 10)
    #expect(children.map(\.name) == ["<zoo::Animal>", "<zoo::Swimmer>", "feathers"])
    #expect(children.last?.value == "9")
    #expect(try row("exact").dynamicType == nil && row("broken").dynamicType == nil)
    #expect(try row("broken").children == 2)
  }
}
