/// What an entry of the auxiliary vector tells: the `AT_*` of the kernel's `uapi/linux/auxvec.h` (getauxval(3)).
package enum AuxiliaryType: UInt64, CaseIterable, Sendable {
  case null = 0
  case ignore = 1
  case programDescriptor = 2
  case programHeaders = 3
  case programHeaderSize = 4
  case programHeaderCount = 5
  case pageSize = 6
  /// Where the interpreter was mapped; 0 for a static program.
  case interpreterBase = 7
  case flags = 8
  /// The program's entry point, wherever the interpreter's is.
  case entryPoint = 9
  case notElf = 10
  case userID = 11
  case effectiveUserID = 12
  case groupID = 13
  case effectiveGroupID = 14
  case platform = 15
  case hardwareCapabilities = 16
  case clockTicks = 17
  case isSecure = 23
  case basePlatform = 24
  case random = 25
  case moreHardwareCapabilities = 26
  case programName = 31
  /// The vDSO's ELF header (vdso(7)).
  case vdso = 33
  case smallestSignalStack = 51
}
