import MachineModel
import Testing

@testable import DebugInfo

/// What is left of variables in `optimised.c`: `scaled` is inlined into `leaf`, which `middle` called.
struct OptimisedCodeTests {
  static let variants: [(compiler: String, flags: [String])] = [
    ("gcc", ["-g", "-O2"]), ("gcc", ["-g", "-O2", "-gdwarf-4"]), ("gcc", ["-g", "-O3", "-fomit-frame-pointer"]),
    ("gcc", ["-g", "-O2", "-gsplit-dwarf"]), ("gcc", ["-g", "-O2", "-gdwarf-4", "-gsplit-dwarf"]),
    ("gcc", ["-g", "-O2", "-gdwarf64"]), ("clang", ["-g", "-O2"]), ("clang", ["-g", "-O2", "-gdwarf-4"]),
  ]

  /// Debian's C library was compiled in folders that are not told: gdb shows its files so.
  @Test func relativeSourceFilesStayAsTheyAre() {
    #expect(sourcePath("./nptl/a.c", in: "./nptl") == "./nptl/a.c")
    #expect(sourcePath("../sysdeps/b.c", in: "./nptl") == "../sysdeps/b.c")
    #expect(sourcePath("../b/a.c", in: "/x/y") == "/x/b/a.c")
    #expect(sourcePath("/x/./a.c", in: "./nptl") == "/x/a.c")
  }

  @Test("Inlined copies have variables of their own", arguments: variants)
  func inlined(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("optimised.c", flags: flags, compiler: compiler)
    let frame = program.frames().frames[0]
    #expect(frame.scopes.map(\.name.qualified) == ["scaled", "leaf"])
    let inner = program.symbols.variables(in: try #require(frame.scopes[0].entry), at: frame.lookupAddress)
    #expect(Set(inner.map(\.name)) == ["value", "factor", "product"])
    #expect(inner.map(\.kind) == [.argument, .argument, .local])
    let outer = program.symbols.variables(in: try #require(frame.scopes[1].entry), at: frame.lookupAddress)
    #expect(Set(outer.map(\.name)) == ["given", "lost", "fixed", "both", "result"])
    #expect(try frame.number("product") == 45)
    // The factor is known at compile time.
    #expect(try frame.number("factor") == 3)
    #expect(try frame.number("fixed") == 99)
  }

  @Test("Arguments that the caller passed, by its call site", arguments: variants)
  func entryValues(compiler: String, flags: [String]) throws {
    let program = try StoppedProgram("optimised.c", flags: flags, compiler: compiler)
    let frames = program.frames().frames
    #expect(frames.prefix(3).map(\.functionName) == ["leaf", "middle", "main"])
    // Its register is long reused; the call site knows what was in it.
    #expect(try frames[0].number("lost") == 1234)
    if compiler == "gcc" {
      #expect(try frames[0].number("given") == 7)
      #expect(try frames[0].location("result") == .optimizedOut)
      #expect(try frames[1].location("answer") == .optimizedOut)
    }
  }
}
