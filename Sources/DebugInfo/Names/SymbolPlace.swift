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
      if depth == 0 { found += nested(path[function], image).map { [$0] } ?? [] }
      var own = variables.filter { $0.blockDepth == depth }.map(\.entry)
      for entry in Self.declarations(in: path[function + depth]) {
        if let index = own.firstIndex(where: { $0.id == entry.id }) {
          found += place(of: own.remove(at: index), text, inScope: true).map { [$0] } ?? []
        } else {
          found += declared(entry, image)
        }
      }
      found += own.compactMap { place(of: $0, text, inScope: true) }
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
    if let bytes = entry.attribute(DW_AT_const_value).flatMap({ ProgramSymbols.constantBytes($0, size: size) }) {
      let listed = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      return SymbolPlace(name: name, place: inScope ? "constant bytes:  " + listed : "constant", size: size ?? 0)
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
    // Parameters are known by the linkage name alone.
    let full = copy.language == .cpp ? copy.linkageName.map { _ in copy.functionName.full } ?? copy.qualifiedName : nil
    let name = full ?? copy.name ?? ""
    return SymbolPlace(name: name, place: "a function at address \(address)", size: 1)
  }

  /// A function that another declares in its body is among its own names, too.
  private func nested(_ function: DIE, _ image: LoadedImage) -> SymbolPlace? {
    guard function.language == .cpp, function.tag == DW_TAG_subprogram, function.isInFunction,
      let name = function.qualifiedName, let start = function.entryPC
    else { return nil }
    let address = image.virtualAddress(ImageAddress(start))
    return SymbolPlace(name: name + function.parameterList, place: "a function at address \(address)", size: 1)
  }

  /// Labels with code, and local types and enumerators: those inside of a type before it.
  private func declared(_ entry: DIE, _ image: LoadedImage, depth: Int = 0) -> [SymbolPlace] {
    switch entry.tag {
    case DW_TAG_label:
      guard let name = entry.name, let address = entry.address(DW_AT_low_pc) else { return [] }
      let place = "a label at address \(image.virtualAddress(ImageAddress(address)))"
      return [SymbolPlace(name: name, place: place, size: 8)]
    case DW_TAG_typedef: return [typedef(entry)].compactMap(\.self)
    case DW_TAG_enumeration_type:
      let type = types.type(entry)
      let enumerators = type.enumerators.map { enumerator in
        let bits = hexadecimal(UInt64(bitPattern: enumerator.value))
        return SymbolPlace(
          name: enumerator.name, place: "a constant with value \(enumerator.value) (\(bits))",
          size: type.definedSize ?? 0)
      }
      return enumerators + (entry.language == .cpp ? [typedef(entry)].compactMap(\.self) : [])
    case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type:
      guard entry.language == .cpp, depth < 8 else { return [] }
      return entry.children.flatMap { declared($0, image, depth: depth + 1) } + [typedef(entry)].compactMap(\.self)
    default: return []
    }
  }

  private func typedef(_ entry: DIE) -> SymbolPlace? {
    entry.name.flatMap { _ in entry.qualifiedName }.map { SymbolPlace(name: $0, place: "a typedef", size: nil) }
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
