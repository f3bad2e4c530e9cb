import DebugInfo
import Debugger
import MachineModel
import Synchronization
import TestSupport
import Testing

/// Every formatter over memory that holds anything: it ends, within bounds on what it reads and writes.
@Suite struct FormatterFuzzTests {
  private static let flags = ["-g", "-O0", "-std=c++20"]

  @Test(arguments: [("g++", []), ("clang++", ["-stdlib=libc++"])] as [(String, [String])])
  func arbitraryMemory(compiler: String, library: [String]) throws {
    guard let program = try? Fixture.compile("containers.cpp", flags: Self.flags + library, compiler: compiler) else {
      return #expect(!library.isEmpty, "only libc++ may be missing")
    }
    let symbols = ProgramSymbols()
    _ = try symbols.add(ImageMapping(path: program, name: program, bias: 0x5555_5555_4000))
    let main = try #require(symbols.locations(ofFunction: "main").first).address
    let entry = try #require(symbols.scopes(at: main).last?.entry)
    let types = symbols.variables(in: entry, at: main + 16).map(\.type)
    #expect(types.count > 100)
    for seed in 0..<UInt64(2) {
      for (index, type) in types.enumerated() {
        let memory = ArbitraryMemory(seed: seed &* 1000 &+ UInt64(index))
        show(Value(type: type, location: .memory(memory.start), source: ArbitrarySource(memory)), memory)
      }
    }
  }

  private func show(_ value: Value, _ memory: ArbitraryMemory) {
    var settings = SessionSettings()
    settings.printElements = 8
    settings.printMaxDepth = 4
    let formatter = ValueFormatter(settings: settings, language: .cpp)
    let text = formatter.text(value)
    #expect(text.utf8.count < 4 << 20)
    _ = formatter.nestedText(value, format: .init(.hexadecimal))
    open(value, settings, depth: 0)
    #expect(memory.readCount < 400_000, "\(TypePrinter(language: .cpp).name(value.type))")
  }

  /// As a tree does: some children from the beginning, the middle and the end.
  private func open(_ value: Value, _ settings: SessionSettings, depth: Int) {
    let opened = OpenValue(value, settings: settings, language: .cpp)
    let count = opened.count
    #expect(count >= 0 && count <= (1 << 24) + 1)
    var children = opened.children(from: 0, count: 4)
    for first in [count / 2, count - 2] where first > 4 && count < 100_000 {
      children += opened.children(from: first, count: 2)
    }
    guard depth < 2 else { return }
    for child in children where !child.isRaw { open(child.value, settings, depth: depth + 1) }
  }

  /// Lists that lead in a circle, trees without an end: the walk says so.
  @Test func circles() throws {
    let memory = ArbitraryMemory(seed: 1)
    let list = NodeChildren(first: memory.start) {
      VirtualAddress(memory.start.rawValue + ($0 - memory.start + 8) % 800)
    } make: { node, index in
      SyntheticChild(
        name: "[\(index)]", value: Value(type: .long, location: .memory(node), source: ArbitrarySource(memory)))
    }
    #expect(list.count(upTo: .max) < 2000)
    var index = 0
    var reason: Unavailability?
    do throws(Unavailability) {
      while try list.child(at: index) != nil { index += 1 }
    } catch {
      reason = error
    }
    #expect(reason == .reason("the nodes lead in a circle"))
    #expect(index < 1000)
  }

  /// Where it has been, it comes back to; what lies ahead is found from there.
  @Test func walksBothWays() throws {
    let memory = ArbitraryMemory(seed: 1)
    let steps = Mutex(0)
    let nodes = NodeChildren(first: memory.start, count: 5000) { node in
      steps.withLock { $0 += 1 }
      return node + 8
    } make: { node, index in
      SyntheticChild(
        name: "\(node - memory.start)",
        value: Value(type: .long, integer: Int64(index), source: ArbitrarySource(memory)))
    }
    #expect(nodes.count(upTo: .max) == 5000)
    for index in [0, 4999, 4999, 4998, 256, 255, 3000, 3001, 3002] {
      #expect(try nodes.child(at: index)?.name == "\(index * 8)")
    }
    #expect(try nodes.child(at: 5000) == nil)
    #expect(try nodes.child(at: -1) == nil)
    // Once to the end; then never more than to the next checkpoint.
    #expect(steps.withLock { $0 } < 4999 + 9 * 256)
  }
}

/// Memory that answers any address: with small numbers, pointers near by, ones, zeros or nonsense, or not at all.
private final class ArbitraryMemory: MemoryReader {
  let start: VirtualAddress = VirtualAddress(0x7fff_0000_1000)
  private let seed: UInt64
  private let reads = Mutex(0)

  init(seed: UInt64) { self.seed = seed }

  var readCount: Int { reads.withLock { $0 } }

  private func mixed(_ value: UInt64) -> UInt64 {
    // The finaliser of SplitMix64.
    var bits = (value ^ seed) &+ 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  private func word(_ index: UInt64) -> UInt64 {
    let bits = mixed(index)
    switch (bits >> 32) % 8 {
    case 0, 1: return bits % 24
    case 2, 3, 4: return start.rawValue + bits % 64 * 8
    case 5: return seed % 3 == 0 ? 0 : .max
    case 6: return bits % 3 == 0 ? 1 << 40 : 0
    default: return bits
    }
  }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    reads.withLock { $0 += 1 }
    for index in 0..<buffer.count {
      let place = address.rawValue &+ UInt64(index)
      guard place >= 4096, place < 1 << 47, mixed(place / 4096 &+ 77) % 8 != 0 || place / 4096 == start.rawValue / 4096
      else { return index }
      buffer[index] = UInt8(truncatingIfNeeded: word(place / 8) >> (place % 8 * 8))
    }
    return buffer.count
  }
}

/// A program that has nothing but memory.
private struct ArbitrarySource: ValueSource {
  let arbitrary: ArbitraryMemory
  init(_ memory: ArbitraryMemory) { arbitrary = memory }
  var memory: any MemoryReader { arbitrary }
  func registerBytes(_ number: Int) -> [UInt8]? { nil }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location { .memory(arbitrary.start) }
  func implicitTarget(_ entry: EntryID) -> Location { .optimizedOut }
  func staticMember(_ name: String, of type: DataType) -> Value? { nil }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? { nil }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {
    throw ExpressionError("not writable")
  }
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {
    throw ExpressionError("not writable")
  }
}
