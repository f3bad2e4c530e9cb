/// Names to complete what is being typed.
extension ProgramSymbols {
  /// Functions whose (qualified or last) name begins with `prefix`, sorted, at most `limit`: for completion.
  package func functionNames(
    prefix: String, limit: Int, isolation: isolated (any Actor)? = #isolation
  ) async -> [String] {
    var found: Set<String> = []
    for image in loadedImages where image.names?.all(.function).count ?? 0 > Self.fewFunctions {
      // Making every qualified name would take too long: those are looked at whose last name fits.
      found.formUnion(await names([.function], prefix: prefix, in: image, limit: limit))
    }
    let small = loadedImages.filter { $0.names?.all(.function).count ?? 0 <= Self.fewFunctions }
    for name in small.flatMap(\.functionNames) {
      if name.qualified.hasPrefix(prefix) {
        found.insert(name.qualified)
      } else if name.qualified.contains("::") {
        let components = NameLayout(name.qualified).components
        if let last = components.last, name.qualified[last].hasPrefix(prefix) { found.insert(name.qualified) }
      }
    }
    return Array(found.sorted().prefix(max(0, limit)))
  }

  /// Types whose (qualified or last) name begins with `prefix`, sorted, at most `limit`: for completion.
  package func typeNames(
    prefix: String, limit: Int, isolation: isolated (any Actor)? = #isolation
  ) async -> [String] {
    var found: Set<String> = []
    for image in loadedImages { found.formUnion(await names([.type], prefix: prefix, in: image, limit: limit)) }
    return Array(found.sorted().prefix(max(0, limit)))
  }

  /// The same, of global variables and enumerators.
  package func globalNames(
    prefix: String, limit: Int, isolation: isolated (any Actor)? = #isolation
  ) async -> [String] {
    var found: Set<String> = []
    for image in loadedImages {
      found.formUnion(await names([.global, .enumerator], prefix: prefix, in: image, limit: limit))
    }
    return Array(found.sorted().prefix(max(0, limit)))
  }

  /// Functions that a source file (a base name, an ending of a path, or a whole path) declares and that have code, whose
  /// last name begins with `prefix`; sorted, at most `limit`.
  package func functionNames(
    prefix: String, inFile file: String, limit: Int, isolation: isolated (any Actor)? = #isolation
  ) async -> [String] {
    var found: Set<String> = []
    var breather = Breather(longest: longestTurn)
    for image in loadedImages {
      let units = Set((image.units?.units(ofFile: file) ?? []).map(\.die.id))
      guard !units.isEmpty, let index = image.names else { continue }
      for record in index.all(.function).prefix(Self.mostNamesToComplete) where found.count < limit {
        guard await breathe(&breather, in: image) else { break }
        guard let entry = image.entry(record), units.contains(entry.unit.id),
          entry.declaration.name?.hasPrefix(prefix) ?? false, pathMatches(image.declaringFile(of: entry), file)
        else { continue }
        found.insert(entry.functionName.qualified)
      }
    }
    return found.sorted()
  }

  /// The lines of a source file that have code, in ascending order.
  package func linesWithCode(inFile file: String) -> [UInt32] {
    loadedImages.reduce(into: Set()) { $0.formUnion(LineSearch($1, file: file).lines) }.sorted()
  }

  private static let fewFunctions = 20_000
  /// How many names completion looks at in an image.
  private static let mostNamesToComplete = 400_000

  /// Names of entries whose last name begins with the last component of `prefix`, and that fit it.
  private func names(
    _ kinds: Set<NameIndex.Kind>, prefix: String, in image: LoadedImage, limit: Int,
    isolation: isolated (any Actor)? = #isolation
  ) async -> Set<String> {
    guard let index = image.names else { return [] }
    let last = prefix.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? prefix
    var found: Set<String> = []
    var breather = Breather(longest: longestTurn)
    for record in index.all(kinds).prefix(Self.mostNamesToComplete) {
      guard await breathe(&breather, in: image) else { break }
      guard let entry = image.entry(record), let name = entry.name, name.hasPrefix(last) else { continue }
      guard let qualified = entry.qualifiedName, last == prefix || qualified.hasPrefix(prefix) else { continue }
      found.insert(qualified)
      if found.count >= limit { break }
    }
    return found
  }
}
