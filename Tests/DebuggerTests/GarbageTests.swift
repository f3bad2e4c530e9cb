import DebugInfo
import Debugger
import MachineModel
import TestSupport
import Testing

/// Objects of real types whose bytes, and all that these lead to, are made up: what formatters make of them is of no
/// use, but comes to an end, and is short.
@Suite struct GarbageTests {
  @Test(.enabled(if: Fixture.has("rustc"), "rustc is not installed")) func rust() throws {
    try showGarbage("rusty.rs", flags: ["-g"], marks: ["// in containers", "// in structures", "// in enums"])
  }
  @Test(.enabled(if: Fixture.has("swiftc"), "swiftc is not installed")) func swift() throws {
    try showGarbage(
      "kinds.swift", flags: ["-g", "-Onone", "-module-name", "kinds"],
      marks: ["// in strings", "// in containers", "// in types"])
  }
  @Test func fortran() throws { try showGarbage("arrays.f90", flags: ["-g"], marks: ["! in work"]) }

  private func showGarbage(_ source: String, flags: [String], marks: [String]) throws {
    let program = try Fixture.compile(source, flags: flags)
    let symbols = ProgramSymbols()
    _ = try symbols.add(ImageMapping(path: program, name: program, bias: 0x5555_5555_4000))
    var settings = SessionSettings()
    settings.printElements = 20
    for mark in marks {
      let line = try Fixture.line(of: mark, in: source)
      let place = try #require(symbols.locations(ofLine: line, inFile: source).first)
      let scope = try #require(symbols.scopes(at: place.address).last?.entry)
      let variables = symbols.variables(in: scope, at: place.address)
      #expect(!variables.isEmpty)
      for variable in variables {
        let language = variable.type.language ?? .c
        let formatter = ValueFormatter(settings: settings, language: language)
        for seed in 0..<12 {
          let garbage = Garbage(seed: UInt64(seed))
          let value = Value(type: variable.type, location: .memory(VirtualAddress(0x10000)), source: garbage)
          #expect(formatter.text(value).utf8.count < 1 << 21, "\(variable.name), seed \(seed)")
          let opened = OpenValue(value, settings: settings, language: language)
          #expect(opened.children(count: 8).count <= 8)
        }
      }
    }
  }
}

/// Memory in which every word is what its address and a seed make of it: often a small number, or a pointer to more
/// of the same, so that much of it looks as if it were what it should be.
private struct Garbage: ValueSource, MemoryReader {
  let seed: UInt64
  var memory: any MemoryReader { self }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard address.rawValue < 1 << 40 else { return 0 }
    for index in buffer.indices {
      let at = address.rawValue &+ UInt64(index)
      buffer[index] = UInt8(truncatingIfNeeded: word(at & ~7) >> (8 * (at & 7)))
    }
    return buffer.count
  }

  private func word(_ address: UInt64) -> UInt64 {
    // SplitMix64.
    var bits = address &+ (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    bits ^= bits >> 31
    switch seed % 4 {
    case 0: return bits
    case 1: return bits & 7
    default:
      switch bits & 3 {
      case 0: return bits >> 60
      case 1: return 0x10000 &+ (bits >> 40 & ~7)
      case 2: return bits >> 58 | 0x2000_0000_0000_0000
      default: return bits
      }
    }
  }

  func registerBytes(_ number: Int) -> [UInt8]? { nil }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location { .optimizedOut }
  func implicitTarget(_ entry: EntryID) -> Location { .optimizedOut }
  func staticMember(_ name: String, of type: DataType) -> Value? { nil }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? { nil }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {}
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {}
}
