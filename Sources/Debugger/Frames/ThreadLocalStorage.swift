import MachineModel

/// Finds thread-local variables: the dynamic thread vector of the x86-64 TLS ABI ("ELF Handling For
/// Thread-Local Storage", §3.4.2; `tcbhead_t` of glibc: the vector's address stands 8 bytes into the block at fs).
struct ThreadLocalStorage {
  let threadPointer: VirtualAddress
  let memory: any MemoryReader
  /// Images that have a TLS segment, in the order of their loading: their place is their module's number.
  let modules: [Int]

  func address(image: Int, _ offset: UInt64) -> VirtualAddress? {
    guard let index = modules.firstIndex(of: image),
      let vector = try? memory.unsigned(threadPointer + 8 as VirtualAddress, size: 8),
      let block = try? memory.unsigned(VirtualAddress(vector) + 16 * UInt64(index + 1), size: 8),
      // Not allocated so far for this thread (TLS_DTV_UNALLOCATED).
      block != .max, block != 0
    else { return nil }
    return VirtualAddress(block) + offset
  }
}
