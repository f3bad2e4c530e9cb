/// What a `ThreadPlan` sees when its thread has stopped.
package struct PlanObservation: Sendable {
  package let registers: RegisterFile
  /// The process's memory (for a return address on the stack).
  package let memory: any MemoryReader
  /// True for the first call, before the thread was resumed at all.
  package let isStart: Bool

  package init(registers: RegisterFile, memory: any MemoryReader, isStart: Bool) {
    self.registers = registers
    self.memory = memory
    self.isStart = isStart
  }
}

/// What a `ThreadPlan` wants next.
package enum PlanDirective: Sendable, Equatable {
  /// Execute one instruction.
  case singleStep
  /// Run until the thread comes to one of these addresses (temporary traps, of this thread alone).
  case run(until: [VirtualAddress])
  /// Arrived: stop the process and report `.planFinished`.
  case finished
  /// Stop the process and report `.planNeedsSymbols`: the session decides with debug information
  /// and gives a new plan.
  case needsSymbols
}

/// How one thread is to move: a pure state machine, asked on the tracer thread after each stop of its thread
/// that nobody else claims. It must not block, allocate much, or look up symbols.
/// A user's breakpoint, a signal that stops, or an interrupt ends it.
package protocol ThreadPlan: Sendable {
  /// True where every step is to be the processor's; else simple instructions may be carried out in the thread's place.
  var needsProcessor: Bool { get }
  mutating func next(_ observation: PlanObservation) -> PlanDirective
}

extension ThreadPlan {
  package var needsProcessor: Bool { false }
}
