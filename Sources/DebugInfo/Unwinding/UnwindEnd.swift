package import MachineModel

/// Why there is no further frame.
package enum UnwindEnd: Error, Sendable, Equatable {
  /// The outermost frame (its return address is undefined, or zero).
  case outermost
  /// The stack could not be read there.
  case unreadable(VirtualAddress)
  /// The caller would be the same frame again, or below it.
  case cycle
  /// No CFI, and no frame pointer that leads on.
  case noUnwindInformation(VirtualAddress)
  case damaged(String)
}
