/// What a process is to be stopped at besides traps and signals.
package struct CaughtEvents: Sendable, Equatable {
  package var forks = false
  package var vforks = false
  /// Entries to and returns from these, by their numbers.
  package var systemCalls: Set<SystemCall> = []
  package var catchesAllSystemCalls = false
  package init() {}

  package var catchesSystemCalls: Bool { catchesAllSystemCalls || !systemCalls.isEmpty }
  package func catches(_ call: SystemCall) -> Bool { catchesAllSystemCalls || systemCalls.contains(call) }
}
