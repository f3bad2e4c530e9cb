import MachineModel
import Testing

@testable import DebugInfo

/// Variables of `locals.c`, whose fixture stops in the third call of `deeper`.
struct LocalsTests {
  static let variants: [(compiler: String, flags: [String])] = [
    ("gcc", ["-g", "-O0"]), ("gcc", ["-g", "-O0", "-gdwarf-4"]), ("clang", ["-g", "-O0", "-gdwarf-4"]),
    ("clang", ["-g", "-O0", "-gdwarf-5"]), ("gcc", ["-g", "-O0", "-fno-pie", "-no-pie"]),
    ("gcc", ["-g", "-O0", "-gdwarf-4", "-fdebug-types-section"]), ("gcc", ["-g", "-O0", "-gz"]),
  ]

  @Test("Frames end at the program's start", arguments: variants)
  func unwinds(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("locals.c", flags: flags, compiler: compiler)
    let (frames, end) = program.frames()
    #expect(frames.prefix(4).map(\.functionName) == ["deeper", "deeper", "deeper", "main"])
    #expect(frames.last?.functionName == "_start")
    #expect(end == .outermost)
  }

  @Test("Scalars, by frame", arguments: variants)
  func scalars(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("locals.c", flags: flags, compiler: compiler)
    let frames = program.frames().frames
    for (index, depth) in [1, 2, 3].enumerated() {
      let depth = Int64(depth)
      #expect(try frames[index].number("depth") == depth)
      #expect(try frames[index].number("local") == depth * 10)
      #expect(try frames[index].number("nested") == -depth * 10)
      #expect(try frames[index].number("letter") == 97 + depth)
      #expect(try frames[index].number("calls") == 3)
    }
    let main = frames[3]
    #expect(try main.number("shade") == 6)
    #expect(try main.number("truth") == 1)
    #expect(try main.bytes("huge")[12] == 16)
    #expect(try main.bytes("bytes") == [1, 2, 3, 4])
  }

  @Test("Blocks, innermost first", arguments: variants)
  func blocks(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("locals.c", flags: flags, compiler: compiler)
    let frame = program.frames().frames[0]
    let found = frame.variables.map { "\($0.name) \($0.blockDepth)" }
    let inner = ["lengths 3", "nested 2", "letter 2", "nested 1", "depth 0", "list 0", "calls 0", "local 0"]
    // Compilers differ in the order within a block, and clang has the array's length as a variable too.
    #expect(Set(inner).isSubset(of: found))
    let depths = frame.variables.map(\.blockDepth)
    #expect(depths == depths.sorted(by: >))
    #expect(try frame.variable("calls").kind == .staticLocal)
    #expect(try frame.variable("depth").kind == .argument)
    #expect(try frame.variable("local").kind == .local)
    #expect(try frame.variable("depth").declaration?.line == 20)
  }

  @Test("A variable-length array has its count in a frame", arguments: variants)
  func variableLength(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("locals.c", flags: flags, compiler: compiler)
    let frame = program.frames().frames[0]
    let declared = try frame.variable("lengths").type
    #expect(declared.kind == .array(count: nil))
    #expect(program.symbols.resolved(declared, at: .optimizedOut, in: frame).0.kind == .array(count: 5))
    let bytes = try frame.bytes("lengths")
    #expect((0..<5).map { bytes[4 * $0] } == [0, 1, 4, 9, 16])
  }
}
