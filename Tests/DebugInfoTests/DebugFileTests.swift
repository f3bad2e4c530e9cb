import DebugInfo
import Elf
import Foundation
import MachineModel
import TestSupport
import Testing

/// Debug information wherever tools put it, and however they pack it.
@Suite struct DebugFileTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// The line where `add_score` of tour.c is stopped at; nil where no lines are known.
  func line(in path: String, directories: [String] = []) throws -> Int? {
    let symbols = ProgramSymbols()
    symbols.debugFileLocator.directories = directories
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    return symbols.locations(ofFunction: "add_score").first?.source?.line
  }

  var firstLine: Int {
    get throws { try Fixture.line(of: "int slot =", in: "tour.c") }
  }

  static let builds = [
    Build(compiler: "gcc", flags: ["-g", "-gz=zlib"]), Build(compiler: "gcc", flags: ["-g", "-gz=zlib-gnu"]),
    Build(compiler: "gcc", flags: ["-gdwarf-4", "-fdebug-types-section"]),
    Build(compiler: "gcc", flags: ["-gdwarf-5", "-fdebug-types-section"]),
    Build(compiler: "gcc", flags: ["-g", "-flto", "-fno-inline"]), Build(compiler: "gcc", flags: ["-g", "-static"]),
    Build(compiler: "gcc", flags: ["-g", "-static-pie"]), Build(compiler: "gcc", flags: ["-g", "-no-pie"]),
    Build(compiler: "clang", flags: ["-g", "-gz=zlib"]),
    Build(compiler: "clang", flags: ["-gdwarf-5", "-fdebug-types-section"]),
  ]

  @Test(arguments: builds)
  func insideOfTheProgram(_ build: Build) throws {
    let path = try build.program("tour.c")
    #expect(try line(in: path) == firstLine)
    let symbols = try symbols(of: path)
    let point = try #require(symbols.type(named: "struct point", near: nil))
    #expect(point.byteSize == 8)
  }

  @Test(arguments: ["zlib", "zlib-gnu", "zstd"])
  func compressedByObjcopy(_ method: String) throws {
    let program = try sandbox.program("tour.c", as: "tour")
    try sandbox.run("objcopy", "--compress-debug-sections=\(method)", "tour", "packed")
    let plain = try ElfFile(path: program)
    let packed = try ElfFile(path: sandbox.path("packed"))
    let unpacked = try ElfFile(packed.mapping.decompressed())
    for name in [".debug_info", ".debug_str", ".debug_line"] {
      let wanted = try #require(plain.section(name).flatMap(plain.contents))
      let got = try #require(unpacked.section(name).flatMap(unpacked.contents))
      #expect(got.elementsEqual(wanted), "\(name)")
    }
    #expect(packed.hasDebugInformation)
    #expect(try line(in: sandbox.path("packed")) == firstLine)
  }

  @Test func damagedStreamsAreLeftAsTheyAre() throws {
    _ = try sandbox.program("tour.c", as: "tour")
    for method in ["zlib", "zstd"] {
      try sandbox.run("objcopy", "--compress-debug-sections=\(method)", "tour", "packed")
      let packed = try ElfFile(path: sandbox.path("packed"))
      let section = try #require(packed.section(".debug_info"))
      var bytes = try contents(sandbox.path("packed"))
      for at in 40..<60 { bytes[Int(section.offset.rawValue) + at] ^= 0x5a }
      let path = try sandbox.file("broken", Data(bytes))
      #expect(try line(in: path) == nil)
    }
  }

  @Test func byBuildID() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let digits = try #require(ElfFile(path: program).buildID).map { String(format: "%02x", $0) }.joined()
    try sandbox.run("mkdir", "-p", "store/.build-id/\(digits.prefix(2))")
    try sandbox.run(
      "objcopy", "--only-keep-debug", "tour", "store/.build-id/\(digits.prefix(2))/\(digits.dropFirst(2)).debug")
    try sandbox.run("strip", "tour")
    #expect(try line(in: program) == nil)
    #expect(try line(in: program, directories: ["/nonexistent", sandbox.path("store")]) == firstLine)
  }

  @Test(arguments: ["", ".debug", "global"])
  func byDebugLink(_ folder: String) throws {
    let program = try sandbox.program("tour.c", as: "tour")
    try sandbox.run("objcopy", "--remove-section=.note.gnu.build-id", "tour")
    try sandbox.run("objcopy", "--only-keep-debug", "--compress-debug-sections=zstd", "tour", "tour.debug")
    try sandbox.run("strip", "tour")
    try sandbox.run("objcopy", "--add-gnu-debuglink=tour.debug", "tour")
    let target = folder == "global" ? "global\(sandbox.folder.path())" : folder
    if !folder.isEmpty {
      try sandbox.run("mkdir", "-p", target)
      try sandbox.run("mv", "tour.debug", target)
    }
    #expect(try line(in: program, directories: [sandbox.path("global")]) == firstLine)
    // Without a build-id, the checksum vouches; what does not match is not used, and told of.
    try sandbox.run("sh", "-c", "printf x >> '\(target.isEmpty ? "." : target)/tour.debug'")
    let symbols = ProgramSymbols()
    symbols.debugFileLocator.directories = [sandbox.path("global")]
    _ = try symbols.add(ImageMapping(path: program, name: program, bias: 0))
    #expect(symbols.images.first?.hasDebugInfo == false)
    #expect(symbols.notices.take().contains { $0.contains("CRC mismatch") })
    #expect(symbols.notices.take().isEmpty)
  }

  @Test(arguments: ["dwarf-4", "dwarf-5"])
  func sharedByDwz(_ version: String) throws {
    for (name, source) in [("one", "tour.c"), ("two", "tour.c"), ("three", "values.c")] {
      _ = try sandbox.program(source, flags: ["-g\(version)", "-O0"], as: name)
    }
    try sandbox.run("dwz", "-m", "common", "one", "two", "three")
    #expect(try ElfFile(path: sandbox.path("one")).alternateDebugLink != nil)
    #expect(try line(in: sandbox.path("one")) == firstLine)
    let shared = try symbols(of: sandbox.path("one"))
    #expect(shared.type(named: "struct player", near: nil)?.members.count == 6)
    // Its pieces compressed, and the whole in a file of its own.
    try sandbox.run("objcopy", "--compress-debug-sections=zlib", "common")
    try sandbox.run("objcopy", "--only-keep-debug", "--compress-debug-sections=zstd", "one", "one.debug")
    try sandbox.run("strip", "one")
    try sandbox.run("objcopy", "--add-gnu-debuglink=one.debug", "one")
    #expect(try line(in: sandbox.path("one")) == firstLine)
    // Gone: said, and what the program has itself goes on.
    try sandbox.run("rm", "common")
    let alone = try symbols(of: sandbox.path("one"))
    _ = alone.locations(ofFunction: "add_score")
    #expect(alone.notices.take() == ["could not find '.gnu_debugaltlink' file for \(sandbox.path("one.debug"))"])
  }

  /// What Fedora keeps in stripped programs (`.gnu_debugdata`), made as its tools do.
  @Test func miniDebugInfo() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    _ = try sandbox.file("keep", "add_score\nbest_score\n")
    try sandbox.run("objcopy", "--only-keep-debug", "--keep-symbols=keep", "tour", "mini")
    try sandbox.run("objcopy", "-S", "--keep-symbols=keep", "mini")
    try sandbox.run("xz", "mini")
    let all = SymbolTable(try ElfFile(path: program)).symbols(named: "add_score")
    try sandbox.run("strip", "tour")
    #expect(SymbolTable(try ElfFile(path: program)).symbols(named: "add_score").isEmpty)
    try sandbox.run("objcopy", "--add-section", ".gnu_debugdata=mini.xz", "tour")
    let table = SymbolTable(try ElfFile(path: program))
    #expect(!all.isEmpty && table.symbols(named: "add_score") == all)
    #expect(table.symbol(at: all[0].address + 1)?.name == "add_score")
    #expect(table.symbols(named: "main").isEmpty)
    // The stubs' names come from the program itself.
    #expect(!table.symbols(named: "printf@plt").isEmpty)
  }

  /// A file that somebody cuts short while it is mapped reads as zeros from there on.
  @Test func fileCutShort() throws {
    let path = try sandbox.program("tour.c", as: "tour")
    let mapping = try FileMapping(path: path)
    try sandbox.run("truncate", "--size=4096", "tour")
    #expect(mapping.bytes[0] == 0x7f)
    #expect(mapping.bytes[8192...].allSatisfy { $0 == 0 })
    let symbols = ProgramSymbols()
    _ = try? symbols.add(ImageMapping(path: path, name: path, bias: 0))
    _ = symbols.locations(ofFunction: "add_score")
  }
}
