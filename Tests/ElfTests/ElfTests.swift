import Elf
import Foundation
import MachineModel
import TestSupport
import Testing

@Suite struct ElfFileTests {
  @Test func headerOfAProgram() throws {
    let file = try ElfFile(path: Fixture.compile("places.c"))
    #expect(file.kind == .sharedObject && file.isPositionIndependent)
    #expect(file.interpreter == "/lib64/ld-linux-x86-64.so.2")
    #expect(file.buildID?.count == 20)
    let text = try #require(file.section(".text"))
    #expect((text.address..<text.address + text.size).contains(file.entryPoint))
    #expect(file.isExecutable(file.entryPoint))
    #expect(!file.isExecutable(try #require(file.section(".data")).address))
    #expect(file.offset(of: text.address) == text.offset)
    #expect(file.offset(of: ImageAddress(.max)) == nil)
    #expect(file.loadedRange?.contains(file.entryPoint) == true)
    // .dynamic holds the pointer that debuggers look for.
    let dynamic = try #require(file.section(".dynamic"))
    let pointer = try #require(file.debugPointer)
    #expect((dynamic.address..<dynamic.address + dynamic.size).contains(pointer))
  }

  @Test func headerOfAStaticProgram() throws {
    let file = try ElfFile(path: Fixture.compile("places.c", flags: ["-g", "-static"]))
    #expect(file.kind == .executable && !file.isPositionIndependent)
    #expect(file.interpreter == nil && file.debugPointer == nil)
  }

  @Test func debugLink() throws {
    let program = try Fixture.compile("places.c", flags: ["-g", "-O1"])
    let debug = program + ".debug"
    let stripped = program + ".stripped"
    #expect(try Fixture.run(["objcopy", "--only-keep-debug", program, debug]).code == 0)
    #expect(try Fixture.run(["objcopy", "--strip-debug", "--add-gnu-debuglink=\(debug)", program, stripped]).code == 0)
    let file = try ElfFile(path: stripped)
    #expect(file.debugLink?.name == URL(filePath: debug).lastPathComponent)
    #expect(file.section(".debug_info") == nil)
    #expect(try ElfFile(path: debug).buildID == file.buildID)
    #expect(try ElfFile(path: program).debugLink == nil)
  }

  /// Headers of files that are none of ours, and how they are told.
  @Test func foreignFiles() throws {
    func reason(_ bytes: [UInt8]) -> ElfError.Reason? {
      failure { () throws(ElfError) in try ElfFile(FileMapping(contents: bytes, path: "test")) }
    }
    func header(class kind: UInt8, data: UInt8 = 1, machine: UInt8) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 64)
      bytes.replaceSubrange(0..<7, with: [0x7f, 0x45, 0x4c, 0x46, kind, data, 1])
      bytes[data == 1 ? 18 : 19] = machine
      return bytes
    }
    #expect(reason([]) == .empty)
    #expect(reason(Array("#!/bin/sh\n".utf8)) == .notElf)
    #expect(reason([0x7f, 0x45, 0x4c, 0x46]) == .damaged("it ends within its header"))
    #expect(reason(header(class: 1, machine: 3)) == .foreignMachine("32-bit x86"))
    #expect(reason(header(class: 1, machine: 62)) == .foreignMachine("32-bit x86-64"))
    #expect(reason(header(class: 2, machine: 183)) == .foreignMachine("64-bit AArch64"))
    #expect(reason(header(class: 2, data: 2, machine: 22)) == .foreignMachine("64-bit big-endian S/390"))
    #expect(reason(Array(header(class: 2, machine: 62).prefix(40))) == .damaged("it ends within its header"))
    #expect(reason(header(class: 2, machine: 62)) == nil)
  }

  @Test func filesThatCannotBeRead() {
    func reason(_ path: String) -> ElfError.Reason? { failure { () throws(ElfError) in try ElfFile(path: path) } }
    #expect(reason("/nonexistent") == .cannotOpen(errno: ENOENT))
    #expect(reason("/usr") == .cannotOpen(errno: EISDIR))
    #expect(reason("/etc/hostname") == .notElf)
  }

  @Test func programHeadersThatAreCutOff() throws {
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: Fixture.compile("places.c"))))
    #expect(throws: ElfError(path: "cut", reason: .damaged("its program headers are cut off"))) {
      try ElfFile(FileMapping(contents: Array(bytes[..<200]), path: "cut"))
    }
    // The sections' table stands at the end; what runs does not need it.
    let file = try ElfFile(FileMapping(contents: Array(bytes.dropLast(8)), path: "cut"))
    #expect(file.sections.isEmpty && !file.segments.isEmpty)
  }
}

