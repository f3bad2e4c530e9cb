import CDw
import Elf

/// What a name that nobody has may have been meant for.
extension ProgramSymbols {
  /// How many names are looked at: a fraction of a second's worth.
  private static let mostNames = 400_000

  /// The functions' last names that differ from `name`'s in case only, and the one nearest to it: within one or two edits.
  package func functionNames(like name: String) -> (inOtherCase: [String], nearest: String?) {
    let wanted = Array(NameQuery(name).baseName.utf8)
    guard wanted.count > 2, wanted.count <= 128 else { return ([], nil) }
    let lower = wanted.map(lowercased)
    var best: (name: String, distance: Int)?
    var inOtherCase: Set<String> = []
    func consider(_ candidate: String) {
      let bytes = Array(baseName(candidate.utf8[...]))
      guard abs(bytes.count - wanted.count) <= 2 else { return }
      // The very name has another scope or other parameters, and is not meant therefore.
      if bytes.count == wanted.count, bytes != wanted, bytes.map(lowercased) == lower { inOtherCase.insert(candidate) }
      let limit = min(wanted.count < 5 ? 1 : 2, (best?.distance ?? 3) - 1)
      guard limit > 0, let distance = editDistance(bytes, wanted, within: limit) else { return }
      best = (candidate, distance)
    }
    for candidate in functionBaseNames() { consider(candidate) }
    return (inOtherCase.sorted(), best?.name)
  }

  private func functionBaseNames() -> [String] {
    var names: [String] = []
    for image in loadedImages {
      let left = Self.mostNames - names.count
      guard left > 0 else { break }
      if let index = image.names {
        names += index.all(.function).prefix(left).lazy.compactMap { image.entry($0)?.name }
      } else {
        names += image.symbols.all().lazy.filter { $0.isCode && !$0.name.hasPrefix("_Z") }.prefix(left).map(\.name)
      }
    }
    return names
  }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

/// Levenshtein's distance; nil where it is more than `limit`, which is found out early.
private func editDistance(_ left: [UInt8], _ right: [UInt8], within limit: Int) -> Int? {
  guard abs(left.count - right.count) <= limit else { return nil }
  var row = Array(0...right.count)
  for (i, byte) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    var least = row[0]
    for (j, other) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (byte == other ? 0 : 1))
      diagonal = above
      least = min(least, row[j + 1])
    }
    if least > limit { return nil }
  }
  return row[right.count] <= limit ? row[right.count] : nil
}
