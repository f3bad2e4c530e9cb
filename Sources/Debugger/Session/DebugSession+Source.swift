package import DebugInfo
package import MachineModel
import Tracing

extension DebugSession {
  /// Where a specification leads, without setting anything: for `list`, `info line`, the editor.
  package func resolve(_ location: LocationSpecification) async throws(SessionError) -> [CodeLocation] {
    do throws(SessionError) {
      return try await codeLocations(location)
    } catch {
      guard let other = meant(by: error, location) else { throw error }
      return try await codeLocations(other)
    }
  }

  /// Like `resolve`, but a function stands for its first line, not for the place after its prologue.
  package func resolveStart(_ location: LocationSpecification) async throws(SessionError) -> [CodeLocation] {
    let places = try await resolve(location)
    switch location {
    case .function, .fileFunction:
      return places.map { place in
        guard let entry = symbols.scopes(at: place.address).first?.ranges.first?.lowerBound else { return place }
        return CodeLocation(
          address: entry, source: symbols.source(at: entry) ?? place.source, function: place.function)
      }
    default: return places
    }
  }

  /// Where a type is declared; nil where none has that name, or the names are not known yet.
  package func declaration(ofType name: String) async -> SourceLocation? { symbols.declaration(ofType: name) }

  /// Where `list` begins before anything was listed: the selected frame's line, else `main`'s.
  package func defaultSourceLocation() async -> SourceLocation? {
    if case .stopped = state, let frame = try? await selectedInternalFrame(), let source = frame.source {
      return source
    }
    guard (try? await indexed(forFunction: "main")) != nil else { return nil }
    return symbols.mainLocation()
  }

  /// What `+N` counts from: the selected frame's line; before there is one, the first line of what `list` shows then, which
  /// ends with `main`.
  func defaultListing() async -> SourceLocation? {
    guard let place = await defaultSourceLocation() else { return nil }
    if case .stopped = state, (try? await selectedInternalFrame())?.source != nil { return place }
    return SourceLocation(file: place.file, line: max(1, place.line - (settings.listSize - 1)), column: 0)
  }

  /// The shared libraries: not the program itself, nor what the kernel mapped.
  package func images() async -> [ImageRow] {
    symbols.images.filter { $0.number != programImage && $0.mapping.name != "[vdso]" }.map(ImageRow.init)
  }
  /// The sections of the program, and those of what else is loaded, in the process's addresses.
  package func imageSections() async -> (program: ImageSections?, others: [ImageSections]) {
    let all = symbols.imageSections()
    return (all.first { $0.image == programImage }, all.filter { $0.image != programImage })
  }
  /// The image with code or data at an address, the program's own among them.
  package func image(containing address: VirtualAddress) async -> ImageRow? {
    symbols.image(containing: address).map(ImageRow.init)
  }

  /// In its own order (getauxval(3)).
  package func auxiliaryVector() async throws(SessionError) -> [(type: UInt64, value: UInt64)] {
    guard let process else { throw .notRunning }
    return process.auxiliaryVector()
  }

  /// What is mapped, by address (proc(5), `/proc/PID/maps`).
  package func regions() async throws(SessionError) -> [MemoryRegion] {
    guard let process else { throw .notRunning }
    return process.regions()
  }

  /// `main + 4 in section .text`, in parts; nil where no symbol is near.
  package func symbol(at address: VirtualAddress) async -> (symbol: SymbolAddress, offset: UInt64)? {
    symbols.symbol(at: address).map { symbol in
      (settings.printDemangle ? symbol : symbol.mangled, address - symbol.address)
    }
  }
}

extension ImageRow {
  fileprivate init(_ image: ImageInfo) {
    self.init(
      from: image.text.lowerBound, to: image.text.upperBound, path: image.mapping.name,
      debugFile: image.debugFile, hasDebugInfo: image.hasDebugInfo, buildID: image.buildID)
  }
}
