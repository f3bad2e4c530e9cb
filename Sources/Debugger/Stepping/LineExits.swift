import DebugInfo
import Disassembly
import MachineModel

/// The places at which control leaves the code of a line, found by decoding it: with traps there, a line that loops for long runs
/// at full speed.
struct LineExits: Sendable {
  struct Place: Sendable {
    let address: VirtualAddress
    /// Where the frame of a thread at that address is; nil where CFI does not say it by a register.
    let frame: FrameRule?
  }

  let places: [Place]

  /// nil where the code can't be decoded, or does not lie where instructions are known to begin.
  /// - Parameters:
  ///   - ranges: as `ProgramSymbols.stepRanges(at:)` has them.
  ///   - includesCalls: calls count as exits.
  init?(of ranges: [Range<VirtualAddress>], includesCalls: Bool, symbols: ProgramSymbols, memory: any MemoryReader) {
    let disassembler = Disassembler()
    var addresses: Set<VirtualAddress> = []
    for segment in ranges.joinedAcrossCalls() {
      guard let bytes = try? memory.bytes(segment.lowerBound, count: Int(segment.upperBound - segment.lowerBound))
      else {
        return nil
      }
      let instructions = disassembler.instructions(bytes, at: segment.lowerBound, limit: .max)
      guard !instructions.isEmpty, !instructions.contains(where: { $0.mnemonic == "(bad)" }) else { return nil }
      for instruction in instructions {
        switch instruction.flow {
        case .jump(let target?, _): addresses.insert(target)
        case .jump(nil, _), .return: addresses.insert(instruction.address)
        case .call where includesCalls: addresses.insert(instruction.address)
        case .call, .systemCall, .next: break
        }
        let end = instruction.address + instruction.bytes.count
        if instruction.flow.goesOn, !ranges.contains(where: { $0.contains(end) }) { addresses.insert(end) }
        // What has been taken out of the line: the call of an inlined function.
        if !ranges.contains(where: { $0.contains(instruction.address) }) { addresses.insert(instruction.address) }
      }
      let stays = instructions.filter { instruction in
        switch instruction.flow {
        case .jump(nil, _), .return: false
        case .call: !includesCalls
        default: true
        }
      }
      addresses.subtract(
        stays.map(\.address).filter { address in ranges.contains { $0.contains(address) } })
    }
    places = addresses.map { Place(address: $0, frame: symbols.frameRule(at: $0)) }
  }
}

extension Instruction.Flow {
  /// False where the next instruction is not reached from this one.
  fileprivate var goesOn: Bool {
    switch self {
    case .jump(_, isConditional: false), .return: false
    default: true
    }
  }
}

extension [Range<VirtualAddress>] {
  /// With the single bytes at which calls of inlined functions have been taken out (`without(_:)`).
  fileprivate func joinedAcrossCalls() -> Self {
    sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
      if let last = joined.last, range.lowerBound - last.upperBound <= 1 {
        joined[joined.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
  }
}
