import DebugInfo
import HostFiles
import MachineModel
import Tracing

/// What a session knows of one process and its program, put aside while another one is the current. `DebugSession` has the same
/// members, which are the current one's; breakpoints, settings and values are common to all.
struct Inferior {
  var symbols: ProgramSymbols
  var program: String?
  var programImage: Int?
  var programIdentity: FileIdentity?
  var addedImages: Set<Int> = []

  var process: TracedProcess?
  var eventPump: EventPump?
  var state = ProcessState.none
  var lastStop: StopSnapshot?
  var threads = ThreadNumbers()
  var selection = Selection()
  var stacks: [ThreadID: StackWalker] = [:]
  var keptMemory: StopMemory?
  var hiddenInlined = 0
  var images = ImageTracker()
  var pendingFork: Fork?
  var vforkParent: VforkParent?
  var calls = InferiorCalls()
  var traces = CallTraces()

  /// Places of the breakpoints, by their numbers.
  var locations: [Int: [CodeLocation]] = [:]
  var insertedSites: Set<VirtualAddress> = []
  var refusedSites: Set<VirtualAddress> = []
  var policies = SitePolicies()
  var escapes = EscapeWatch()
  var sentWatches: [HardwareWatch] = []
  var sentEvents = CaughtEvents()
  var sentSignals: SignalDispositions?
  var queuedSignals: [ThreadID: Signal] = [:]

  /// There is no process any more; the program may be run again.
  mutating func forgetProcess() {
    eventPump?.finish()
    for image in symbols.images where image.number != programImage && !addedImages.contains(image.number) {
      symbols.remove(image: image.number)
    }
    var left = Inferior(symbols: symbols)
    (left.program, left.programImage, left.programIdentity) = (program, programImage, programIdentity)
    (left.addedImages, left.locations) = (addedImages, locations)
    self = left
  }
}

/// The inferiors of a session but the current one, by number.
struct InferiorTable {
  private(set) var parked: [Int: Inferior] = [:]
  /// The number of the current one.
  private(set) var current = 1
  private var last = 1

  /// True once there has been more than one.
  var areSeveral: Bool { last > 1 }

  /// A new one, beside the current.
  mutating func add(_ inferior: Inferior) -> Int {
    last += 1
    parked[last] = inferior
    return last
  }

  subscript(number: Int) -> Inferior? {
    get { parked[number] }
    set { parked[number] = newValue }
  }

  /// Makes another the current one, which is answered; nil where there is none of that number.
  mutating func exchange(_ inferior: Inferior, for number: Int) -> Inferior? {
    guard let other = parked.removeValue(forKey: number) else { return nil }
    parked[current] = inferior
    current = number
    return other
  }

  /// The numbers of all, the current one's too, in order.
  var numbers: [Int] { (Array(parked.keys) + [current]).sorted() }

  /// Their processes.
  var processes: [TracedProcess] { parked.values.compactMap(\.process) }

  /// The one with a process of that id.
  func parked(with id: ProcessID) -> (number: Int, inferior: Inferior)? {
    parked.first { $0.value.process?.id == id }.map { ($0.key, $0.value) }
  }
}
