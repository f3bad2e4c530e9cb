/// A type of the program, as DWARF describes it (or as an expression makes it up). What it leads to
/// (pointee, members) is looked up when first asked for, so a cycle costs nothing.
/// Belongs to one session: not to be shared between threads.
package final class DataType {
  /// What declared it: `struct`, `class` or `union`.
  package enum Aggregate: Sendable { case structure, `class`, union }
  /// DW_ATE_* of DWARF 5 §7.8, as far as languages use them.
  package enum Encoding: Sendable {
    case boolean, signed, unsigned, signedCharacter, unsignedCharacter, float, complexFloat, utf, address, decimal
    /// A pair of integers (GCC's `_Complex int`).
    case complexInteger
  }
  /// What sort of type it is, with what only that sort has.
  package enum Kind: Equatable, Sendable {
    case void
    case base(Encoding)
    case pointer, reference, rvalueReference, memberPointer
    /// One dimension; a further one is the element's type. nil where the count is unknown (`int a[]`).
    case array(count: UInt64?)
    case aggregate(Aggregate)
    case enumeration(isScoped: Bool)
    /// `target` is what it returns; `parameters` what it takes.
    case function(isVariadic: Bool)
    case typedef, const, volatile, restrict, atomic
    /// `decltype(nullptr)` and other DW_TAG_unspecified_type.
    case unspecified
    /// No type, but asked about as if it were one.
    case namespace
  }

  /// A member of an aggregate, a base class, or a variant part's member.
  package struct Member {
    /// How it belongs to the aggregate.
    package enum Kind: Sendable, Equatable {
      case field
      case base(isVirtual: Bool)
      case staticField
    }
    /// DW_AT_accessibility (DWARF 5 §5.7.6).
    package enum Access: Sendable { case `public`, protected, `private` }
    package let name: String?
    package let kind: Kind
    package let type: DataType
    /// Bytes from the aggregate's start (0 for a static field and for a virtual base, whose place
    /// `locationExpression` computes from the object's address on the stack: DWARF 5 §5.7.3).
    package let offset: UInt64
    package let locationExpression: [UInt8]?
    /// A bit-field: `bitOffset` counts from `offset`'s byte, least significant bit first.
    package let bitSize: UInt64?
    package let bitOffset: UInt64
    package let access: Access
    package let isArtificial: Bool
    /// A static constant's bytes where only the debug information has them (DW_AT_const_value).
    package let constant: [UInt8]?
    package init(
      name: String?, kind: Kind = .field, type: DataType, offset: UInt64, locationExpression: [UInt8]? = nil,
      bitSize: UInt64? = nil, bitOffset: UInt64 = 0, access: Access = .public, isArtificial: Bool = false,
      constant: [UInt8]? = nil
    ) {
      self.name = name
      self.kind = kind
      self.type = type
      self.offset = offset
      self.locationExpression = locationExpression
      self.bitSize = bitSize
      self.bitOffset = bitOffset
      self.access = access
      self.isArtificial = isArtificial
      self.constant = constant
    }
  }
  /// A name that an enumeration gives to a value.
  package struct Enumerator: Sendable {
    /// With its scopes: `zoo::red`, of a scoped enumeration `zoo::Color::red`.
    package let name: String
    /// The value's bits, sign-extended where the enumeration's base is signed.
    package let value: Int64
    package init(name: String, value: Int64) {
      self.name = name
      self.value = value
    }
  }
  /// What a template was instantiated with, a type or a value.
  package struct TemplateArgument {
    package let name: String?
    /// The type argument, or the value argument's type.
    package let type: DataType?
    package let value: Int64?
    /// False for a value, even where it is not said which.
    package let isType: Bool
    package init(name: String?, type: DataType?, value: Int64?, isType: Bool) {
      self.name = name
      self.type = type
      self.value = value
      self.isType = isType
    }
  }
  /// A typedef that a class declares.
  package struct Typedef {
    /// Without the class.
    package let name: String
    package let type: DataType
    package let access: Member.Access
    package init(name: String, type: DataType, access: Member.Access) {
      self.name = name
      self.type = type
      self.access = access
    }
  }
  /// A member function's declaration, for `ptype`.
  package struct Method {
    package let name: String
    package let type: DataType
    /// Those that its source declares: without `this` and what the compiler adds.
    package let parameters: [DataType]
    /// What `this` points to.
    package let isConstant: Bool
    package let isVolatile: Bool
    package let access: Member.Access
    package let isVirtual: Bool
    package let isStatic: Bool
    package let isArtificial: Bool
    /// `= default` in its class, said or implied.
    package let isDefaulted: Bool
    /// As the linker knows it.
    package let linkageName: String?
    /// Its place in its class's table of virtual functions (DW_AT_vtable_elem_location).
    package let virtualIndex: UInt64?
    package init(
      name: String, type: DataType, parameters: [DataType] = [], isConstant: Bool = false, isVolatile: Bool = false,
      access: Member.Access, isVirtual: Bool, isStatic: Bool, isArtificial: Bool, isDefaulted: Bool = false,
      linkageName: String? = nil,
      virtualIndex: UInt64? = nil
    ) {
      self.isDefaulted = isDefaulted
      self.linkageName = linkageName
      self.virtualIndex = virtualIndex
      self.name = name
      self.type = type
      self.parameters = parameters
      self.isConstant = isConstant
      self.isVolatile = isVolatile
      self.access = access
      self.isVirtual = isVirtual
      self.isStatic = isStatic
      self.isArtificial = isArtificial
    }
  }

  /// The part of an aggregate that differs by a discriminant's value: a Rust enum, an Ada variant record
  /// (DWARF 5 §5.7.10). Its members are not among the aggregate's `members`.
  package struct VariantPart {
    /// The members that some discriminants select.
    package struct Variant {
      /// The discriminant's values that select it, their bits sign-extended where their form has a sign; empty:
      /// whatever selects no other.
      package let discriminants: [ClosedRange<Int64>]
      package let members: [Member]
    }
    /// nil where there is but one variant.
    package let discriminant: Member?
    package let variants: [Variant]

    /// The variant that holds while the discriminant has `value`, its bits zero- or sign-extended alike.
    package func variant(selectedBy value: Int64) -> Variant? {
      let unused = Int64(64 - 8 * min(8, max(1, discriminant?.type.byteSize ?? 8)))
      func bits(_ value: Int64) -> Int64 { value << unused }
      return variants.first { $0.discriminants.contains { $0.contains(value) || bits($0.lowerBound) == bits(value) } }
        ?? variants.first { $0.discriminants.isEmpty }
    }
  }

  package let kind: Kind
  /// The qualified name (`zoo::Dog`), without a keyword; nil for an anonymous or derived type.
  package let name: String?
  /// nil where it is not known (an incomplete type). Of a declaration: asks for its definition first.
  package var byteSize: UInt64? { statedSize ?? definition?.byteSize }
  /// True where this is DW_AT_declaration only, and no definition was found. Looks for it when first asked.
  package var isDeclaration: Bool { isDeclared && definition == nil }
  package let language: SourceLanguage?
  /// DW_AT_alignment in bytes (DWARF 5 §5.7): where the source demands more than the type has by itself.
  package var demandedAlignment: UInt64? { statedAlignment ?? definition?.demandedAlignment }
  /// Of an array.
  package let layout: ArrayLayout
  /// Whether functions take a class by a pointer to a copy, where its compiler says (DW_AT_calling_convention, DWARF 5
  /// §5.7.1).
  package var isPassedByReference: Bool? { statedPassing ?? definition?.isPassedByReference }
  private let statedPassing: Bool?
  private let statedSize: UInt64?
  private let statedAlignment: UInt64?
  private let isDeclared: Bool

  /// Pointee, element, underlying type of a typedef, qualifier or enumeration, a function's result; nil: void.
  package private(set) lazy var target: DataType? = resolveTarget()
  /// A member pointer's class.
  package private(set) lazy var containing: DataType? = resolveContaining()
  package private(set) lazy var members: [Member] = definition?.members ?? resolveMembers()
  package private(set) lazy var enumerators: [Enumerator] = definition?.enumerators ?? resolveEnumerators()
  package private(set) lazy var parameters: [DataType] = resolveParameters()
  /// Which parameters of a function of Fortran's take the argument's value, and not its address.
  private lazy var valueParameters: Set<Int> = resolveValueParameters()
  package private(set) lazy var templateArguments: [TemplateArgument] =
    definition?.templateArguments ?? resolveTemplateArguments()
  package private(set) lazy var methods: [Method] = definition?.methods ?? resolveMethods()
  /// Those that a class declares itself.
  package private(set) lazy var typedefs: [Typedef] = definition?.typedefs ?? resolveTypedefs()
  package private(set) lazy var variantPart: VariantPart? = definition?.variantPart ?? resolveVariantPart()
  /// Of a declaration: the whole type, where some unit has it.
  private lazy var definition: DataType? = isDeclared ? resolveDefinition() : nil

  private let resolveDefinition: () -> DataType?
  private let resolveTarget: () -> DataType?
  private let resolveContaining: () -> DataType?
  private let resolveMembers: () -> [Member]
  private let resolveEnumerators: () -> [Enumerator]
  private let resolveParameters: () -> [DataType]
  private let resolveValueParameters: () -> Set<Int>
  private let resolveTemplateArguments: () -> [TemplateArgument]
  private let resolveMethods: () -> [Method]
  private let resolveTypedefs: () -> [Typedef]
  private let resolveVariantPart: () -> VariantPart?

  package init(
    _ kind: Kind, name: String? = nil, byteSize: UInt64? = nil, alignment: UInt64? = nil,
    isDeclaration: Bool = false, language: SourceLanguage? = nil,
    definition: @escaping @autoclosure () -> DataType? = nil,
    target: @escaping @autoclosure () -> DataType? = nil,
    containing: @escaping @autoclosure () -> DataType? = nil,
    members: @escaping @autoclosure () -> [Member] = [],
    enumerators: @escaping @autoclosure () -> [Enumerator] = [],
    parameters: @escaping @autoclosure () -> [DataType] = [],
    valueParameters: @escaping @autoclosure () -> Set<Int> = [],
    templateArguments: @escaping @autoclosure () -> [TemplateArgument] = [],
    methods: @escaping @autoclosure () -> [Method] = [],
    typedefs: @escaping @autoclosure () -> [Typedef] = [],
    variantPart: @escaping @autoclosure () -> VariantPart? = nil,
    layout: ArrayLayout = ArrayLayout(), isPassedByReference: Bool? = nil
  ) {
    statedPassing = isPassedByReference
    self.kind = kind
    self.name = name
    statedSize = byteSize
    statedAlignment = alignment
    isDeclared = isDeclaration
    self.layout = layout
    resolveDefinition = definition
    self.language = language
    resolveTarget = target
    resolveContaining = containing
    resolveMembers = members
    resolveEnumerators = enumerators
    resolveParameters = parameters
    resolveValueParameters = valueParameters
    resolveTemplateArguments = templateArguments
    resolveMethods = methods
    resolveTypedefs = typedefs
    resolveVariantPart = variantPart
  }
}

extension DataType {
  /// True where the argument for a parameter of this function of Fortran's is passed by its address.
  package func takesReference(at index: Int) -> Bool { !valueParameters.contains(index) }
}

/// DW_LANG_* of DWARF 5 §7.12, as far as sdb treats them differently.
package enum SourceLanguage: String, Sendable, Codable {
  case c
  case cpp = "c++"
  case rust, swift, go, python
  case assembler = "asm"
  case d, ada, fortran, other
}
