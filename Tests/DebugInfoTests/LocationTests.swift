import DebugInfo
import MachineModel
import TestSupport
import Testing

@Suite struct LocationTests {
  /// A function's name, and the line that a breakpoint on it belongs to, in code that is not optimised.
  @Test(arguments: Build.unoptimized)
  func functionsStopAfterTheirPrologue(_ build: Build) throws {
    let symbols = try symbols(of: build.program("places.c"))
    for (name, line) in [("main", 24), ("sum", 9), ("twice", 4), ("refuse", 18), ("one_line", 21)] {
      let locations = symbols.locations(ofFunction: name)
      #expect(locations.map(\.source?.line) == [line], "\(name)")
      #expect(locations.first?.source?.file.hasSuffix("Tests/Fixtures/places.c") == true)
    }
  }

  /// A line, and the one that code stands for it: the line itself, past the prologue, or the next with code.
  @Test(arguments: Build.unoptimized)
  func linesFindTheirCode(_ build: Build) throws {
    let symbols = try symbols(of: build.program("places.c"))
    let table = [(11, 11), (10, 10), (8, 9), (1, 4), (4, 4), (6, 9), (16, 18), (18, 18), (29, 29), (30, 31)]
    for (asked, found) in table {
      #expect(symbols.locations(ofLine: asked, inFile: "places.c").map(\.source?.line) == [found], "line \(asked)")
    }
    #expect(symbols.locations(ofLine: 500, inFile: "places.c").isEmpty)
    #expect(symbols.locations(ofLine: 0x1_0000_0000, inFile: "places.c").isEmpty)
    #expect(symbols.locations(ofLine: -1, inFile: "places.c").isEmpty)
  }

  @Test(arguments: ["places.c", "Fixtures/places.c", "Tests/Fixtures/places.c"])
  func filesAreKnownByTheirEndings(_ name: String) async throws {
    let symbols = try symbols(of: Fixture.compile("places.c"))
    #expect(symbols.locations(ofLine: 11, inFile: name).count == 1)
    let file = try #require(await symbols.sourceFiles().first { $0.hasSuffix("places.c") })
    #expect(file.hasPrefix("/"))
    #expect(symbols.locations(ofLine: 11, inFile: file).count == 1)
    #expect(symbols.locations(ofLine: 11, inFile: "laces.c").isEmpty)
    #expect(symbols.locations(ofLine: 11, inFile: "other/places.c").isEmpty)
    #expect(symbols.locations(ofFunction: "sum", inFile: name).count == 1)
    #expect(symbols.locations(ofFunction: "sum", inFile: "other.c").isEmpty)
  }

