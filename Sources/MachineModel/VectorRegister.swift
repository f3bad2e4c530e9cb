/// A floating-point or vector register, by its DWARF number (System V psABI for AMD64, figure 3.36).
package enum VectorRegister: Hashable, Sendable {
  /// `%xmm0` … `%xmm15`: 17…32.
  case xmm(Int)
  /// `%st0` … `%st7`: 33…40.
  case x87(Int)

  /// nil for a general register, and for those that are not supported.
  package init?(dwarfNumber: Int) {
    switch dwarfNumber {
    case 17...32: self = .xmm(dwarfNumber - 17)
    case 33...40: self = .x87(dwarfNumber - 33)
    default: return nil
    }
  }

  /// `xmm0`, `st0`.
  package init?(name: String) {
    guard let found = (17...40).lazy.compactMap(Self.init(dwarfNumber:)).first(where: { $0.name == name }) else {
      return nil
    }
    self = found
  }

  package var dwarfNumber: Int {
    switch self {
    case .xmm(let number): 17 + number
    case .x87(let number): 33 + number
    }
  }

  package var name: String {
    switch self {
    case .xmm(let number): "xmm\(number)"
    case .x87(let number): "st\(number)"
    }
  }
}
