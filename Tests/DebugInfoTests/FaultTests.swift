import DebugInfo
import Elf
import Foundation
import MachineModel
import TestSupport
import Testing

/// What libdw faults on, and files that change while they are read, end in less knowledge, never in a crash.
@Suite struct FaultTests {
  /// A section that can't be read at all stands for whatever libdw may fall over.
  @Test(arguments: [".debug_info", ".debug_abbrev", ".debug_line", ".debug_str"])
  func aFaultOfLibdw(_ section: String) async throws {
    let bytes = try contents(Fixture.compile("places.c"))
    let elf = try ElfFile(FileMapping(contents: bytes, path: "places"))
    let place = try #require(elf.section(section))
    // Page-aligned, so that the section has pages of its own.
    let page = 4096
    let moved = (bytes.count + page - 1) / page * page
    var padded = bytes + [UInt8](repeating: 0, count: moved - bytes.count)
    padded += bytes[Int(place.offset.rawValue)...].prefix(Int(place.size))
    padded += [UInt8](repeating: 0, count: (page - padded.count % page) % page)
    let index = elf.sections.prefix { $0.name != section }.count
    let header = Int(padded.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 40, as: UInt64.self) }) + 64 * index
    withUnsafeBytes(of: UInt64(moved).littleEndian) { padded.replaceSubrange(header + 24..<header + 32, with: $0) }
    let path = FileManager.default.temporaryDirectory.appending(path: "sdb-fault-\(UUID().uuidString)").path()
    try Data(padded).write(to: URL(filePath: path))
    defer { unlink(path) }

    let symbols = ProgramSymbols()
    let image = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    // The index is made without libdw, by a reader that keeps within the section.
    for job in symbols.pendingIndexes(.names) { #expect(await job.reached(.names)) }
    let start = try #require(symbols.contents(ofImage: image)).advanced(by: moved)
    #expect(mprotect(UnsafeMutableRawPointer(mutating: start), padded.count - moved, PROT_NONE) == 0)

    // By its symbol, where the line table can't say where its body begins.
    let found = symbols.locations(ofFunction: "main") + symbols.locations(ofLine: 10, inFile: "places.c")
    #expect(symbols.scopes(at: VirtualAddress(1)).isEmpty)
    let warnings = symbols.takeDamage()
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("debug information of \(path) is damaged") ?? false)
    #expect(warnings.first?.contains("SIGSEGV") ?? false)
    #expect(symbols.takeDamage().isEmpty)
    let symbol = try #require(symbols.symbols(named: "main").first)
    #expect(symbols.scopes(at: symbol.address).map(\.name.qualified) == ["main"])
    #expect(symbols.locations(ofFunction: "main").count == 1)
    _ = found
  }

  /// What the file has lost reads as zeros.
  @Test func aFileThatIsCutShort() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "sdb-cut-\(UUID().uuidString)").path()
    try Data(contents(Fixture.compile("places.c"))).write(to: URL(filePath: path))
    defer { unlink(path) }
    let symbols = ProgramSymbols()
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    #expect(symbols.takeDamage().isEmpty)
    #expect(truncate(path, 4096) == 0)
    _ = symbols.locations(ofFunction: "main")
    _ = symbols.symbols(named: "main")
    _ = symbols.locations(ofLine: 10, inFile: "places.c")
    #expect(symbols.takeDamage() == ["\(path) was cut short while it was being read."])
  }

  /// Every other call of libdw's that reads a file would crash where this one survives.
  @Test func libdwIsCalledThroughItsGuard() throws {
    let folder = Fixture.sources.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let harmless = ["dwarf_setalt", "dwarf_cu_getdwarf"]
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      for call in try String(contentsOf: file, encoding: .utf8).matches(of: #/\b(dwarf|elf|gelf|dwfl)_[a-z_]+(?=\()/#) {
        #expect(harmless.contains(String(call.output.0)), "\(file.lastPathComponent)")
      }
    }
  }
}
