package import MachineModel

/// `info auxv`: what the kernel told the program at its start (getauxval(3)).
package struct AuxiliaryVector: CommandResult, Equatable {
  /// How an entry's value is written.
  package enum Form: Sendable { case decimal, hexadecimal, string }

  /// One entry, as the kernel gave it.
  package struct Row: Encodable, Sendable, Equatable {
    package let type: UInt64
    package let value: VirtualAddress
    /// What `value` points to, with its quotes, where it is a string.
    package let string: String?

    private enum CodingKeys: String, CodingKey { case type, name, value, string }
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(AuxiliaryVector.entry(type)?.name, forKey: .name)
      try container.encode(value, forKey: .value)
      try container.encodeIfPresent(string, forKey: .string)
    }
  }
  package let entries: [Row]

  package var text: String {
    entries.map { row in
      let known = Self.entry(row.type)
      let value =
        switch known?.form ?? .hexadecimal {
        case .decimal: String(row.value.rawValue)
        case .hexadecimal: row.value.description
        case .string: row.value.description + (row.string.map { " \($0)" } ?? "")
        }
      return padded(String(row.type), 5) + padded(known?.name ?? "???", 20) + " " + padded(known?.meaning ?? "", 30)
        + " " + value
    }.joined(separator: "\n")
  }

  /// How a value of that type is written; nil for a type that is not known.
  static func form(of type: UInt64) -> Form? { entry(type)?.form }

  private static func entry(_ type: UInt64) -> (name: String, meaning: String, form: Form)? {
    AuxiliaryType(rawValue: type).flatMap { entries[$0] }
  }

  /// With gdb's words.
  private static let entries: [AuxiliaryType: (name: String, meaning: String, form: Form)] = [
    .null: ("AT_NULL", "End of vector", .hexadecimal),
    .ignore: ("AT_IGNORE", "Entry should be ignored", .hexadecimal),
    .programDescriptor: ("AT_EXECFD", "File descriptor of program", .decimal),
    .programHeaders: ("AT_PHDR", "Program headers for program", .hexadecimal),
    .programHeaderSize: ("AT_PHENT", "Size of program header entry", .decimal),
    .programHeaderCount: ("AT_PHNUM", "Number of program headers", .decimal),
    .pageSize: ("AT_PAGESZ", "System page size", .decimal),
    .interpreterBase: ("AT_BASE", "Base address of interpreter", .hexadecimal),
    .flags: ("AT_FLAGS", "Flags", .hexadecimal),
    .entryPoint: ("AT_ENTRY", "Entry point of program", .hexadecimal),
    .notElf: ("AT_NOTELF", "Program is not ELF", .decimal),
    .userID: ("AT_UID", "Real user ID", .decimal),
    .effectiveUserID: ("AT_EUID", "Effective user ID", .decimal),
    .groupID: ("AT_GID", "Real group ID", .decimal),
    .effectiveGroupID: ("AT_EGID", "Effective group ID", .decimal),
    .platform: ("AT_PLATFORM", "String identifying platform", .string),
    .hardwareCapabilities: ("AT_HWCAP", "Machine-dependent CPU capability hints", .hexadecimal),
    .clockTicks: ("AT_CLKTCK", "Frequency of times()", .decimal),
    .isSecure: ("AT_SECURE", "Boolean, was exec setuid-like?", .decimal),
    .basePlatform: ("AT_BASE_PLATFORM", "String identifying base platform", .string),
    .random: ("AT_RANDOM", "Address of 16 random bytes", .hexadecimal),
    .moreHardwareCapabilities: ("AT_HWCAP2", "Extension of AT_HWCAP", .hexadecimal),
    .programName: ("AT_EXECFN", "File name of executable", .string),
    .vdso: ("AT_SYSINFO_EHDR", "System-supplied DSO's ELF header", .hexadecimal),
    .smallestSignalStack: ("AT_MINSIGSTKSZ", "Minimum stack size for signal delivery", .hexadecimal),
  ]
}
