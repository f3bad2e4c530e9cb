import MachineModel

/// Where the kernel put things, by the auxiliary vector (getauxval(3)).
struct LaunchAddresses: Equatable {
  private let values: [UInt64: UInt64]
  init(_ entries: [(type: UInt64, value: UInt64)]) {
    values = Dictionary(entries.map { ($0.type, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
  /// The program's entry point, wherever the interpreter's is.
  var entryPoint: VirtualAddress? { address(.entryPoint) }
  /// Where the interpreter was mapped; 0 for a static program.
  var interpreterBase: VirtualAddress? { address(.interpreterBase).flatMap { $0.rawValue == 0 ? nil : $0 } }
  /// The vDSO's ELF header.
  var vdso: VirtualAddress? { address(.vdso) }

  private func address(_ type: AuxiliaryType) -> VirtualAddress? { values[type.rawValue].map(VirtualAddress.init) }
}
