import Elf
import MachineModel
import TestSupport
import Testing

@testable import DebugInfo

/// What an image is said not to have before its index is made.
@Suite struct FunctionAbsenceTests {
  private func image(_ path: String) throws -> LoadedImage {
    LoadedImage(
      number: 1, mapping: ImageMapping(path: path, name: path, bias: 0), elf: try ElfFile(path: path),
      locator: DebugFileLocator(), notices: DebugInfoNotices(), indexJobs: IndexJobs())
  }

  /// Whatever an index has, inlined or not, is never said to be absent.
  @Test(arguments: NameIndexTests.builds)
  func whatIsThereMayBeThere(_ source: String, _ build: Build) throws {
    let path = try build.program(source)
    let (known, unknown) = (try image(path), try image(path))
    let kinds: [NameIndex.Kind] = [.function, .inlined, .linkage]
    let entries = kinds.flatMap { known.names?.all($0).compactMap(known.entry) ?? [] }
    let names = Set(entries.flatMap { [$0.name, $0.linkageName, $0.functionName.qualified].compactMap { $0 } })
    #expect(names.count > 2)
    for name in names { #expect(unknown.mayHaveFunction(NameQuery(name)), "\(name)") }
    #expect(!unknown.isIndexing)
  }

  @Test(arguments: [[], ["-gz"], ["-gdwarf-4"]])
  func whatIsNowhereIsAbsent(_ flags: [String]) throws {
    let image = try image(
      try Build(compiler: "gcc", flags: ["-g", "-O2", "-shared", "-fPIC"] + flags).program("optimised.c"))
    #expect(!image.mayHaveFunction(NameQuery("nowhere_at_all")))
    #expect(!image.isIndexing)
    // The entry itself may have a short name.
    #expect(image.mayHaveFunction(NameQuery("nowhere")))
  }

  /// Strings that are not merged are elsewhere, too.
  @Test func unmergedStringsSayNothing() throws {
    let flags = ["-g", "-O2", "-fno-merge-debug-strings"]
    let image = try image(try Build(compiler: "gcc", flags: flags).program("optimised.c"))
    #expect(image.mayHaveFunction(NameQuery("nowhere_at_all")))
  }
}
