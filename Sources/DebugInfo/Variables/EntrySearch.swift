import CDw
import MachineModel

/// Entries by name.
extension ProgramSymbols {
  enum EntryKind { case type, variable }

  /// The entries of that (partly) qualified name; those of the unit and image of `address` first.
  func entries(_ kind: EntryKind, named name: String, near address: VirtualAddress?) -> [DIE] {
    let near = address.flatMap(loadedImage)
    let images = loadedImages.filter { $0.number == near?.number } + loadedImages.filter { $0.number != near?.number }
    return images.flatMap { image -> [DIE] in
      guard let dwarf = image.dwarf else { return [] }
      let home = image.number == near?.number ? address.flatMap { unit(at: $0) }?.offset : nil
      let units = dwarf.units()
      let ordered = units.filter { $0.offset == home } + units.filter { $0.offset != home }
      return ordered.flatMap { search($0, kind, name: name) }
    }
  }

  /// The unit that covers an address.
  func unit(at address: VirtualAddress) -> DIE? {
    guard let image = loadedImage(at: address), let dwarf = image.dwarf else { return nil }
    var raw = Dwarf_Die()
    guard dwarf_addrdie(dwarf.handle, image.imageAddress(address).rawValue, &raw) != nil else { return nil }
    return DIE(dwarf, raw)
  }

  /// The definition of a type that `entry` only declares, in any image.
  func definition(ofType entry: DIE) -> DIE? {
    guard let name = entry.scopedName else { return nil }
    return entries(.type, named: name, near: nil).first { $0.tag == entry.tag && !$0.isDeclaration }
  }

  private func search(_ unit: DIE, _ kind: EntryKind, name: String) -> [DIE] {
    let last = name.split(separator: ":").last.map(String.init) ?? name
    var found: [DIE] = []
    var pending = [unit]
    while let scope = pending.popLast() {
      for child in scope.children {
        let isWanted = (child.tag == DW_TAG_variable) == (kind == .variable)
        if isWanted, child.tag != DW_TAG_subprogram, child.name == last,
          child.scopedName.map({ $0 == name || $0.hasSuffix("::" + name) }) ?? false
        {
          found.append(child)
        }
        switch child.tag {
        case DW_TAG_namespace, DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type: pending.append(child)
        default: break
        }
      }
    }
    return found
  }
}
