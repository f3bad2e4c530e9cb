import MachineModel

/// The program's code around the place that is being looked at, read once for several instructions that follow each other. Used
/// up before anybody else could change the code.
struct CodeWindow {
  private static let size = 128
  private static let longestInstruction = 15

  private let memory: ProcessMemory
  private var start = VirtualAddress(0)
  private var bytes: [UInt8] = []

  init(_ memory: ProcessMemory) { self.memory = memory }

  /// The instruction at `address`, as the program has it, if it is a simple one.
  mutating func instruction(at address: VirtualAddress) -> PatchedInstruction? {
    if address < start || address + Self.longestInstruction > start + bytes.count { readAhead(from: address) }
    return bytes.withUnsafeBytes { bytes in
      let offset = Int(address - start)
      guard offset < bytes.count else { return nil }
      return PatchedInstruction(
        UnsafeRawBufferPointer(rebasing: bytes[offset..<min(offset + Self.longestInstruction, bytes.count)]),
        at: address)
    }
  }

  private mutating func readAhead(from address: VirtualAddress) {
    start = address
    bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
      count = memory.read(address, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
