import CDw

/// The abbreviations of a unit (DWARF 5 §7.5.3), compiled for the index: of each, what its entries mean to it, where the
/// attributes that it reads stand, and how to get past the others.
final class AbbreviationTable {
  /// What an entry means to the index.
  enum Role: UInt8 {
    /// Nothing, and nothing below does.
    case other
    /// A unit, or a block of code: what is below may count.
    case container
    case function
    case inlined
    case variable
    /// A class's data member: where a static one is declared, whose definition has no name of its own.
    case member
    /// A structure, class, union, enumeration or interface.
    case aggregate
    /// A typedef, base type or unspecified type.
    case plainType
    case enumerator
    case namespace
  }

  struct Traits: OptionSet {
    let rawValue: UInt8
    static let hasChildren = Traits(rawValue: 1)
    /// DW_AT_low_pc or DW_AT_ranges.
    static let hasCode = Traits(rawValue: 2)
    /// DW_AT_location or DW_AT_const_value.
    static let hasLocation = Traits(rawValue: 4)
    static let isDeclaration = Traits(rawValue: 8)
  }

  struct Abbreviation {
    /// 0: the table has no such code.
    fileprivate(set) var tag: UInt16 = 0
    fileprivate(set) var role = Role.other
    fileprivate(set) var traits: Traits = []
    fileprivate(set) var firstStep: Int32 = 0
    fileprivate(set) var stepCount: Int32 = 0
    /// All bytes of an entry, where they are always as many and none is read; else negative.
    fileprivate(set) var size: Int32 = -1
  }

  /// The values that are read.
  enum Slot: UInt8 {
    case none, name, linkageName, origin, sibling
  }

  /// One or several attributes to get past; where the value is read, one.
  struct Step {
    let extent: AttributeForm.Extent
    let slot: Slot
    let form: UInt16
  }

  let encoding: UnitEncoding
  /// By code; there is no number 0.
  let abbreviations: UnsafeBufferPointer<Abbreviation>
  let steps: UnsafeBufferPointer<Step>

  /// Compilers count from 1. A table of higher codes, or of longer lists, is damaged or none of theirs.
  private static let highestCode = 1 << 16
  private static let mostSteps = 1 << 20

  /// nil where the table is damaged, or uses a form that is unknown here.
  init?(_ section: UnsafeRawBufferPointer, at offset: UInt64, encoding: UnitEncoding) {
    guard var cursor = ByteCursor(section, at: offset) else { return nil }
    var compiler = Compiler(encoding: encoding)
    while true {
      let code = cursor.leb()
      guard !cursor.isDamaged, code <= UInt64(Self.highestCode), compiler.steps.count <= Self.mostSteps else {
        return nil
      }
      if code == 0 { break }
      guard compiler.add(&cursor, code: Int(code)) else { return nil }
    }
    self.encoding = encoding
    // Read millions of times: plain memory costs no check of exclusive access and no count of references.
    abbreviations = Self.copy(compiler.abbreviations)
    steps = Self.copy(compiler.steps)
  }

  deinit {
    abbreviations.deallocate()
    steps.deallocate()
  }

  private static func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return UnsafeBufferPointer(copy)
  }
}

/// Makes a table while its section is read.
private struct Compiler {
  typealias Abbreviation = AbbreviationTable.Abbreviation
  typealias Step = AbbreviationTable.Step
  let encoding: UnitEncoding
  var abbreviations = [Abbreviation()]
  var steps: [Step] = []

  /// False where the data is damaged, or a form is unknown.
  mutating func add(_ cursor: inout ByteCursor, code: Int) -> Bool {
    guard let abbreviation = compile(&cursor) else { return false }
    while abbreviations.count <= code { abbreviations.append(Abbreviation()) }
    abbreviations[code] = abbreviation
    return true
  }

  private mutating func compile(_ cursor: inout ByteCursor) -> Abbreviation? {
    var result = Abbreviation()
    let tag = cursor.leb()
    result.tag = UInt16(truncatingIfNeeded: tag)
    result.role = AbbreviationTable.Role(tag: Int(result.tag))
    if cursor.read(UInt8.self) != 0 { result.traits.insert(.hasChildren) }
    let first = steps.count
    while !cursor.isDamaged {
      let name = cursor.leb()
      let form = cursor.leb()
      if form == UInt64(DW_FORM_implicit_const) { cursor.skipLEB() }
      if name == 0, form == 0 { break }
      let extent = AttributeForm(code: Int(truncatingIfNeeded: form)).extent(in: encoding)
      guard extent != .unknown else { return nil }
      let slot = note(Int(truncatingIfNeeded: name), of: &result)
      if slot == .none, case .bytes(let more) = extent, steps.count > first, let last = steps.last, last.slot == .none,
        case .bytes(let count) = last.extent
      {
        steps[steps.count - 1] = Step(extent: .bytes(count + more), slot: .none, form: 0)
      } else {
        steps.append(Step(extent: extent, slot: slot, form: UInt16(truncatingIfNeeded: form)))
      }
    }
    result.firstStep = Int32(truncatingIfNeeded: first)
    result.stepCount = Int32(truncatingIfNeeded: steps.count - first)
    let own = steps[first...]
    if own.isEmpty { result.size = 0 }
    if own.count == 1, let only = own.first, only.slot == .none, case .bytes(let count) = only.extent {
      result.size = Int32(truncatingIfNeeded: count)
    }
    return cursor.isDamaged ? nil : result
  }

  /// Takes down what an attribute's presence says; answers where its value belongs.
  private func note(_ attribute: Int, of abbreviation: inout Abbreviation) -> AbbreviationTable.Slot {
    switch attribute {
    case DW_AT_low_pc, DW_AT_ranges: abbreviation.traits.insert(.hasCode)
    case DW_AT_location, DW_AT_const_value: abbreviation.traits.insert(.hasLocation)
    case DW_AT_declaration: abbreviation.traits.insert(.isDeclaration)
    case DW_AT_sibling: return .sibling
    case DW_AT_name where abbreviation.role.isNamed: return .name
    case DW_AT_linkage_name where abbreviation.role.isNamed: return .linkageName
    case DW_AT_MIPS_linkage_name where abbreviation.role.isNamed: return .linkageName
    case DW_AT_specification where abbreviation.role.isNamed: return .origin
    case DW_AT_abstract_origin where abbreviation.role.isNamed: return .origin
    default: break
    }
    return .none
  }
}

extension AbbreviationTable.Role {
  fileprivate init(tag: Int) {
    self =
      switch tag {
      case DW_TAG_compile_unit, DW_TAG_partial_unit, DW_TAG_type_unit, DW_TAG_lexical_block, DW_TAG_try_block,
        DW_TAG_catch_block:
        .container
      case DW_TAG_subprogram: .function
      case DW_TAG_inlined_subroutine: .inlined
      case DW_TAG_variable: .variable
      case DW_TAG_member: .member
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type,
        DW_TAG_interface_type:
        .aggregate
      case DW_TAG_typedef, DW_TAG_base_type, DW_TAG_unspecified_type: .plainType
      case DW_TAG_enumerator: .enumerator
      case DW_TAG_namespace, DW_TAG_module: .namespace
      default: .other
      }
  }

  fileprivate var isNamed: Bool { self != .other && self != .container }
}
