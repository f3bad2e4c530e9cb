import DebugInfo
import MachineModel
import Synchronization
import Tracing

extension DebugSession {
  /// The number of the current process or program among those that are debugged, from 1.
  package var inferiorNumber: Int { inferiors.current }

  /// True once more than one has been debugged: their threads are named `2.1` then.
  package var hasSeveralInferiors: Bool { inferiors.areSeveral }

  /// What is known of the current inferior.
  var currentInferior: Inferior {
    Inferior(
      symbols: symbols, program: program, programImage: programImage, programIdentity: programIdentity,
      addedImages: addedImages, process: process, eventPump: eventPump, state: state, lastStop: lastStop,
      threads: threads, selection: selection, stacks: stacks, keptMemory: keptMemory, hiddenInlined: hiddenInlined,
      images: images, pendingFork: pendingFork, vforkParent: vforkParent, calls: calls, traces: traces,
      locations: Dictionary(uniqueKeysWithValues: breakpointTable.all.map { ($0.id, $0.locations) }),
      insertedSites: insertedSites, refusedSites: refusedSites, policies: policies, escapes: escapes,
      sentWatches: sentWatches, sentEvents: sentEvents, sentSignals: sentSignals, queuedSignals: queuedSignals)
  }

  /// Puts the current inferior aside, and takes another up, which nobody is told of; without effect where there is none of that number.
  func exchange(for number: Int) {
    guard let other = inferiors.exchange(currentInferior, for: number) else { return }
    let wasElsewhere = isElsewhere
    isElsewhere = true
    defer { isElsewhere = wasElsewhere }
    symbols = other.symbols
    symbols.debugFileLocator.directories = settings.debugFileDirectories
    (program, programImage, programIdentity) = (other.program, other.programImage, other.programIdentity)
    addedImages = other.addedImages
    (process, eventPump, state, lastStop) = (other.process, other.eventPump, other.state, other.lastStop)
    (threads, selection) = (other.threads, other.selection)
    (stacks, keptMemory, hiddenInlined) = (other.stacks, other.keptMemory, other.hiddenInlined)
    (images, calls, traces) = (other.images, other.calls, other.traces)
    (pendingFork, vforkParent) = (other.pendingFork, other.vforkParent)
    for breakpoint in breakpointTable.all {
      if let places = other.locations[breakpoint.id] { breakpointTable[breakpoint.id]?.locations = places }
    }
    (insertedSites, refusedSites, policies) = (other.insertedSites, other.refusedSites, other.policies)
    (escapes, sentWatches, sentEvents) = (other.escapes, other.sentWatches, other.sentEvents)
    (sentSignals, queuedSignals) = (other.sentSignals, other.queuedSignals)
  }

  /// In the midst of a motion, a process that was taken up goes on: its state says so, which is no news.
  func countAsRunning() {
    let wasElsewhere = isElsewhere
    isElsewhere = true
    if let process { state = .running(process.id) }
    isElsewhere = wasElsewhere
  }

  /// Says which inferior is the current one now, and what it does.
  func tellExchange() {
    let (process, state) = (process, state)
    interruption.withLock {
      $0.process = process
      $0.isRunning = state.isRunning
    }
    sink.yield(.inferior(inferiors.current))
    sink.yield(.state(state))
  }

  /// What `body` finds where another inferior is the current one, as it is for as long as that takes.
  func glance<Result>(at number: Int, _ body: () -> Result) -> Result {
    let home = inferiors.current
    exchange(for: number)
    defer { exchange(for: home) }
    return body()
  }

  /// The same for what has to wait, in the midst of a motion: both are to count as running meanwhile, so that no other request takes the one for
  /// the other.
  func visit(_ number: Int, _ body: () async -> Void) async {
    let home = inferiors.current
    isElsewhere = true
    exchange(for: number)
    await body()
    exchange(for: home)
    isElsewhere = false
  }

  /// Makes another inferior the current one; where its process is stopped, its last stop is shown as one. Throws where the current one runs, and
  /// where there is none of that number.
  package func selectInferior(_ number: Int) async throws(SessionError) {
    guard inferiors.numbers.contains(number) else { throw .refused("Inferior ID \(number) not known.") }
    guard !state.isRunning else { throw .running }
    guard number != inferiors.current else { return }
    exchange(for: number)
    forgetStacks()
    openValues.removeAll()
    shownInferior = number
    tellExchange()
    await resolveBreakpoints()
    sink.yield(.imagesChanged)
    guard let process, let thread = selection.thread, let registers = await process.registers(of: thread) else {
      return
    }
    let stop = StopEvent(thread: thread, reason: .interrupted, registers: registers)
    let hidden = lastStop?.thread.tid == thread ? hiddenInlined : nil
    _ = await report(stop, cause: lastStop?.cause ?? .location, origin: nil, hiddenInlined: hidden)
  }
}

extension ProcessState {
  var isRunning: Bool { if case .running = self { true } else { false } }
}
