import DebugInfo
import MachineModel
import TestSupport
import Testing

@Suite struct ScopeTests {
  /// The inlined function stands before the one that holds its code, with the line it was called from.
  @Test(arguments: Build.unoptimized)
  func inlinedScopes(_ build: Build) throws {
    let symbols = try symbols(of: build.program("places.c"))
    let address = try #require(symbols.locations(ofFunction: "twice").first?.address)
    let scopes = symbols.scopes(at: address)
    #expect(scopes.map(\.name.qualified) == ["twice", "sum"])
    #expect(scopes.map(\.isInlined) == [true, false])
    #expect(scopes.first?.callSite?.line == 11)
    #expect(scopes.last?.callSite == nil)
    for scope in scopes {
      #expect(scope.ranges.contains { $0.contains(address) })
      #expect(scope.entry != nil && scope.hasLines && scope.language == .c)
    }
  }

  @Test func functionsOfOtherImagesAreApart() throws {
    let path = try Fixture.compile("places.c")
    let symbols = ProgramSymbols()
    let first = try symbols.add(ImageMapping(path: path, name: "one", bias: 0x10_0000))
    let second = try symbols.add(ImageMapping(path: path, name: "two", bias: 0x90_0000))
    let places = symbols.locations(ofFunction: "sum")
    #expect(places.count == 2)
    #expect(places.compactMap { symbols.image(containing: $0.address)?.number } == [first, second])
    symbols.remove(image: first)
    #expect(symbols.locations(ofFunction: "sum").map(\.address) == [places[1].address])
    #expect(symbols.scopes(at: places[0].address).isEmpty)
    #expect(symbols.source(at: places[0].address) == nil)
  }

  @Test(arguments: ["g++", "clang++"])
  func namesOfCppFunctions(_ compiler: String) throws {
    let symbols = try symbols(of: Fixture.compile("names.cpp", compiler: compiler))
    let table = [
      ("bark(int)", "zoo::Dog::bark", "zoo::Dog::bark(int)"),
      ("largest<int>", "zoo::largest<int>", "zoo::largest<int>(int, int)"),
      ("hidden", "zoo::(anonymous namespace)::hidden", "zoo::(anonymous namespace)::hidden(int)"),
      ("helper", "helper", "helper(int)"), ("main", "main", "main()"), ("c_function", "c_function", "c_function(int)"),
      ("Counter<int>::add", "zoo::Counter<int>::add", "zoo::Counter<int>::add(int const&)"),
      ("Dog::operator int", "zoo::Dog::operator int", "zoo::Dog::operator int() const"),
    ]
    for (query, qualified, full) in table {
      let address = try #require(symbols.locations(ofFunction: query).first?.address, "\(query)")
      let name = symbols.scopes(at: address).last?.name
      #expect(name?.qualified == qualified)
      #expect(name?.full == full)
    }
  }

  @Test func scopesWithoutDebugInformation() throws {
    let symbols = try symbols(of: Fixture.compile("places.c", flags: ["-O0"]))
    let entry = try #require(symbols.symbols(named: "sum").first)
    let scopes = symbols.scopes(at: entry.address + 3)
    #expect(scopes.map(\.name.qualified) == ["sum"])
    #expect(scopes.first?.entry == nil && scopes.first?.hasLines == false)
    #expect(scopes.first?.ranges == [entry.address..<entry.address + entry.size])
    #expect(symbols.scopes(at: VirtualAddress(0)).isEmpty)
    #expect(symbols.scopes(at: VirtualAddress(.max)).isEmpty)
  }

  /// Both parts of a loop's header belong to its line; the copy in between does not.
  @Test func aLineMayHaveSeveralRanges() throws {
    let symbols = try symbols(of: Fixture.compile("places.c"))
    let header = try #require(symbols.locations(ofLine: 10, inFile: "places.c").first?.address)
    let ranges = symbols.lineRanges(at: header)
    #expect(ranges.count == 2)
    #expect(ranges.first?.lowerBound == header)
    for range in ranges {
      #expect(symbols.source(at: range.lowerBound)?.line == 10)
      #expect(symbols.source(at: range.upperBound)?.line != 10)
      #expect(symbols.lineRow(at: range.lowerBound)?.isStatement == true)
    }
    #expect(symbols.lineRanges(at: VirtualAddress(0)).isEmpty)
  }

  /// Rows of several lines at one address are common in optimised code; one of them has the code.
  @Test(arguments: [["-g", "-O3"], ["-g", "-O2"], ["-g", "-Os", "-gdwarf-4"]])
  func everyByteOfALineIsThatLines(flags: [String]) throws {
    let symbols = try symbols(of: Fixture.compile("copies.c", flags: flags))
    for name in ["twice", "drain", "main"] {
      let function = try #require(symbols.symbols(named: name).first)
      for offset in 0..<function.size {
        let address = function.address + offset
        let source = symbols.source(at: address)
        for range in symbols.lineRanges(at: address) {
          #expect(symbols.source(at: range.lowerBound)?.line == source?.line)
          #expect(symbols.source(at: range.upperBound - 1)?.line == source?.line)
        }
        let steps = symbols.stepRanges(at: address)
        #expect(steps.allSatisfy { symbols.source(at: $0.lowerBound)?.line == source?.line })
      }
    }
  }

  @Test func aScopeBeginsAtItsEntryAndWhereNoOtherOfItsRangesLeadsUpTo() {
    #expect([10..<20, 20..<30, 5..<8].begins() == [10, 5])
    #expect([Range<Int>]().begins().isEmpty)
    let code = [VirtualAddress(10)..<VirtualAddress(20)]
    #expect(code.without([VirtualAddress(10)]) == [VirtualAddress(11)..<VirtualAddress(20)])
    #expect(
      code.without([VirtualAddress(12), VirtualAddress(19), VirtualAddress(40)])
        == [VirtualAddress(10)..<VirtualAddress(12), VirtualAddress(13)..<VirtualAddress(19)])
  }
}
