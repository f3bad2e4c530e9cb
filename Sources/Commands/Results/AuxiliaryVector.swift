package import MachineModel

/// `info auxv`: what the kernel told the program at its start (getauxval(3)).
package struct AuxiliaryVector: CommandResult, Equatable {
  package enum Form: Sendable { case decimal, hexadecimal, string }

  package struct Row: Encodable, Sendable, Equatable {
    package let type: UInt64
    package let value: VirtualAddress
    /// What `value` points to, with its quotes, where it is a string.
    package let string: String?

    private enum CodingKeys: String, CodingKey { case type, name, value, string }
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(AuxiliaryVector.entries[type]?.name, forKey: .name)
      try container.encode(value, forKey: .value)
      try container.encodeIfPresent(string, forKey: .string)
    }
  }
  package let entries: [Row]

  package var text: String {
    entries.map { row in
      let known = Self.entries[row.type]
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

  static func form(of type: UInt64) -> Form? { entries[type]?.form }

  /// `AT_*` of the kernel's `uapi/linux/auxvec.h`, with gdb's words.
  private static let entries: [UInt64: (name: String, meaning: String, form: Form)] = [
    0: ("AT_NULL", "End of vector", .hexadecimal),
    1: ("AT_IGNORE", "Entry should be ignored", .hexadecimal),
    2: ("AT_EXECFD", "File descriptor of program", .decimal),
    3: ("AT_PHDR", "Program headers for program", .hexadecimal),
    4: ("AT_PHENT", "Size of program header entry", .decimal),
    5: ("AT_PHNUM", "Number of program headers", .decimal),
    6: ("AT_PAGESZ", "System page size", .decimal),
    7: ("AT_BASE", "Base address of interpreter", .hexadecimal),
    8: ("AT_FLAGS", "Flags", .hexadecimal),
    9: ("AT_ENTRY", "Entry point of program", .hexadecimal),
    10: ("AT_NOTELF", "Program is not ELF", .decimal),
    11: ("AT_UID", "Real user ID", .decimal),
    12: ("AT_EUID", "Effective user ID", .decimal),
    13: ("AT_GID", "Real group ID", .decimal),
    14: ("AT_EGID", "Effective group ID", .decimal),
    15: ("AT_PLATFORM", "String identifying platform", .string),
    16: ("AT_HWCAP", "Machine-dependent CPU capability hints", .hexadecimal),
    17: ("AT_CLKTCK", "Frequency of times()", .decimal),
    23: ("AT_SECURE", "Boolean, was exec setuid-like?", .decimal),
    24: ("AT_BASE_PLATFORM", "String identifying base platform", .string),
    25: ("AT_RANDOM", "Address of 16 random bytes", .hexadecimal),
    26: ("AT_HWCAP2", "Extension of AT_HWCAP", .hexadecimal),
    31: ("AT_EXECFN", "File name of executable", .string),
    33: ("AT_SYSINFO_EHDR", "System-supplied DSO's ELF header", .hexadecimal),
    51: ("AT_MINSIGSTKSZ", "Minimum stack size for signal delivery", .hexadecimal),
  ]
}
