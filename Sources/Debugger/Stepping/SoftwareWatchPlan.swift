import MachineModel

/// Executes a thread's instructions one by one, and looks after each whether something has changed that no debug register can watch;
/// moves the thread as another plan wants it meanwhile.
struct SoftwareWatchPlan: ThreadPlan {
  private let ranges: [Range<VirtualAddress>]
  private let registers: [GeneralRegister]
  private var inner: (any ThreadPlan)?
  /// Where the other plan wants to be shown the thread; nil: after each step.
  private var targets: [VirtualAddress]? = []
  private var hasStarted = false
  private var last: [UInt8] = []
  /// It has ended because something has changed.
  private(set) var hasChanged = false

  init(watching dependencies: [WatchDependencies], _ inner: (any ThreadPlan)?) {
    ranges = dependencies.flatMap(\.ranges)
    registers = dependencies.flatMap(\.registers)
    self.inner = inner
  }

  /// How the thread goes on where the change was of no interest.
  var continued: SoftwareWatchPlan {
    var plan = self
    plan.hasChanged = false
    return plan
  }

  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    let now = sample(observation)
    if observation.isStart {
      last = now
    } else if now != last {
      last = now
      hasChanged = true
      return .needsSymbols
    }
    guard inner != nil else { return .singleStep }
    if hasStarted, let targets, !targets.contains(observation.registers.programCounter) { return .singleStep }
    let shown = PlanObservation(registers: observation.registers, memory: observation.memory, isStart: !hasStarted)
    hasStarted = true
    switch inner?.next(shown) {
    case .run(let places)?:
      targets = places
      return .singleStep
    case .finished?: return .finished
    case .needsSymbols?: return .needsSymbols
    case .singleStep?, nil:
      targets = nil
      return .singleStep
    }
  }

  private func sample(_ observation: PlanObservation) -> [UInt8] {
    var bytes: [UInt8] = []
    for range in ranges {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: Int(range.upperBound - range.lowerBound)))
      bytes.withUnsafeMutableBytes { buffer in
        _ = observation.memory.read(range.lowerBound, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      }
    }
    for register in registers {
      withUnsafeBytes(of: observation.registers[register]) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
