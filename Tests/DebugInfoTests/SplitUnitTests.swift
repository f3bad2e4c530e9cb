import DebugInfo
import Elf
import Foundation
import MachineModel
import TestSupport
import Testing

/// Split DWARF: units whose entries are in `.dwo` files, or in a package of them.
@Suite struct SplitUnitTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let compiler: String
    let flags: [String]
    /// What writes the package; nil: none.
    let packer: String?
    var testDescription: String { "\(compiler) \(flags.joined(separator: " ")), \(packer ?? "files")" }
  }

  // LLVM 14 cannot pack what gcc writes for DWARF 5, nor GNU's dwp what anybody does.
  static let cases: [Case] =
    ["gcc", "clang"].flatMap { compiler in
      ["-gdwarf-4", "-gdwarf-5"].flatMap { version in
        [["-O0"], ["-O2", "-fno-inline"], ["-O0", "-fdebug-types-section"]].flatMap { flags in
          var packers: [String?] = [nil]
          if version == "-gdwarf-4" { packers.append("dwp") }
          if version == "-gdwarf-4" || compiler == "clang" { packers.append("llvm-dwp") }
          return packers.map { Case(compiler: compiler, flags: [version] + flags, packer: $0) }
        }
      }
    }

  /// Builds tour.c and places.c into one program, and packs it.
  static func build(_ test: Case, in sandbox: Sandbox) throws -> String {
    let sources = try ["tour.c", "splitpart.c"].map { name in
      try sandbox.file(name, String(contentsOf: Fixture.sources.appending(path: name), encoding: .utf8))
    }
    for source in sources {
      let words = [test.compiler] + test.flags + ["-gsplit-dwarf", "-c", source]
      let done = try FinishedCommand(["env", "--chdir=\(sandbox.folder.path())"] + words, joined: true)
      #expect(done.status == 0, "\(done.output)")
    }
    try sandbox.run(test.compiler, "tour.o", "splitpart.o", "-o", "program")
    if let packer = test.packer {
      try sandbox.run(packer, "-e", "program", "-o", "program.dwp")
      try sandbox.run("rm", "tour.dwo", "splitpart.dwo")
    }
    return sandbox.path("program")
  }

  @Test(arguments: cases)
  func entriesOfSplitUnits(_ test: Case) async throws {
    let sandbox = try Sandbox()
    let program = try Self.build(test, in: sandbox)
    let symbols = try symbols(of: program)
    let line = try Fixture.line(of: "int z =", in: "splitpart.c")
    let place = try #require(symbols.locations(ofFunction: "other").first)
    #expect(place.source?.file == sandbox.path("splitpart.c"))
    #expect(place.source.map { abs($0.line - line) <= 1 } == true)
    let scope = try #require(symbols.scopes(at: place.address).first)
    #expect(scope.name.qualified == "other" && scope.hasLines)
    let entry = try #require(scope.entry)
    #expect(symbols.variables(in: entry, at: place.address).map(\.name).sorted() == ["y", "z"])
    let player = try #require(symbols.type(named: "struct player", near: nil))
    #expect(player.byteSize == 56 && player.members.count == 6)
    let global = try #require(symbols.globals(named: "other_global", near: nil).first)
    #expect(global.type.members.map(\.name) == ["a", "inner"])
    #expect(await symbols.sourceFiles().map { ($0 as NSString).lastPathComponent } == ["splitpart.c", "tour.c"])
    #expect(symbols.mainLocation()?.file == sandbox.path("tour.c"))
    #expect(symbols.notices.take().isEmpty)
  }

  /// Names are found by workers with handles of their own, and by the index that was kept: numbers of files agree.
  @Test func everyHandleCountsAlike() throws {
    let sandbox = try Sandbox()
    let test = Case(compiler: "clang", flags: ["-gdwarf-5", "-O0", "-fdebug-types-section"], packer: "llvm-dwp")
    let program = try Self.build(test, in: sandbox)
    let first = try symbols(of: program)
    let second = try symbols(of: program)
    // The one has met the other unit first.
    _ = first.scopes(at: try #require(first.locations(ofFunction: "other").first).address)
    for name in ["struct player", "struct point", "struct other"] {
      let one = try #require(first.type(named: name, near: nil))
      let two = try #require(second.type(named: name, near: nil))
      #expect(one.byteSize == two.byteSize && one.members.map(\.name) == two.members.map(\.name), "\(name)")
    }
  }

  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"])
  func missingFiles(_ version: String) throws {
    let sandbox = try Sandbox()
    let program = try Self.build(Case(compiler: "gcc", flags: [version, "-O0"], packer: nil), in: sandbox)
    try sandbox.run("rm", "splitpart.dwo")
    let symbols = try symbols(of: program)
    let place = try #require(symbols.locations(ofFunction: "other").first)
    // Its lines are in the program itself.
    #expect(place.source?.file == sandbox.path("splitpart.c"))
    #expect(symbols.scopes(at: place.address).first?.name.qualified == "other")
    let said = symbols.notices.take()
    #expect(said.count == 1 && said[0].hasPrefix("warning: Could not find DWO CU splitpart.dwo(0x"))
    #expect(said.first?.hasSuffix("[in module \(program)]") == true)
    // The other unit is whole.
    #expect(symbols.type(named: "struct player", near: nil)?.byteSize == 56)
  }

  /// Files that were moved beside the program are found; ones of another build are not taken for them.
  @Test func movedFiles() throws {
    let sandbox = try Sandbox()
    _ = try Self.build(Case(compiler: "clang", flags: ["-gdwarf-5", "-O0"], packer: nil), in: sandbox)
    try sandbox.run("mkdir", "elsewhere")
    try sandbox.run("mv", "program", "tour.dwo", "splitpart.dwo", "elsewhere")
    let moved = try symbols(of: sandbox.path("elsewhere/program"))
    #expect(moved.type(named: "struct other", near: nil)?.members.count == 2)
    #expect(moved.notices.take().isEmpty)
    try sandbox.run("cp", "elsewhere/tour.dwo", "elsewhere/splitpart.dwo")
    let strange = try symbols(of: sandbox.path("elsewhere/program"))
    #expect(strange.type(named: "struct other", near: nil)?.members.isEmpty ?? true)
    #expect(strange.notices.take().count == 1)
  }

  /// A package that is cut short or overwritten is of no use, and does no harm.
  @Test func damagedPackages() throws {
    let sandbox = try Sandbox()
    let program = try Self.build(
      Case(compiler: "clang", flags: ["-gdwarf-5", "-O0", "-fdebug-types-section"], packer: "llvm-dwp"), in: sandbox)
    let whole = try contents(sandbox.path("program.dwp"))
    var random = SmallRandom(seed: 11)
    for round in 0..<40 {
      var bytes = round < 10 ? Array(whole[..<(whole.count * round / 10)]) : whole
      if round >= 10 {
        for _ in 0..<30 { bytes[64 + random.next(below: bytes.count - 64)] = UInt8(random.next(below: 256)) }
      }
      _ = try sandbox.file("program.dwp", Data(bytes))
      let symbols = try symbols(of: program)
      for name in ["other", "add_score", "main"] {
        for place in symbols.locations(ofFunction: name) {
          for scope in symbols.scopes(at: place.address) {
            if let entry = scope.entry { _ = symbols.variables(in: entry, at: place.address) }
          }
        }
      }
      _ = symbols.type(named: "struct other", near: nil)
    }
  }
}
