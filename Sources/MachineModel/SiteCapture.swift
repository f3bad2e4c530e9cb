/// What is taken along of a thread that comes to a place without stopping there.
package enum SiteCapture: Sendable, Equatable {
  /// The program's result.
  case word(SiteProgram)
  /// The characters at the address that is the program's result, up to a zero.
  case string(SiteProgram)

  /// Strings are cut there.
  package static let longestString = 4096

  /// nil where the program has no result.
  package func take(_ registers: RegisterFile, _ memory: some MemoryReader) -> CapturedValue? {
    switch self {
    case .word(let program): program.evaluate(registers, memory).map(CapturedValue.word)
    case .string(let program):
      program.evaluate(registers, memory).map { address in
        address == 0 ? .null : .string(memory.string(VirtualAddress(address), limit: Self.longestString).bytes)
      }
    }
  }
}

package enum CapturedValue: Sendable, Equatable {
  case word(UInt64)
  case string([UInt8])
  case null
}

/// A thread that has come by, with what was taken along.
package struct SitePassage: Sendable {
  package let address: VirtualAddress
  package let thread: ThreadID
  package let values: [CapturedValue]
  package init(address: VirtualAddress, thread: ThreadID, values: [CapturedValue]) {
    self.address = address
    self.thread = thread
    self.values = values
  }
}
