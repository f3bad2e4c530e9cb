import CDw
import Elf
package import MachineModel

/// What a name or a line stands for.
extension ProgramSymbols {
  /// Where to stop for a function: every overload, template and inlined copy of that name, after its prologue.
  /// `name` is unqualified, partly or fully qualified, with or without parameters or template arguments, a
  /// linkage name, or an ELF symbol where DWARF has nothing. `file` limits it to functions of that source file.
  package func locations(ofFunction name: String, inFile file: String? = nil) -> [CodeLocation] {
    let query = NameQuery(name, resolving: resolvedTypeName)
    var found = LocationList()
    var undescribed: [LoadedImage] = []
    var absent: [LoadedImage] = []
    for image in loadedImages {
      guard image.mayHaveFunction(query) else {
        absent.append(image)
        continue
      }
      let places = image.places(.function(name, file: file)) { describedPlaces(query, file: file, in: image) }
      found.add(places)
      if places.isEmpty { undescribed.append(image) }
    }
    guard file == nil else { return found.sorted }
    // Other images may have functions of that name without debug information. A library function's stub in the program
    // serves until the library is loaded.
    for (name, images) in [(name, undescribed), (name + "@plt", undescribed + absent)] {
      for image in images { found.add(image.places(.symbol(name)) { symbolPlaces(NameQuery(name), in: image) }) }
      if !found.isEmpty { break }
    }
    return found.sorted
  }

  /// Where an image's debug information has a function.
  private func describedPlaces(_ query: NameQuery, file: String?, in image: LoadedImage) -> [CodeLocation] {
    image.functions(query).compactMap { function in
      if let file, !pathMatches(image.declaringFile(of: function), file) { return nil }
      // The linker leaves dropped functions at address 0.
      guard let entry = function.ranges.first?.lowerBound, entry != 0 else { return nil }
      return image.location(ofFunction: function, at: entry)
    }
  }

  /// Where an image's symbols have one.
  private func symbolPlaces(_ query: NameQuery, in image: LoadedImage) -> [CodeLocation] {
    image.symbols(query).filter(image.isUndescribedCode).map { symbol in
      let address = Prologue(image).end(ofFunctionAt: symbol.address.rawValue)
      return location(at: image.virtualAddress(ImageAddress(address)))
    }
  }

  /// What a parameter's type is called without its typedef, for comparing with linkage names; nil where `name` is none.
  private func resolvedTypeName(_ name: String) -> String? {
    guard var type = type(named: name, near: nil) else { return nil }
    for _ in 0..<16 {
      guard type.kind == .typedef, let target = type.target else { break }
      type = target
    }
    return type.name.map(shortIntegerName)
  }

  /// A label with code in the functions of a name; its line is that of its declaration.
  package func locations(ofLabel label: String, inFunction function: String) -> [CodeLocation] {
    let query = NameQuery(function)
    var found = LocationList()
    for image in loadedImages {
      for function in image.functions(query) {
        function.forEachDescendant { entry, _ in
          if entry.tag == DW_TAG_label, entry.name == label, let address = entry.address(DW_AT_low_pc) {
            found.add(
              CodeLocation(
                address: image.virtualAddress(ImageAddress(address)), source: image.declaration(of: entry),
                function: function.functionName))
          }
          return entry.hasChildren ? .enter : .skip
        }
      }
    }
    return found.sorted
  }

  /// Where to stop for a line: the first `is_stmt` row of each function (and inlined copy) that has the line;
  /// where no code has it, the next line of that file that some has. `file` is a base name, an ending of a path,
  /// or a whole path. Empty where the file is unknown, or the line is past its last one.
  package func locations(ofLine line: Int, inFile file: String) -> [CodeLocation] {
    guard let line = UInt32(exactly: line) else { return [] }
    let images = loadedImages
    let exact = images.flatMap { places(ofLine: line, file, in: $0) }
    guard exact.isEmpty else { return LocationList(exact).sorted }
    guard let next = images.compactMap({ LineSearch($0, file: file).nextLine(after: line) }).min() else { return [] }
    return LocationList(images.flatMap { places(ofLine: next, file, in: $0) }).sorted
  }

  private func places(ofLine line: UInt32, _ file: String, in image: LoadedImage) -> [CodeLocation] {
    image.places(.line(line, file: file)) {
      let search = LineSearch(image, file: file)
      return search.stops(search.rows(ofLine: line)).map { stop in
        let address = image.virtualAddress(ImageAddress(stop.address))
        return CodeLocation(
          address: address, source: stop.source, function: stop.function ?? scopes(at: address).first?.name)
      }
    }
  }

  /// The address after the prologue of the function that `entry` is the entry of: where gdb's breakpoints by name
  /// land. By the line table for LLVM's code, by its first instructions and the line table for gcc's.
  package func afterPrologue(ofFunctionAt entry: VirtualAddress) -> VirtualAddress {
    guard let image = loadedImage(at: entry) else { return entry }
    return image.virtualAddress(ImageAddress(Prologue(image).end(ofFunctionAt: image.imageAddress(entry).rawValue)))
  }

