import Elf
import MachineModel

/// What an image's reflection sections tell of its own types: the stored properties of structures and classes, the
/// cases of enumerations. Read from the file; the layout of the sections is part of Swift's stable ABI (the Swift
/// repository's docs/ABI and include/swift/RemoteInspection/Records.h).
struct SwiftReflection {
  struct Description {
    enum Kind: UInt16 { case structure, `class`, enumeration, multiPayloadEnumeration }
    let kind: Kind
    let superclass: SwiftTypeName?
    let fields: [Field]
  }
  /// A stored property, or a case.
  struct Field {
    let name: String
    /// nil for a case without values; `.other` where the name is one that is not understood.
    let type: SwiftTypeName?
    let isIndirect: Bool
  }

  /// By name (`zoo.Dog`): where the descriptor is, and how many fields it has.
  private var descriptors: [String: (address: UInt64, fieldCount: UInt32)] = [:]
  private let elf: ElfFile
  /// By the address of a pointer that the loader sets: the type of another image that it leads to, as it is mangled.
  private let imported: [UInt64: String]

  /// Descriptors that are read at most, and fields of each.
  private static let limit = 1 << 16
  private static let fieldLimit: UInt32 = 4096

  /// Costs a look at the name of each type that the image has.
  init(_ elf: ElfFile) {
    self.elf = elf
    imported = elf.section("swift5_fieldmd") == nil ? [:] : Self.importedTypes(of: elf)
    guard let section = elf.section("swift5_fieldmd") else { return }
    var at = section.address.rawValue
    let end = at &+ section.size
    while at < end, descriptors.count < Self.limit, let count = word(at &+ 12), count <= Self.fieldLimit {
      if case .nominal(let name, _)? = typeName(at) { descriptors[name] = (at, count) }
      // A descriptor's header has 16 bytes, a field 12.
      at &+= 16 + 12 * UInt64(count)
    }
  }

  /// nil where the image has no such type, or says of it what is not understood.
  func description(of name: String) -> Description? {
    guard let (at, count) = descriptors[name], let kind = half(at &+ 8).flatMap(Description.Kind.init),
      half(at &+ 10) == 12
    else {
      return nil
    }
    let fields = (0..<UInt64(count)).compactMap { index -> Field? in
      let record = at &+ 16 &+ 12 * index
      guard let flags = word(record), let name = relative(record &+ 8).flatMap(string) else { return nil }
      let hasType = word(record &+ 4) != 0
      return Field(
        name: name, type: hasType ? typeName(record &+ 4) ?? .other("?") : nil, isIndirect: flags & 1 == 1)
    }
    guard fields.count == count else { return nil }
    return Description(kind: kind, superclass: word(at &+ 4) == 0 ? nil : typeName(at &+ 4), fields: fields)
  }

  // MARK: Names

  /// The type that a relative pointer's mangled name stands for; nil where it refers to what the file does not have.
  private func typeName(_ pointer: UInt64) -> SwiftTypeName? {
    guard let start = relative(pointer), let mangled = mangledName(at: start),
      let demangled = Demangler.demangle("$s" + mangled + "D")?.full
    else { return nil }
    return SwiftTypeName(demangled)
  }

  /// With what stands for nominal types of the image (docs/ABI/Mangling.rst, symbolic references) spelled out.
  private func mangledName(at start: UInt64) -> String? {
    var bytes: [UInt8] = []
    var at = start
    while bytes.count < 1024, let byte = byte(at) {
      switch byte {
      case 0: return String(decoding: bytes, as: UTF8.self)
      case 1, 2:
        // To the type's descriptor, or to a pointer to it.
        guard let target = relative(at &+ 1),
          let name = byte == 1 ? mangledContext(target, depth: 0) : imported[target]
        else { return nil }
        bytes += name.utf8
        at &+= 5
      case 3...0x1f: return nil
      default:
        bytes.append(byte)
        at &+= 1
      }
    }
    return nil
  }

  /// A nominal type's context as it is mangled in full: `4main5PointV`. Context descriptors begin with flags, their
  /// parent, and for all but extensions their name (include/swift/ABI/Metadata.h).
  private func mangledContext(_ address: UInt64, depth: Int) -> String? {
    guard depth < 16, let flags = word(address), let name = relative(address &+ 8).flatMap(string), !name.isEmpty else {
      return nil
    }
    // An identifier of ASCII letters; others are Punycode.
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let identifier = "\(name.utf8.count)\(name)"
    let suffix: String
    switch flags & 0x1f {
    case 0: return name == "Swift" ? "s" : identifier
    case 16: suffix = "C"
    case 17: suffix = "V"
    case 18: suffix = "O"
    default: return nil
    }
    // Of a type in another image the parent is reached through a pointer.
    guard let offset = word(address &+ 4), offset & 1 == 0, let parent = relative(address &+ 4) else { return nil }
    return mangledContext(parent, depth: depth + 1).map { $0 + identifier + suffix }
  }

  /// From the relocations against symbols of nominal type descriptors: `$ss4Int8VMn` names `s4Int8V`.
  private static func importedTypes(of elf: ElfFile) -> [UInt64: String] {
    guard let relocations = elf.section(".rela.dyn").flatMap(elf.contents), let symbols = elf.section(".dynsym"),
      let names = elf.section(".dynstr")
    else { return [:] }
    var found: [UInt64: String] = [:]
    // elf(5): Elf64_Rela and Elf64_Sym have 24 bytes each.
    for at in stride(from: 0, to: relocations.count - 23, by: 24) {
      let slot = relocations.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let symbol = relocations.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self) >> 32
      guard symbol != 0, symbol < symbols.size / 24,
        let offset = elf.mapping.load(symbols.offset.rawValue &+ symbol * 24, as: UInt32.self),
        let name = elf.mapping.string(
          at: names.offset.rawValue &+ UInt64(offset), end: names.offset.rawValue &+ names.size),
        name.hasPrefix("$s"), name.hasSuffix("Mn")
      else { continue }
      found[slot] = String(name.dropFirst(2).dropLast(2))
    }
    return found
  }

  // MARK: The file

  private func load<Value: BitwiseCopyable>(_ address: UInt64, as: Value.Type) -> Value? {
    elf.offset(of: ImageAddress(address)).flatMap { elf.mapping.load($0.rawValue) }
  }
  private func byte(_ address: UInt64) -> UInt8? { load(address, as: UInt8.self) }
  private func half(_ address: UInt64) -> UInt16? { load(address, as: UInt16.self) }
  private func word(_ address: UInt64) -> UInt32? { load(address, as: UInt32.self) }
  /// Where a pointer leads that counts from its own place; nil for one that leads nowhere.
  private func relative(_ address: UInt64) -> UInt64? {
    guard let offset = load(address, as: Int32.self), offset != 0 else { return nil }
    return address &+ UInt64(bitPattern: Int64(offset))
  }
  private func string(_ address: UInt64) -> String? {
    guard let start = elf.offset(of: ImageAddress(address))?.rawValue else { return nil }
    return elf.mapping.string(at: start, end: start &+ 1024)
  }
}
