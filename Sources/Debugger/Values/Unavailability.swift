package import MachineModel

/// Why a value, or a part of it, cannot be had.
package enum Unavailability: Error, Sendable, Equatable {
  /// The compiler kept it nowhere.
  case optimizedOut
  /// A pointer that exists only in the debug information (DW_OP_implicit_pointer).
  case syntheticPointer
  /// The first byte that cannot be read.
  case memory(VirtualAddress)
  /// A type whose size is not known.
  case incompleteType
  /// Anything else, in words ("register rdi is not saved in this frame").
  case reason(String)

  /// As an expression's error reads.
  package var message: String {
    switch self {
    case .optimizedOut: "value has been optimized out"
    case .syntheticPointer: "cannot access the target of a synthetic pointer"
    case .memory(let address): "Cannot access memory at address \(address)"
    case .incompleteType: "The value is of an incomplete type."
    case .reason(let reason): reason
    }
  }

  /// As it stands in place of the value: `<optimized out>`, `<error: …>`.
  package var placeholder: String {
    switch self {
    case .optimizedOut: "<optimized out>"
    case .syntheticPointer: "<synthetic pointer>"
    case .incompleteType: "<incomplete type>"
    case .memory, .reason: "<error: \(message)>"
    }
  }
}
