import CDw
import Elf
package import MachineModel

/// A name of a scope, and where what it stands for is, in words.
package struct SymbolPlace: Sendable, Equatable {
  package let name: String
  /// `a variable in $rax`, `static storage at address 0x4014`, `optimized out`.
  package let place: String
  /// In bytes; nil where it makes no sense.
  package let size: UInt64?
  package init(name: String, place: String, size: UInt64?) {
    self.name = name
    self.place = place
    self.size = size
  }
}

extension ProgramSymbols {
  /// Everything that is declared in the blocks at an address, the innermost first, up to the function's own (of
  /// inlined code: the inlined function's).
  package func places(inScopeAt address: VirtualAddress) -> [SymbolPlace] {
    guard let image = loadedImage(at: address),
      let path = CodePlace(image, image.imageAddress(address))?.blocks(),
      let function = path.lastIndex(where: \.isFunction)
    else { return [] }
    let text = LocationText(image, function: path.first)
    let pc = image.imageAddress(address).rawValue
    var found = path[function].tag == DW_TAG_inlined_subroutine ? [inlined(path[function], image)] : []
    let variables = VariableWalk.variables(in: path[function], at: pc)
    for depth in (0..<(path.count - function)).reversed() {
      found += variables.filter { $0.blockDepth == depth }.compactMap { place(of: $0.entry, text, inScope: true) }
      found += Self.declarations(in: path[function + depth]).compactMap { declared($0, image) }
    }
    return found
  }

  /// A variable's place; nil where nothing is known of it.
  package func place(of variable: Variable) -> SymbolPlace? {
    guard let entry = entry(variable.entry), let image = loadedImage(variable.entry.image) else { return nil }
    var function = entry.parent
    while let outer = function, outer.tag != DW_TAG_subprogram { function = outer.parent }
    return place(of: entry, LocationText(image, function: function), inScope: false).map {
      SymbolPlace(name: variable.name, place: $0.place, size: $0.size)
    }
  }

  private func place(of entry: DIE, _ text: LocationText, inScope: Bool) -> SymbolPlace? {
    guard let name = entry.name else { return nil }
    let size = types.type(of: entry).flatMap { $0.definedSize }
    if let place = text.text(of: entry), place != "optimized out" {
      let isStatic = inScope && place.hasPrefix("static storage")
      return SymbolPlace(name: name, place: isStatic ? "in " + place : place, size: size ?? 0)
    }
    if let constant = entry.attribute(DW_AT_const_value)?.constant {
      let words =
        inScope ? "a constant with value \(constant) (\(hexadecimal(UInt64(bitPattern: constant))))" : "constant"
      return SymbolPlace(name: name, place: words, size: size ?? 0)
    }
    return SymbolPlace(name: name, place: "optimized out", size: nil)
  }

  /// A block's children, and those of its abstract instance that it has no copies of.
  private static func declarations(in block: DIE) -> [DIE] {
    let own = Array(block.children)
    guard let origin = block.origin else { return own }
    let copied = Set(own.compactMap { $0.origin?.id })
    return own + origin.children.filter { !copied.contains($0.id) }
  }

  /// gdb counts an inlined function among its own names.
  private func inlined(_ copy: DIE, _ image: LoadedImage) -> SymbolPlace {
    let address = image.virtualAddress(ImageAddress(copy.entryPC ?? 0))
    return SymbolPlace(name: copy.name ?? "", place: "a function at address \(address)", size: 1)
  }

  /// Labels with code, and local types.
  private func declared(_ entry: DIE, _ image: LoadedImage) -> SymbolPlace? {
    guard let name = entry.name else { return nil }
    switch entry.tag {
    case DW_TAG_label:
      guard let address = entry.address(DW_AT_low_pc) else { return nil }
      let place = "a label at address \(image.virtualAddress(ImageAddress(address)))"
      return SymbolPlace(name: name, place: place, size: 8)
    case DW_TAG_typedef: return SymbolPlace(name: name, place: "a typedef", size: nil)
    case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type:
      return entry.language == .cpp ? SymbolPlace(name: name, place: "a typedef", size: nil) : nil
    default: return nil
    }
  }

  /// The section that an address is in: `.text`; nil where the image has none there.
  package func section(at address: VirtualAddress) -> String? {
    guard let image = loadedImage(at: address) else { return nil }
    let place = image.imageAddress(address).rawValue
    return image.elf.sections.first { section in
      // Of thread-local storage only the initial image has an address.
      let start = section.address.rawValue
      return start != 0 && start <= place && place - start < section.size && section.name != ".tbss"
    }?.name
  }
}

extension DataType {
  /// Through typedefs and qualifiers; an array's of unknown count is 0.
  fileprivate var definedSize: UInt64? {
    var type = self
    for _ in 0..<64 {
      if let size = type.byteSize { return size }
      guard [.typedef, .const, .volatile, .restrict, .atomic].contains(type.kind), let target = type.target else {
        break
      }
      type = target
    }
    return type.kind == .pointer || type.kind == .reference || type.kind == .rvalueReference ? 8 : nil
  }
}
