import DebugInfo
import MachineModel

/// A user's intent to stop somewhere: what was asked for, and the places it has resolved to so far.
struct Breakpoint {
  enum Kind {
    /// Traps in the code.
    case code
    /// Code that the processor's debug registers wait for.
    case hardwareCode
    case watch(Watchpoint)
    case event(CatchEvent)

    var isCode: Bool {
      switch self {
      case .code, .hardwareCode: true
      case .watch, .event: false
      }
    }
  }

  let id: Int
  var kind = Kind.code
  /// What the user wrote, made absolute: a bare line has got its file. Of code.
  let specification: LocationSpecification
  var condition: String?
  let isTemporary: Bool
  var isEnabled = true
  /// Hits that are still to be passed over.
  var ignoreCount = 0
  var hits = 0
  /// The number of the one thread that it stops; nil: any.
  var thread: Int?
  /// What the user wants done at each of its stops, a command a line: kept here, carried out by the command language.
  var commands: [String] = []
  /// What it prints instead of stopping; nil: it stops.
  var log: LogLine?
  /// What it does instead of stopping; nil: it stops.
  var probe: Probe?
  /// Of those that trace lines too: the locations that are entries of functions.
  var entries: Set<VirtualAddress> = []
  /// What was measured so far.
  var times = CallTimes()
  /// Empty while it is pending.
  var locations: [CodeLocation] = []

  var snapshot: BreakpointSnapshot {
    BreakpointSnapshot(
      id: id, enabled: isEnabled, hits: hits, condition: condition,
      locations: shownLocations.map {
        .init(address: $0.address, file: $0.source?.file, line: $0.source?.line, function: $0.function?.qualified)
      }, kind: snapshotKind, event: event, specification: what, isTemporary: isTemporary, ignoreCount: ignoreCount,
      thread: thread, commands: commands, log: log?.source, probe: probe,
      times: probe == .time ? times : nil)
  }
}

extension Breakpoint {
  /// The places that the user has asked for.
  var shownLocations: [CodeLocation] {
    probe == .trace(lines: true) ? locations.filter { entries.contains($0.address) } : locations
  }

  fileprivate var event: CatchEvent? { if case .event(let event) = kind { event } else { nil } }

  fileprivate var snapshotKind: BreakpointKind {
    switch kind {
    case .code: probe?.kind ?? (log == nil ? .breakpoint : .dprintf)
    case .hardwareCode: .hardwareBreakpoint
    case .watch(let watch): watch.kind
    case .event: .catchpoint
    }
  }

  /// Where it needs traps in memory.
  fileprivate var wantedSites: [VirtualAddress] {
    switch kind {
    case .code, .event: locations.map(\.address)
    case .hardwareCode: []
    case .watch(let watch): watch.scope.map { [$0.returnAddress] } ?? []
    }
  }

  /// What it stops at, as a user would write it.
  fileprivate var what: String {
    switch kind {
    case .code, .hardwareCode: specification.text
    case .watch(let watch): watch.text
    case .event(let event): event.row
    }
  }
}

/// The breakpoints of a session, by number, and which addresses they want trapped.
struct BreakpointTable {
  private(set) var all: [Breakpoint] = []
  private var nextID = 1

  mutating func add(
    _ specification: LocationSpecification, condition: String?, isTemporary: Bool, locations: [CodeLocation]
  ) -> Breakpoint {
    var breakpoint = Breakpoint(
      id: nextID, specification: specification, condition: condition, isTemporary: isTemporary)
    breakpoint.locations = locations
    nextID += 1
    all.append(breakpoint)
    return breakpoint
  }

  /// What is no place in the code.
  mutating func add(_ kind: Breakpoint.Kind, condition: String?, thread: Int?, isTemporary: Bool = false) -> Breakpoint
  {
    var breakpoint = add(.here, condition: condition, isTemporary: isTemporary, locations: [])
    breakpoint.kind = kind
    breakpoint.thread = thread
    self[breakpoint.id] = breakpoint
    return breakpoint
  }

  subscript(id: Int) -> Breakpoint? {
    get { all.first { $0.id == id } }
    set {
      guard let index = all.firstIndex(where: { $0.id == id }) else { return }
      if let newValue { all[index] = newValue } else { all.remove(at: index) }
    }
  }

  /// Enabled breakpoints with a location at `address`, by number.
  func enabled(at address: VirtualAddress) -> [Breakpoint] {
    all.filter { $0.isEnabled && $0.locations.contains { $0.address == address } }
  }

  /// True where a watchpoint's frame returns to.
  func isScopeEnd(_ address: VirtualAddress) -> Bool {
    all.contains { if case .watch(let watch) = $0.kind { watch.scope?.returnAddress == address } else { false } }
  }

  /// The addresses where a trap has to be.
  var wantedSites: Set<VirtualAddress> {
    Set(all.lazy.filter(\.isEnabled).flatMap(\.wantedSites))
  }
}
