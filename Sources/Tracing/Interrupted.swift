package import MachineModel
extension TracedProcess {
  package nonisolated func name(of thread: ThreadID) -> String { fatalError("skeleton") }
  package var interruptedPlan: (thread: ThreadID, plan: any ThreadPlan)? { fatalError("skeleton") }
}
