import Foundation
import MachineModel
import TestSupport
import Testing

@testable import DebugInfo

/// A fixture that includes `snapshot.h`, as it was at its trap: registers, memory and symbols.
final class StoppedProgram {
  let symbols = ProgramSymbols()
  let memory: SnapshotMemory
  let floatingPoint: FloatingPointState
  let threadPointer: UInt64
  private let registers: FrameRegisters

  convenience init(
    _ source: String, flags: [String] = ["-g", "-O0"], compiler: String? = nil, environment: [String] = []
  ) throws {
    let program = try Fixture.compile(source, flags: flags, compiler: compiler)
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Fixture.run(["env", "SNAPSHOT=\(file.path())"] + environment + [program])
    try #require(run.code == 0, "\(run.output)")
    try self.init(snapshot: file)
  }

  init(snapshot file: URL) throws {
    var reader = SnapshotReader(try Data(contentsOf: file))
    var general = RegisterFile()
    var floating = [UInt8](repeating: 0, count: 512)
    var pointer: UInt64 = 0
    var areas: [SnapshotMemory.Area] = []
    while let words = reader.line() {
      switch words[0] {
      case "register":
        let number = try #require(Int(words[1]))
        let register = try #require(GeneralRegister(dwarfNumber: number))
        general[register] = try #require(UInt64(words[2], radix: 16))
      case "thread": pointer = try #require(UInt64(words[1], radix: 16))
      case "floating": floating = reader.bytes(512)
      default:
        let start = try #require(UInt64(words[1], radix: 16))
        let size = try #require(Int(words[2], radix: 16))
        areas.append(.init(start: start, bytes: reader.bytes(size), path: words.count > 3 ? words[3] : ""))
      }
    }
    memory = SnapshotMemory(areas: areas)
    floatingPoint = FloatingPointState(image: floating)
    threadPointer = pointer
    registers = FrameRegisters(general)
    var seen: Set<String> = []
    for area in areas where area.path.hasPrefix("/") && area.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) {
      guard seen.insert(area.path).inserted else { continue }
      // Position-independent images begin at address 0, the others where they say.
      let isFixed = area.bytes[16] == 2
      _ = try symbols.add(
        ImageMapping(path: area.path, name: area.path, bias: isFixed ? 0 : area.start))
    }
  }

  /// The frames from the innermost out, and why they end.
  func frames(limit: Int = 100) -> (frames: [TestFrame], end: UnwindEnd?) {
    var frames = [TestFrame(self, registers)]
    while frames.count < limit {
      switch symbols.caller(of: frames[frames.count - 1].registers, memory: memory) {
      case .success(let caller):
        let next = TestFrame(self, caller)
        frames[frames.count - 1].caller = next
        frames.append(next)
      case .failure(let end): return (frames, end)
      }
    }
    return (frames, nil)
  }

  func frame(of function: String) throws -> TestFrame {
    try #require(frames().frames.first { $0.functionName == function })
  }
}

/// A physical frame of a stopped program.
final class TestFrame: FrameContext {
  let program: StoppedProgram
  let registers: FrameRegisters
  var caller: (any FrameContext)?

  init(_ program: StoppedProgram, _ registers: FrameRegisters) {
    self.program = program
    self.registers = registers
  }

  var lookupAddress: VirtualAddress { registers.lookupAddress }
  var memory: any MemoryReader { program.memory }
  var scopes: [CodeScope] { program.symbols.scopes(at: lookupAddress) }
  var function: EntryID? { scopes.last?.entry }
  var functionName: String? { scopes.last?.name.qualified }
  func threadLocal(image: Int, offset: UInt64) -> VirtualAddress? {
    // The program's own block ends at the thread pointer (ELF TLS, variant II).
    program.symbols.threadLocalSegment(image: image).map {
      VirtualAddress(program.threadPointer) - $0.alignedSize + offset
    }
  }
  func vectorRegister(_ dwarfNumber: Int) -> [UInt8]? {
    (17...32).contains(dwarfNumber) ? Array(program.floatingPoint.xmm(dwarfNumber - 17)) : nil
  }

  var variables: [Variable] {
    scopes.flatMap { scope in scope.entry.map { program.symbols.variables(in: $0, at: lookupAddress) } ?? [] }
  }
  func variable(_ name: String) throws -> Variable {
    try #require(variables.first { $0.name == name }, "no \(name) among \(variables.map(\.name))")
  }
  func location(_ name: String) throws -> Location { program.symbols.locate(try variable(name), in: self) }

  /// The bytes of a variable, least significant first.
  func bytes(_ name: String) throws -> [UInt8] {
    let variable = try variable(name)
    let type = program.symbols.resolved(variable.type, at: .optimizedOut, in: self).0
    let size = Int(try #require(type.byteSize))
    switch program.symbols.locate(variable, in: self) {
    case .memory(let address): return try memory.bytes(address, count: size)
    case .register(let number) where number <= 16:
      let value = try #require(registers[dwarf: number])
      return Array(StackValue(value).bytes.prefix(size))
    case .register(let number): return Array(try #require(vectorRegister(number)).prefix(size))
    case .value(let bytes): return Array(bytes.prefix(size))
    case let other: throw Unexpected(location: other)
    }
  }
  /// A variable's value as a signed number.
  func number(_ name: String) throws -> Int64 {
    let bytes = try bytes(name)
    let value = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(bitPattern: signExtended(value, size: min(8, bytes.count)))
  }

  struct Unexpected: Error { let location: Location }
}

/// Memory as a fixture wrote it down.
struct SnapshotMemory: MemoryReader {
  struct Area {
    let start: UInt64
    let bytes: [UInt8]
    let path: String
  }
  let areas: [Area]

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count {
      let at = address.rawValue &+ UInt64(done)
      guard let area = areas.first(where: { at >= $0.start && at - $0.start < UInt64($0.bytes.count) }) else { break }
      let offset = Int(at - area.start)
      let count = min(buffer.count - done, area.bytes.count - offset)
      buffer[done..<done + count].copyBytes(from: area.bytes[offset..<offset + count])
      done += count
    }
    return done
  }
}

/// Reads the file that `snapshot.h` writes: lines of words, some with bytes after them.
private struct SnapshotReader {
  private let data: [UInt8]
  private var position = 0

  init(_ data: Data) { self.data = Array(data) }

  mutating func line() -> [String]? {
    guard let end = data[position...].firstIndex(of: 10) else { return nil }
    defer { position = end + 1 }
    return String(decoding: data[position..<end], as: UTF8.self).split(separator: " ").map(String.init)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { position += count }
    return Array(data[position..<position + count])
  }
}
