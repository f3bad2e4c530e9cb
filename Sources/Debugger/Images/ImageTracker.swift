import DebugInfo
import HostFiles
import MachineModel
import Tracing

/// Which images the process has mapped, as its dynamic linker tells.
struct ImageTracker {
  /// Where the linker calls when its list has changed (`_dl_debug_state`); we keep a trap there.
  var linkerBreakpoint: VirtualAddress?
  /// `struct r_debug`, once the linker has made it.
  var linkerState: VirtualAddress?
  /// The images of the list, by what identifies an entry, with their numbers in `ProgramSymbols`.
  var numbers: [DynamicLinkerState.Entry: Int] = [:]
  /// Images that are there from the start: program, linker, vDSO.
  var initial: Set<Int> = []

  mutating func reset() { self = ImageTracker() }
}

extension DynamicLinkerState.Entry: Hashable {
  func hash(into hasher: inout Hasher) {
    hasher.combine(bias)
    hasher.combine(name)
  }
}

extension DebugSession {
  /// After exec: the program at its place, the dynamic linker and the vDSO; a trap where the linker reports.
  func loadInitialImages(of process: TracedProcess) async {
    images.reset()
    let placed = LaunchAddresses(process.auxiliaryVector())
    let regions = process.regions()
    if let programImage, let info = symbols.images.first(where: { $0.number == programImage }),
      let entry = placed.entryPoint
    {
      symbols.rebase(image: programImage, bias: info.mapping.bias &+ (entry - info.entryPoint))
      images.initial.insert(programImage)
    }
    if let base = placed.interpreterBase, let path = regions.first(where: { $0.range.contains(base) })?.path,
      let number = try? symbols.add(ImageMapping(path: path, name: path, bias: base.rawValue))
    {
      images.initial.insert(number)
      images.linkerBreakpoint = symbols.symbols(named: "_dl_debug_state", inImage: number).first?.address
    }
    if let vdso = placed.vdso, let region = regions.first(where: { $0.range.contains(vdso) }),
      let contents = try? process.memory.bytes(vdso, count: Int(region.range.upperBound - vdso)),
      let number = try? symbols.add(
        ImageMapping(path: "[vdso]", name: "[vdso]", bias: vdso.rawValue), contents: contents)
    {
      images.initial.insert(number)
    }
    takeFetchedDebugFiles()
    await resolveBreakpoints()
    sink.yield(.imagesChanged)
    fetchMissingDebugFiles()
  }

  /// Hears of libraries that are loaded from now on.
  func watchLinker(of process: TracedProcess) async {
    guard let address = images.linkerBreakpoint else { return }
    do {
      try await process.insertSite(at: address)
    } catch {
      images.linkerBreakpoint = nil
      sink.yield(.notice("Shared libraries cannot be followed: no trap in the dynamic linker (\(error))."))
    }
  }

  /// Takes the linker's list over: maps what is new, drops what is gone, resolves breakpoints anew.
  /// Does nothing while the list is being changed: the linker reports again when it is done.
  func refreshImages(of process: TracedProcess) async {
    if images.linkerState == nil { images.linkerState = linkerStateAddress(in: process) }
    guard let address = images.linkerState, let list = DynamicLinkerState(at: address, in: process.memory),
      list.isConsistent
    else { return }
    let known = Set(symbols.images.filter { images.initial.contains($0.number) }.map(\.mapping.bias))
    let entries = Set(list.entries.filter { !$0.name.isEmpty && !known.contains($0.bias) })
    let gone = images.numbers.filter { !entries.contains($0.key) }
    for (entry, number) in gone {
      symbols.remove(image: number)
      images.numbers[entry] = nil
    }
    let new = list.entries.filter { entries.contains($0) && images.numbers[$0] == nil }
    let regions = new.isEmpty ? [] : process.regions()
    var added = false
    for entry in new {
      // One that can't be read stays unknown; its frames show addresses.
      for path in Self.paths(of: entry, in: process.id, regions) {
        guard let number = try? symbols.add(ImageMapping(path: path, name: entry.name, bias: entry.bias)) else {
          continue
        }
        images.numbers[entry] = number
        added = true
        break
      }
    }
    if added || !gone.isEmpty {
      takeFetchedDebugFiles()
      await resolveBreakpoints()
      sink.yield(.imagesChanged)
      fetchMissingDebugFiles()
    }
  }

  /// Begins to open what most stacks end in, while the rest of a stop is being looked at.
  func openStackEnds() {
    for (entry, number) in images.numbers where entry.name.hasSuffix("/libc.so.6") { symbols.openAhead(image: number) }
  }

  /// Where to read an image's file, in the order to be tried: by its name where that still is what the process has mapped;
  /// else as the process sees it (it may have another root), or what the kernel keeps of a file that was deleted or
  /// replaced (proc(5), `/proc/PID/map_files`; takes CAP_CHECKPOINT_RESTORE where the process is another's).
  private static func paths(
    of entry: DynamicLinkerState.Entry, in process: ProcessID, _ regions: [MemoryRegion]
  ) -> [String] {
    let folder = "/proc/\(process.rawValue)"
    let region = regions.first { $0.range.contains(entry.dynamic) }
    let mapped = region.map {
      let (low, high) = ($0.range.lowerBound.rawValue, $0.range.upperBound.rawValue)
      return "\(folder)/map_files/\(String(low, radix: 16))-\(String(high, radix: 16))"
    }
    if let path = region?.path, path.hasSuffix(" (deleted)"), let mapped { return [mapped] }
    let seen = "\(folder)/root\(entry.name)"
    let isSame = FileIdentity(of: seen).map { $0 == FileIdentity(of: entry.name) } ?? true
    return (isSame ? [entry.name] : []) + [seen] + (mapped.map { [$0] } ?? [])
  }

  /// DT_DEBUG's value in the program's dynamic section.
  private func linkerStateAddress(in process: TracedProcess) -> VirtualAddress? {
    guard let programImage, let slot = symbols.linkerDebugPointer(ofImage: programImage),
      let value = try? process.memory.unsigned(slot, size: 8), value != 0
    else { return nil }
    return VirtualAddress(value)
  }
}
