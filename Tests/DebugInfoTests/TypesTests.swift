import MachineModel
import TestSupport
import Testing

@testable import DebugInfo

/// Types of `types.cpp` and `locals.c`.
struct TypesTests {
  static let variants: [(compiler: String, flags: [String])] = [
    ("g++", ["-g", "-O0"]), ("g++", ["-g", "-O0", "-gdwarf-4", "-fdebug-types-section"]),
    ("clang++", ["-g", "-O0", "-gdwarf-5"]), ("clang++", ["-g", "-O0", "-gdwarf-4"]),
    ("g++", ["-g", "-O0", "-gsplit-dwarf"]),
  ]

  private struct Missing: Error { let name: String }

  private func frame(_ compiler: String, _ flags: [String]) throws -> TestFrame {
    try StoppedProgram("types.cpp", flags: flags, compiler: compiler).frames().frames[0]
  }

  @Test("A class: bases, members, access, bit-fields, static members", arguments: variants)
  func classes(compiler: String, flags: [String]) throws {
    let frame = try frame(compiler, flags)
    let animal = try frame.variable("animal").type
    #expect(animal.name == "zoo::Animal")
    #expect(animal.kind == .aggregate(.class))
    #expect(animal.language == .cpp)
    let bases = animal.members.filter { if case .base = $0.kind { true } else { false } }
    #expect(bases.map { $0.type.name } == ["zoo::Base", "zoo::Shared"])
    #expect(bases.map(\.kind) == [.base(isVirtual: false), .base(isVirtual: true)])
    #expect(bases.map(\.access) == [.public, .protected])
    #expect(bases[1].locationExpression != nil)

    func member(_ name: String) throws -> DataType.Member {
      guard let found = animal.members.first(where: { $0.name == name }) else { throw Missing(name: name) }
      return found
    }
    #expect(try member("hidden").access == .private)
    #expect(try member("seen").access == .public)
    #expect(try member("seen").type.kind == .volatile)
    #expect(try member("census").kind == .staticField)
    #expect(try member("low").bitSize == 3)
    let (low, middle) = (try member("low"), try member("middle"))
    #expect(middle.offset * 8 + middle.bitOffset == low.offset * 8 + low.bitOffset + 3)
    let anonymous = try #require(animal.members.first { $0.type.kind == .aggregate(.union) })
    #expect(anonymous.name == nil)
    #expect(anonymous.type.members.map(\.name) == ["number", "real"])
    // A pointer to its own class leads back to the same object.
    #expect(try member("next").type.target === animal)
    let speak = try #require(animal.methods.first { $0.name == "speak" })
    #expect(speak.isVirtual && !speak.isStatic)
    #expect(speak.type.target?.name == "int")
    #expect(speak.type.parameters.count == 2)
    #expect(animal.methods.first { $0.name == "make" }?.isStatic == true)
  }

  @Test("Templates, arrays, typedefs, references, pointers to members", arguments: variants)
  func derived(compiler: String, flags: [String]) throws {
    let frame = try frame(compiler, flags)
    let cage = try frame.variable("cage").type
    #expect(cage.kind == .typedef && cage.name == "zoo::Cage")
    let box = try #require(cage.target)
    #expect(box.name == "zoo::Box<zoo::Animal*, 4>" || box.name == "zoo::Box<zoo::Animal *, 4>")
    #expect(box.byteSize == 64)
    #expect(box.templateArguments.map(\.name) == ["Item", "Count"])
    #expect(box.templateArguments.last?.value == 4)
    let items = try #require(box.members.first?.type)
    #expect(items.kind == .array(count: 4) && items.byteSize == 64)
    #expect(items.target?.kind == .array(count: 2) && items.target?.byteSize == 16)
    #expect(items.target?.target?.kind == .pointer)
    #expect(try frame.variable("reference").type.kind == .reference)
    #expect(try frame.variable("moved").type.kind == .rvalueReference)
    #expect(try frame.variable("member").type.kind == .memberPointer)
    #expect(try frame.variable("member").type.containing?.name == "zoo::Base")
    #expect(try frame.variable("method").type.byteSize == 16)
    #expect(try frame.variable("nothing").type.kind == .unspecified || frame.variable("nothing").type.kind == .typedef)
    #expect(try frame.variable("unknown").type.target?.isDeclaration == true)
    #expect(try frame.variable("wide").type.kind == .base(.utf))
    #expect(try frame.variable("local").type.name == "Local")
    #expect(try frame.variable("item").type.byteSize == 8)
  }

  @Test("Enumerations", arguments: variants)
  func enumerations(compiler: String, flags: [String]) throws {
    let frame = try frame(compiler, flags)
    let colour = try frame.variable("colour").type
    #expect(colour.kind == .enumeration(isScoped: true) && colour.byteSize == 1)
    #expect(colour.enumerators.map(\.name) == ["zoo::Colour::red", "zoo::Colour::green"])
    #expect(colour.enumerators.map(\.value) == [1, 200])
    let plain = try frame.variable("plain").type
    #expect(plain.enumerators.map(\.name) == ["zoo::first", "zoo::second"])
    #expect(plain.enumerators.map(\.value) == [-2, -1])
    #expect(try frame.number("plain") == -2)
  }

