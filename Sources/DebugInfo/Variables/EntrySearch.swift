import MachineModel

/// Entries by name.
extension ProgramSymbols {
  /// The entries of that (partly) qualified name; those of the unit and image of `address` first. The first question
  /// waits for the images' indexes.
  func entries(_ kind: NameIndex.Kind, named name: String, near address: VirtualAddress?) -> [DIE] {
    let query = NameQuery(name)
    let near = address.flatMap(loadedImage)
    let home = near.flatMap { image in address.flatMap { image.unit(at: image.imageAddress($0)) } }?.die.id
    func rank(_ entry: DIE) -> Int { entry.unit.id == home ? 0 : entry.file.image == near?.number ? 1 : 2 }
    return loadedImages.flatMap { $0.entries(kind, query) }.map { (rank: rank($0), entry: $0) }
      .sorted { ($0.rank, $0.entry.file.image) < ($1.rank, $1.entry.file.image) }.map(\.entry)
  }

  /// The definition of a type that `entry` only declares: in its own image, else in any.
  func definition(ofType entry: DIE) -> DIE? {
    guard let name = entry.qualifiedName else { return nil }
    let images = loadedImages.filter { $0.number == entry.file.image } + loadedImages
    for image in images {
      let found = image.entries(.type, NameQuery("::" + name)).first { $0.tag == entry.tag && !$0.isDeclaration }
      if let found { return found }
    }
    return nil
  }
}