  /// ELF symbols of that name (as is, or demangled), functions and objects.
  package func symbols(named name: String) -> [SymbolAddress] {
    let query = NameQuery(name)
    return loadedImages.flatMap { image in image.symbols(query).map { SymbolAddress($0, in: image) } }
  }

  /// Those that the linker knows by that very name. Costs a look into each image's table.
  func symbols(linkedAs name: String) -> [SymbolAddress] {
    loadedImages.flatMap { image in image.symbols.symbols(named: name).map { SymbolAddress($0, in: image) } }
  }

  /// Of one image.
  package func symbols(named name: String, inImage number: Int) -> [SymbolAddress] {
    guard let image = loadedImage(number) else { return [] }
    return image.symbols(NameQuery(name)).map { SymbolAddress($0, in: image) }
  }

  /// The source file (and line) that `list` without arguments begins with: the one of `main`.
  package func mainLocation() -> SourceLocation? {
    let query = NameQuery("main")
    for image in loadedImages where image.mayHaveFunction(query) {
      for function in image.functions(query) where function.tag == DW_TAG_subprogram {
        let stop = function.ranges.first.flatMap { image.location(ofFunction: function, at: $0.lowerBound).source }
        if let place = stop ?? image.declaration(of: function) { return place }
      }
    }
    return nil
  }

  /// The language of the unit that has `main`: what names mean where no code of the program is selected. nil where no
  /// debug information says.
  package var mainLanguage: SourceLanguage? {
    for image in loadedImages {
      for symbol in image.symbols.symbols(named: "main") where symbol.isCode {
        if let unit = image.unit(at: symbol.address) { return unit.language }
      }
    }
    // Rust's `main` is a stub that the compiler made: the units of the program say what it is written in.
    return loadedImages.first?.units?.all.first { $0.language == .rust }?.language
  }

  /// Source files with code, absolute, sorted. Decodes the lines of all units, in which others have their turns.
  package func sourceFiles(isolation: isolated (any Actor)? = #isolation) async -> [String] {
    var files: Set<String> = []
    var breather = Breather(longest: longestTurn)
    for image in loadedImages {
      for unit in image.units?.all ?? [] {
        guard await breathe(&breather, in: image) else { break }
        let used = Set(unit.lines.rows.lazy.filter { !$0.endsSequence }.map(\.file))
        for number in used { files.insert(unit.lines.file(Int(number))) }
      }
    }
    files.remove("")
    return files.sorted()
  }

  /// All files that line tables speak of, headers without code too, for each image; sorted.
  package func sourceFilesByImage(
    isolation: isolated (any Actor)? = #isolation, where accepts: (String) -> Bool
  ) async -> [(image: String, files: [String])] {
    var found: [(image: String, files: [String])] = []
    var breather = Breather(longest: longestTurn)
    for image in loadedImages {
      guard let units = image.units else { continue }
      var files: Set<String> = []
      for unit in units.all {
        guard await breathe(&breather, in: image) else { break }
        for file in unit.lines.files where !file.isEmpty && accepts(file) { files.insert(file) }
      }
      found.append((image.mapping.name, files.sorted()))
    }
    return found
  }

  /// True where some unit has a file of that base name, ending of a path, or path.
  package func knowsFile(_ file: String) -> Bool {
    loadedImages.contains { image in
      (image.units?.units(ofFile: file) ?? []).contains { unit in unit.lines.files.contains { pathMatches($0, file) } }
    }
  }

  /// Functions that a predicate on the full name accepts, with their entries.
  package func functions(where accepts: (String) -> Bool, limit: Int) -> [CodeLocation] {
    var found = LocationList()
    for image in loadedImages {
      for entry in image.functionEntries where accepts(entry.name.full) {
        guard found.locations.count < limit else { return found.sorted }
        let address = image.virtualAddress(ImageAddress(entry.address))
        found.add(CodeLocation(address: address, source: source(at: address), function: entry.name))
      }
    }
    return found.sorted
  }

  /// An address with its line and innermost function.
  func location(at address: VirtualAddress) -> CodeLocation {
    CodeLocation(address: address, source: source(at: address), function: scopes(at: address).first?.name)
  }
}

/// Locations, one for each address.
private struct LocationList {
  private(set) var locations: [CodeLocation] = []
  private var addresses: Set<VirtualAddress> = []
  var isEmpty: Bool { locations.isEmpty }
  /// By address.
  var sorted: [CodeLocation] { locations.sorted { $0.address < $1.address } }

  init(_ locations: [CodeLocation] = []) { add(locations) }

  mutating func add(_ locations: [CodeLocation]) {
    for location in locations { add(location) }
  }

  mutating func add(_ location: CodeLocation) {
    if addresses.insert(location.address).inserted { locations.append(location) }
  }
}