  @Test("By name", arguments: variants)
  func named(compiler: String, flags: [String]) throws {
    let frame = try frame(compiler, flags)
    let symbols = frame.program.symbols
    let near = frame.lookupAddress
    #expect(symbols.type(named: "zoo::Animal", near: near)?.members.isEmpty == false)
    #expect(symbols.type(named: "Animal", near: near)?.name == "zoo::Animal")
    #expect(symbols.type(named: "class zoo::Animal", near: near)?.name == "zoo::Animal")
    #expect(symbols.type(named: "union zoo::Animal", near: near) == nil)
    #expect(symbols.type(named: "zoo::Nobody", near: near) == nil)
    let census = try #require(symbols.globals(named: "zoo::Animal::census", near: near).first)
    guard case .memory(let address) = symbols.locate(census, in: frame) else {
      Issue.record("census is not in memory")
      return
    }
    #expect(try frame.memory.integer(address, as: Int32.self) == 12)
    #expect(symbols.globals(named: "counter", near: near).map(\.kind) == [.global])
    // A constant that is defined within its class has no place in memory.
    let animal = try #require(symbols.type(named: "zoo::Animal", near: near))
    #expect(animal.members.first { $0.name == "limit" }?.constant == [9, 0, 0, 0])
  }

  @Test(
    "C: bit-fields, unions, anonymous members, arrays of arrays, names without keywords",
    arguments: LocalsTests.variants)
  func plainC(compiler: String, flags: [String]) throws {
    let frame = try StoppedProgram("locals.c", flags: flags, compiler: compiler).frame(of: "main")
    let fields = try frame.variable("fields").type
    #expect(fields.name == "packed" && fields.byteSize == 8)
    let bits = fields.members.map { ($0.offset * 8 + $0.bitOffset, $0.bitSize) }
    #expect(bits.map(\.0) == [0, 3, 10, 56])
    #expect(bits.map(\.1) == [3, 7, 40, nil])
    #expect(try frame.variable("value").type.kind == .aggregate(.union))
    let node = try #require(try frame.variable("first").type.target)
    #expect(node.name == "node")
    #expect(node.members.map(\.name) == ["value", "next", nil, "corners"])
    #expect(node.members[2].type.name == nil)
    #expect(node.members[3].type.kind == .array(count: 2))
    #expect(node.members[3].type.target?.kind == .array(count: 3))
    #expect(node.members[1].type.target === node)
    let print = try #require(try frame.variable("print").type.target)
    #expect(print.kind == .pointer)
    #expect(print.target?.kind == .function(isVariadic: true))
    let symbols = frame.program.symbols
    #expect(symbols.type(named: "struct point", near: frame.lookupAddress)?.byteSize == 16)
    // C's tags are no names of types by themselves.
    #expect(symbols.type(named: "point", near: frame.lookupAddress) == nil)
    #expect(symbols.type(named: "node_t", near: frame.lookupAddress)?.target === node)
    #expect(try frame.number("shade") == 6)
    #expect(try frame.variable("wide").type.kind == .base(.float))
  }

  @Test("Thread-local, global and static variables", arguments: LocalsTests.variants)
  func globals(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("locals.c", flags: flags, compiler: compiler)
    let frame = program.frames().frames[0]
    for (name, value) in [("per_thread", Int32(78)), ("global_count", 42)] {
      let variable = try #require(program.symbols.globals(named: name, near: nil).first)
      guard case .memory(let address) = program.symbols.locate(variable, in: frame) else {
        Issue.record("\(name) is not in memory")
        continue
      }
      #expect(try program.memory.integer(address, as: Int32.self) == value, "\(name)")
    }
    #expect(program.symbols.globals(named: "nobody", near: nil).isEmpty)
  }
}

/// What is known of an image's entries goes with them.
@Suite struct ReopenedImageTests {
  @Test func virtualTablesOfADebugFileThatCameLater() throws {
    let sandbox = try Sandbox()
    let program = try Fixture.compile("rusty.rs", flags: ["-g"], compiler: "rustc")
    try sandbox.run("objcopy", "--strip-debug", program, "stripped")
    let whole = try symbols(of: program)
    _ = whole.concreteType(ofVirtualTable: try #require(whole.images.first).range.lowerBound)
    let table = try #require(whole.virtualTables[1]?.keys.min())
    #expect(whole.concreteType(ofVirtualTable: VirtualAddress(table)) != nil)
    let stripped = try symbols(of: sandbox.path("stripped"))
    #expect(stripped.concreteType(ofVirtualTable: VirtualAddress(table)) == nil)
    try stripped.setDebugFile(program, ofImage: 1)
    #expect(stripped.concreteType(ofVirtualTable: VirtualAddress(table)) != nil)
  }
}