/// Why a file is refused; nil where it is not.
private func failure(_ open: () throws(ElfError) -> ElfFile) -> ElfError.Reason? {
  switch Result(catching: open) {
  case .success: nil
  case .failure(let error): error.reason
  }
}

@Suite struct SymbolTableTests {
  @Test func whatHasNoSizeEndsWhereTheNextBegins() throws {
    let program = try Fixture.compile("sizes.s", flags: ["-g", "-nostdlib", "-static"])
    let table = SymbolTable(try ElfFile(path: program))
    let sized = try #require(table.symbols(named: "sized").first)
    let loose = try #require(table.symbols(named: "loose").first)
    #expect(table.symbol(at: loose.address + 3) == loose)
    #expect(table.symbol(at: sized.address + 3) == sized)
    #expect(table.symbol(at: sized.address + 8) == nil)
  }

  @Test func symbolsByNameAndAddress() throws {
    let table = SymbolTable(try ElfFile(path: Fixture.compile("places.c")))
    let sum = try #require(table.symbols(named: "sum").first)
    #expect(sum.kind == .function && sum.isGlobal && sum.size > 0)
    #expect(table.symbol(at: sum.address) == sum)
    #expect(table.symbol(at: sum.address + (sum.size - 1)) == sum)
    #expect(table.symbol(at: sum.address + sum.size) != sum)
    #expect(table.symbols(named: "summ").isEmpty)
    #expect(table.symbol(at: ImageAddress(.max)) == nil)
    #expect(table.all().contains(sum))
  }

  /// The last by the alphabet, as in gdb, whatever its binding; no label.
  @Test func oneOfSeveralNames() throws {
    let table = SymbolTable(try ElfFile(path: Fixture.compile("synonyms.s")))
    let names = try ["_second", "second", "zulu"].map { try #require(table.symbols(named: $0).first) }
    #expect(Set(names.map(\.address)).count == 1)
    #expect(table.symbol(at: names[0].address)?.name == "second")
  }

  /// The stub's name comes from the slot that it jumps through.
  @Test(arguments: [["-g"], ["-g", "-fcf-protection", "-Wl,-z,ibtplt"], ["-g", "-fno-plt"], ["-g", "-no-pie"]])
  func linkageTable(_ flags: [String]) throws {
    let path = try Fixture.compile("places.c", flags: flags)
    let table = SymbolTable(try ElfFile(path: path))
    let listing = try Fixture.run(["objdump", "-d", path]).output
    let stub = table.symbols(named: "printf@plt").first
    if flags.contains("-fno-plt") {
      #expect(stub == nil)
    } else {
      let stub = try #require(stub)
      #expect(table.symbol(at: stub.address + 2)?.name == "printf@plt")
      #expect(listing.contains("call") && listing.contains(String(stub.address.rawValue, radix: 16) + " <printf@plt>"))
    }
  }

  @Test func mangledNamesByPart() throws {
    let table = SymbolTable(try ElfFile(path: Fixture.compile("names.cpp")))
    #expect(Set(table.symbols(containing: "4bark").map(\.name)) == ["_ZN3zoo3Dog4barkEi", "_ZN3zoo3Dog4barkEPKc"])
    #expect(table.symbols(containing: "main").allSatisfy { $0.name.hasPrefix("_Z") })
  }
}
