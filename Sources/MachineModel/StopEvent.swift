/// What a signal brought along (`siginfo_t`, sigaction(2)).
package struct SignalInfo: Sendable, Equatable {
  package let signal: Signal
  /// `si_code`: how it came (SI_USER, SEGV_MAPERR, …).
  package let code: Int32
  /// `si_addr` where the signal is a fault's (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP).
  package let faultAddress: VirtualAddress?
  /// `si_pid` where a process sent it.
  package let sender: ProcessID?

  package init(signal: Signal, code: Int32 = 0, faultAddress: VirtualAddress? = nil, sender: ProcessID? = nil) {
    self.signal = signal
    self.code = code
    self.faultAddress = faultAddress
    self.sender = sender
  }
}

/// Why a thread stopped: a raw wait status and its siginfo, decoded once by the tracer.
package enum StopReason: Sendable, Equatable {
  /// A trap of ours at that address (the program counter is already moved back onto it).
  case breakpoint(VirtualAddress)
  /// What debug registers watch was used (`HardwareWatch`).
  case watch([WatchHit])
  /// A plan (`ThreadPlan`) or a single step ended where it wanted to.
  case planFinished
  /// A plan stands where only symbols can tell how to go on.
  case planNeedsSymbols
  /// A trap instruction of the program's own; the program counter is past it.
  case programTrap
  /// A signal arrived and has not been delivered: the next resumption delivers it, or does not.
  case signal(SignalInfo)
  /// We were asked to pause.
  case interrupted
  /// A caught fork or vfork: the child exists.
  case forked(ProcessID, isVfork: Bool)
  /// A caught entry to a system call, or return from it.
  case systemCall(SystemCall, isEntry: Bool)
  /// A new program was executed: all images are new.
  case executed
}

/// One stop of the process: all its threads are stopped when this is reported.
package struct StopEvent: Sendable {
  /// The thread that it is about.
  package let thread: ThreadID
  package let reason: StopReason
  /// That thread's registers.
  package let registers: RegisterFile
  /// The plan that was under way, of this thread or another.
  package let paused: PausedPlan?

  package init(thread: ThreadID, reason: StopReason, registers: RegisterFile, paused: PausedPlan? = nil) {
    self.thread = thread
    self.reason = reason
    self.registers = registers
    self.paused = paused
  }
}

/// How a process ended.
package enum ProcessEnd: Sendable, Equatable {
  case exited(code: Int32)
  case killed(by: Signal, coreDumped: Bool)
  /// We let go of it.
  case detached
}

/// What the tracer tells the session.
package enum ProcessEvent: Sendable {
  case stopped(StopEvent)
  case ended(ProcessEnd)
  case threadStarted(ThreadID)
  case threadEnded(ThreadID)
  /// A child was made by fork or vfork, and let go of.
  case forked(ProcessID, isVfork: Bool)
  /// A thread came to a site whose policy takes something along.
  case passed(SitePassage)
  /// One that does not stop the process, but is to be told of.
  case signalled(ThreadID, SignalInfo)
}
