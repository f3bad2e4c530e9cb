import DebugInfo
import Elf
import Foundation
import MachineModel
import TestSupport
import Testing

/// Files that are damaged give an error or less, never a crash.
@Suite struct DamageTests {
  @Test func whatIsNoProgram() throws {
    let symbols = ProgramSymbols()
    func reason(_ path: String) -> ElfError.Reason? {
      let mapping = ImageMapping(path: path, name: path, bias: 0)
      return switch Result(catching: { () throws(ElfError) in try symbols.add(mapping) }) {
      case .success: nil
      case .failure(let error): error.reason
      }
    }
    #expect(reason("/nonexistent") == .cannotOpen(errno: 2))
    #expect(reason("/etc") == .cannotOpen(errno: 21))
    #expect(reason("/etc/passwd") == .notElf)
    #expect(reason("/dev/null") == .notElf)
    #expect(symbols.images.isEmpty)
  }

  /// The file cut off anywhere, and with bytes overwritten anywhere: every question is still answered somehow.
  @Test(arguments: ["places.c", "names.cpp"])
  func damagedFiles(_ source: String) async throws {
    let original = try contents(Fixture.compile(source))
    var random = SmallRandom(seed: 7)
    for length in stride(from: 0, to: original.count, by: original.count / 40) { await ask(Array(original[..<length])) }
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<200 {
        bytes[64 + random.next(below: bytes.count - 64)] = UInt8(truncatingIfNeeded: random.next(below: 256))
      }
      await ask(bytes)
    }
  }

  private func ask(_ bytes: [UInt8]) async {
    let symbols = ProgramSymbols()
    guard (try? symbols.add(ImageMapping(path: "damaged", name: "damaged", bias: 0), contents: bytes)) != nil else {
      return
    }
    for name in ["main", "sum", "bark", "twice", "add", "printf"] {
      for location in symbols.locations(ofFunction: name) {
        _ = symbols.scopes(at: location.address)
        _ = symbols.lineRanges(at: location.address)
        _ = symbols.symbol(at: location.address)
      }
    }
    for line in [4, 10, 20, 30] { _ = symbols.locations(ofLine: line, inFile: "places.c") }
    _ = await symbols.functionNames(prefix: "", limit: 100)
    _ = await symbols.sourceFiles()
    _ = symbols.mainLocation()
    _ = symbols.images
    for address in stride(from: UInt64(0x1000), to: 0x3000, by: 37) { _ = symbols.scopes(at: VirtualAddress(address)) }
  }
}

/// A generator of the same numbers every time (Marsaglia's xorshift).
struct SmallRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next(below limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, limit)))
  }
}

/// A file's bytes.
func contents(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }
