import DebugInfo
import MachineModel

/// An expression whose value is watched.
struct Watchpoint {
  /// The frame in which the expression's variables are.
  struct Scope {
    let thread: ThreadID
    /// Its canonical frame address.
    let frame: VirtualAddress
    /// Where its caller goes on.
    let returnAddress: VirtualAddress
  }

  let expression: String
  let access: WatchAccess
  /// `-location`: what was there when the expression was evaluated, whatever it would mean later.
  let place: (address: VirtualAddress, type: DataType)?
  /// nil: it means the same wherever the program is.
  let scope: Scope?
  /// Where it was evaluated first: code, whose file's names it may use.
  let anchor: VirtualAddress
  /// Watched by single steps.
  var isSoftware = false
  /// What its value depends on.
  var dependencies = WatchDependencies()
  /// nil while there is none to compare with.
  var value: WatchedValue?
  /// Images have come or gone since it was evaluated.
  var isStale = true

  /// As `info breakpoints` shows it.
  var text: String { place == nil ? expression : "-location \(expression)" }

  var kind: BreakpointKind {
    if isSoftware { return .softwareWatchpoint }
    return switch access {
    case .write: .watchpoint
    case .read: .readWatchpoint
    case .readOrWrite: .accessWatchpoint
    }
  }

  /// What the processor would have to watch.
  func hardwareWatch(id: Int) -> HardwareWatch {
    let access: HardwareWatch.Access =
      switch access {
      case .write: .write
      case .read: .read
      case .readOrWrite: .readOrWrite
      }
    return HardwareWatch(id: id, ranges: dependencies.ranges, access: access)
  }
}

/// What a watchpoint's value was.
struct WatchedValue {
  let type: DataType
  /// nil where it could not be had.
  let bytes: [UInt8]?
  let text: String
  /// Where it is nothing but what is at that address.
  let address: VirtualAddress?
}

/// What the value of an expression depends on.
struct WatchDependencies: Equatable {
  /// In ascending order, without an overlap.
  private(set) var ranges: [Range<VirtualAddress>] = []
  var registers: [GeneralRegister] = []
  /// Something else: vector registers, say.
  var isOpaque = false

  var isEmpty: Bool { ranges.isEmpty && registers.isEmpty && !isOpaque }
  var isMemoryAlone: Bool { registers.isEmpty && !isOpaque }

  mutating func add(_ reads: [Range<VirtualAddress>]) {
    ranges = (ranges + reads).sorted { $0.lowerBound < $1.lowerBound }.reduce(into: [], Self.join)
  }

  private static func join(_ joined: inout [Range<VirtualAddress>], _ next: Range<VirtualAddress>) {
    guard let last = joined.last, next.lowerBound < last.upperBound else { return joined.append(next) }
    joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
  }
}
