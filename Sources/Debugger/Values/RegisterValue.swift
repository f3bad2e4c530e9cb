import DebugInfo
import MachineModel

/// Registers as values, by the names that expressions use (`$rip`, `$eax`, `$xmm0`), with gdb's types.
package enum RegisterValue {
  /// nil where there is no register of that name (a convenience variable may have it). One that the frame has
  /// not saved is a value that is optimised out.
  package static func value(named name: String, in source: any ValueSource) -> Value? {
    if let state = StateRegister(name: name) { return state.value(in: source) }
    guard let (number, offset, type) = layout(of: name) else { return nil }
    return Value(
      type: type, location: .register(number), offset: offset, bitField: nil, source: source, loadedBytes: nil)
  }

  /// The name of the register with that DWARF number, for `VariableSnapshot.register`.
  package static func name(ofDWARFNumber number: Int) -> String? {
    VectorRegister(dwarfNumber: number)?.name ?? GeneralRegister(dwarfNumber: number)?.name
  }

  /// The names of all registers, and of their parts.
  static let names: [String] = {
    let roles = ["pc", "sp", "fp", "ps"]
    let halves = ["a", "b", "c", "d"].flatMap { ["e\($0)x", "\($0)x", "\($0)l", "\($0)h"] }
    let pointers = ["si", "di", "bp", "sp"].flatMap { ["e" + $0, $0, $0 + "l"] }
    let numbered = (8...15).flatMap { ["r\($0)d", "r\($0)w", "r\($0)l"] }
    let vectors = (0..<16).map { "xmm\($0)" } + (0..<8).map { "st\($0)" }
    let states = ["mxcsr", "orig_rax", "fctrl", "fstat", "ftag", "fop", "fioff", "fiseg", "fooff", "foseg"]
    return RegisterRow.generalNames + roles + halves + pointers + numbered + vectors + states
  }()

  /// By name, those that gdb gives to the ones with a role among them.
  private static let dwarfNumbers: [String: Int] = {
    let roles: [(String, GeneralRegister)] = [("pc", .rip), ("sp", .rsp), ("fp", .rbp), ("ps", .eflags)]
    let all = GeneralRegister.allCases.map { ($0.name, $0) } + roles
    return Dictionary(
      uniqueKeysWithValues: all.compactMap { name, register in register.dwarfNumber.map { (name, $0) } })
  }()

  /// DWARF number, bytes from the register's start, and type.
  private static func layout(of name: String) -> (Int, UInt64, DataType)? {
    if let number = dwarfNumbers[name] { return (number, 0, wholeType(number)) }
    if let part = partialRegister(name) { return part }
    guard let register = VectorRegister(name: name) else { return nil }
    return switch register {
    case .xmm: (register.dwarfNumber, 0, vector)
    case .x87: (register.dwarfNumber, 0, DataType(.base(.float), name: "i387_ext", byteSize: 10))
    }
  }

  private static func wholeType(_ number: Int) -> DataType {
    switch number {
    case 16: .pointer(to: DataType(.function(isVariadic: true), byteSize: 1, target: .void))
    case 6, 7: .pointer(to: .void)
    case 49: DataType(.base(.unsigned), name: flagsName, byteSize: 4)
    case 50...55: DataType(.base(.signed), name: "int32_t", byteSize: 4)
    case 58, 59: .long
    default: DataType(.base(.signed), name: "int64_t", byteSize: 8)
    }
  }

  /// `eax`, `ax`, `al`, `ah`, `r8d`, `r8w`, `r8l`, `sil`…
  private static func partialRegister(_ name: String) -> (Int, UInt64, DataType)? {
    func signed(_ size: UInt64) -> DataType {
      DataType(.base(.signed), name: "int\(size * 8)_t", byteSize: size)
    }
    if let number = dwarfNumbers["r" + name.dropFirst()], name.hasPrefix("e"), number < 8 {
      return (number, 0, signed(4))
    }
    if name.count == 2, let number = dwarfNumbers["r" + name], number < 8 { return (number, 0, signed(2)) }
    if name.hasSuffix("h"), name.count == 2, let number = dwarfNumbers["r\(name.prefix(1))x"] {
      return (number, 1, signed(1))
    }
    guard let last = name.last else { return nil }
    let stem = String(name.dropLast())
    if last == "l" {
      if let number = dwarfNumbers["r\(stem)x"] ?? dwarfNumbers["r\(stem)"], number < 8, stem.count < 3 {
        return (number, 0, signed(1))
      }
    }
    guard let number = dwarfNumbers[stem], (8...15).contains(number) else { return nil }
    switch last {
    case "d": return (number, 0, signed(4))
    case "w": return (number, 0, signed(2))
    case "l", "b": return (number, 0, signed(1))
    default: return nil
    }
  }

  // MARK: Vectors

  private static var vector: DataType { vector(name: "vec128", size: 16) }

  /// gdb's view of a vector register: its bytes as every vector that they may be.
  static func vector(name: String, size: UInt64) -> DataType {
    func member(_ kind: String, _ element: DataType) -> DataType.Member {
      let count = size / max(1, element.size ?? size)
      return .init(name: "v\(count)_\(kind)", type: .array(of: element, count: count), offset: 0)
    }
    func signed(_ size: UInt64) -> DataType { DataType(.base(.signed), name: "int\(size * 8)_t", byteSize: size) }
    func float(_ name: String, _ size: UInt64) -> DataType { DataType(.base(.float), name: name, byteSize: size) }
    let whole: DataType.Member =
      size == 16
      ? .init(name: "uint128", type: DataType(.base(.unsigned), name: "uint128_t", byteSize: 16), offset: 0)
      : member("int128", signed(16))
    return DataType(
      .aggregate(.union), name: name, byteSize: size,
      members: [
        member("bfloat16", float("bfloat16", 2)), member("half", float("half", 2)), member("float", float("float", 4)),
        member("double", float("double", 8)), member("int8", signed(1)), member("int16", signed(2)),
        member("int32", signed(4)), member("int64", signed(8)), whole,
      ])
  }

  // MARK: Flags

  private static let flagsName = "i386_eflags"
  /// Bits of EFLAGS (Intel SDM volume 1, §3.4.3); bit 1 is always set and has no name.
  private static let flags: [(bit: Int, name: String)] = [
    (0, "CF"), (1, ""), (2, "PF"), (4, "AF"), (6, "ZF"), (7, "SF"), (8, "TF"), (9, "IF"), (10, "DF"), (11, "OF"),
    (14, "NT"), (16, "RF"), (17, "VM"), (18, "AC"), (19, "VIF"), (20, "VIP"), (21, "ID"),
  ]

  static let statusName = "i386_mxcsr"
  /// Bits of MXCSR (Intel SDM volume 1, §10.2.3).
  private static let statusFlags: [(bit: Int, name: String)] = [
    (0, "IE"), (1, "DE"), (2, "ZE"), (3, "OE"), (4, "UE"), (5, "PE"), (6, "DAZ"), (7, "IM"), (8, "DM"), (9, "ZM"),
    (10, "OM"), (11, "UM"), (12, "PM"), (15, "FZ"),
  ]

  /// `[ ZF PF ]` of a register of flags; nil for another type.
  static func flagsText(_ bits: IntegerBits, _ type: DataType) -> String? {
    let known: [(bit: Int, name: String)]
    switch type.name {
    case flagsName: known = flags
    case statusName: known = statusFlags
    default: return nil
    }
    let names = known.filter { bits.bits >> UInt128($0.bit) & 1 == 1 }.map(\.name)
    return "[ " + names.map { $0.isEmpty ? "" : $0 + " " }.joined() + "]"
  }
}
