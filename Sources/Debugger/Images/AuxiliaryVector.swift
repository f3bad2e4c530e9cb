import MachineModel

/// The auxiliary vector's entries that tell where the kernel put things (getauxval(3)).
struct AuxiliaryVector {
  private let values: [UInt64: UInt64]
  init(_ entries: [(type: UInt64, value: UInt64)]) {
    values = Dictionary(entries.map { ($0.type, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
  /// AT_ENTRY: the program's entry point, wherever the interpreter's is.
  var entryPoint: VirtualAddress? { values[9].map(VirtualAddress.init) }
  /// AT_BASE: where the interpreter was mapped; 0 for a static program.
  var interpreterBase: VirtualAddress? { values[7].flatMap { $0 == 0 ? nil : VirtualAddress($0) } }
  /// AT_SYSINFO_EHDR: the vDSO's ELF header.
  var vdso: VirtualAddress? { values[33].map(VirtualAddress.init) }
}