  /// Optimised code states its variables' places from the entry on, so gcc's functions stop there.
  @Test(arguments: Build.optimized)
  func inlinedCopiesAreLocationsToo(_ build: Build) throws {
    let symbols = try symbols(of: build.program("places.c"))
    let copies = symbols.locations(ofFunction: "sum")
    // Its own code, and the copy in main.
    #expect(copies.count == 2)
    let holders = copies.map { symbols.scopes(at: $0.address).last?.name.qualified }
    #expect(Set(holders) == ["sum", "main"])
    for copy in copies { #expect(copy.function?.qualified == "sum") }
    if build.compiler == "gcc" {
      let refuse = try #require(symbols.locations(ofFunction: "refuse").first)
      #expect(symbols.symbol(at: refuse.address)?.address == refuse.address)
    }
  }

  /// What users call a C++ function, and how many locations that has.
  @Test(
    arguments: [
      ("main", 1), ("bark", 2), ("Dog::bark", 2), ("zoo::Dog::bark", 2), ("zoo::Dog::bark(int)", 1),
      ("bark(char const*)", 1), ("bark(const char *)", 1), ("Dog::Dog", 1), ("legs", 2), ("Dog::legs", 1),
      ("zoo::Dog::legs() const", 1), ("zoo::Animal::legs", 1), ("hidden", 1), ("zoo::hidden", 1),
      ("zoo::(anonymous namespace)::hidden", 1), ("Counter::add", 2), ("Counter<int>::add", 1),
      ("zoo::Counter<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >::add", 1),
      ("largest", 2), ("largest<int>", 1), ("zoo::largest<double>", 1), ("zoo::largest<double>(double, double)", 1),
      ("helper", 1), ("helper(int)", 1), ("c_function", 1), ("length(std::string const&, unsigned long)", 1),
      ("Dog::operator<", 1), ("Dog::operator int", 1), ("zoo::Dog::operator int() const", 1), ("_ZN3zoo3Dog4barkEi", 1),
      ("::main", 1), ("::hidden", 0), ("zoo::main", 0), ("bark(double)", 0), ("Cat::bark", 0), ("nothing", 0),
    ], ["g++", "clang++"])
  func namesOfCpp(_ expected: (name: String, count: Int), compiler: String) throws {
    let symbols = try symbols(of: Fixture.compile("names.cpp", compiler: compiler))
    #expect(symbols.locations(ofFunction: expected.name).count == expected.count)
  }

  /// Type units, split units, compressed sections: however the information is stored, it says the same.
  @Test(
    arguments: [
      ["-g", "-O0", "-fdebug-types-section"], ["-gdwarf-4", "-O0", "-fdebug-types-section"],
      ["-g", "-O0", "-gsplit-dwarf"], ["-gdwarf-4", "-O0", "-gsplit-dwarf"], ["-g", "-O0", "-gz"],
      ["-g", "-O0", "-flto"],
    ])
  func formsOfDebugInformation(_ flags: [String]) throws {
    let symbols = try symbols(of: Fixture.compile("names.cpp", flags: flags))
    for (name, line) in [("zoo::Dog::bark(int)", 21), ("zoo::Counter<int>::add", 32), ("zoo::Dog::operator int", 15)] {
      let found = try #require(symbols.locations(ofFunction: name).first, "\(name)")
      #expect(found.source?.line == line)
      #expect(symbols.scopes(at: found.address).first?.name.full.hasPrefix(name) == true)
    }
  }

  @Test func debugInformationInAFileOfItsOwn() throws {
    let program = try Fixture.compile("places.c", flags: ["-g", "-O0", "-Wl,--build-id=sha1"])
    let (debug, stripped) = (program + ".debug", program + ".bare")
    #expect(try Fixture.run(["objcopy", "--only-keep-debug", program, debug]).code == 0)
    #expect(try Fixture.run(["objcopy", "--strip-all", "--add-gnu-debuglink=\(debug)", program, stripped]).code == 0)
    let symbols = try symbols(of: stripped)
    #expect(symbols.images.first?.hasDebugInfo == true)
    #expect(symbols.locations(ofFunction: "sum").map(\.source?.line) == [9])
    #expect(symbols.locations(ofFunction: "printf").first?.function?.qualified == "printf@plt")
  }

  @Test func assemblerHasNoPrologue() throws {
    let symbols = try symbols(of: Fixture.compile("assembler.s", flags: ["-g"]))
    let main = try #require(symbols.locations(ofFunction: "main").first)
    #expect(main.source?.line == 5)
    #expect(symbols.symbol(at: main.address)?.address == main.address)
    #expect(symbols.locations(ofLine: 12, inFile: "assembler.s").map(\.source?.line) == [15])
  }

  /// Without debug information there are symbols, and the first instructions.
  @Test func functionsWithoutDebugInformation() throws {
    let symbols = try symbols(of: Fixture.compile("places.c", flags: ["-O0"]))
    let main = try #require(symbols.locations(ofFunction: "main").first)
    #expect(main.source == nil)
    #expect(main.function?.qualified == "main")
    let entry = try #require(symbols.symbols(named: "main").first?.address)
    // push %rbp; mov %rsp, %rbp
    #expect(main.address == entry + 4)
    #expect(symbols.afterPrologue(ofFunctionAt: entry) == main.address)
    #expect(symbols.locations(ofFunction: "printf").first?.function?.qualified == "printf@plt")
    #expect(symbols.locations(ofLine: 11, inFile: "places.c").isEmpty)
    #expect(symbols.mainLocation() == nil)
  }

  @Test func strippedProgramsHaveTheirDynamicSymbols() throws {
    let symbols = try symbols(of: Fixture.compile("places.c", flags: ["-O0", "-s"]))
    #expect(symbols.locations(ofFunction: "main").isEmpty)
    #expect(symbols.locations(ofFunction: "printf").count == 1)
    #expect(symbols.images.first?.hasDebugInfo == false)
  }

  @Test func listsForCompletion() async throws {
    let symbols = try symbols(of: Fixture.compile("names.cpp"))
    #expect(await symbols.functionNames(prefix: "bark", limit: 9) == ["zoo::Dog::bark"])
    #expect(await symbols.functionNames(prefix: "zoo::D", limit: 2).count == 2)
    #expect(await symbols.functionNames(prefix: "zoo::use", limit: 0).isEmpty)
    #expect(symbols.functions(where: { $0.hasPrefix("zoo::Dog::bark(") }, limit: 9).count == 2)
    #expect(symbols.mainLocation()?.line == 43)
  }
}
