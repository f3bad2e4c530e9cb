import DebugInfo
import MachineModel

/// Registers as values, by the names that expressions use (`$rip`, `$eax`, `$xmm0`).
package enum RegisterValue {
  /// nil where there is no register of that name (a convenience variable may have it).
  package static func value(named name: String, in source: any ValueSource) -> Value? { nil }
  /// The name of the register with that DWARF number, for `VariableSnapshot.register`.
  package static func name(ofDWARFNumber number: Int) -> String? {
    switch number {
    case 17...32: "xmm\(number - 17)"
    case 33...40: "st\(number - 33)"
    default: GeneralRegister(dwarfNumber: number)?.name
    }
  }
}
