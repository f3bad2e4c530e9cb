import Debuginfod
package import Disassembly

/// What `set` changes in the engine. Value semantics: the session copies what it starts from.
package struct SessionSettings: Sendable, Equatable {
  package var disableRandomization = true
  /// Elements of an array, characters of a string: `set print elements`.
  package var printElements = 200
  /// Identical consecutive elements before `<repeats N times>`.
  package var printRepeats = 10
  package var printPretty = false
  package var printUnion = true
  package var printStaticMembers = true
  /// Objects are shown as the class that they really have.
  package var printObject = false
  /// Elements of arrays and sequences a line each, and with their index.
  package var printArray = false
  package var printArrayIndexes = false
  package var printAddress = true
  package var printSymbol = true
  /// Arrays of characters are shown up to their first zero.
  package var printNullStop = false
  /// Of frames: which arguments are shown by their values, and whether with those that they had on entry.
  package var frameArguments = FrameArguments.scalars
  package var printsEntryValues = true
  /// How deep structures are shown before `{...}`.
  package var printMaxDepth = 20
  package var disassemblySyntax: Disassembler.Syntax = .att
  package var listSize = 10
  /// All names of a program are looked for before somebody asks for one: for those who type, not for scripts, whose next command
  /// would share the processors with that.
  package var indexesAhead = false
  /// Where sources are looked for.
  package var sources = SourceSearch()
  /// Where separate debug files are looked for, by whole folders.
  package var debugFileDirectories = ["/usr/lib/debug"]
  /// Whether what is missing is fetched from the servers of `debuginfodServers`.
  package var debuginfod = DebuginfodUse.ask
  /// URLs: at first those of `DEBUGINFOD_URLS`.
  package var debuginfodServers = Debuginfod.servers
  /// 0: nothing is said about what is being fetched.
  package var debuginfodVerbosity = 1
  /// Frames past `main` are shown too.
  package var backtracePastMain = false
  /// `step` stops in functions without line information instead of stepping over them.
  package var stepMode = false
  /// Which motions move the selected thread alone.
  package var schedulerLocking = SchedulerLocking.replay
  /// Names of C++, Rust and Swift are shown as their sources have them; off: as linkers do.
  package var printDemangle = true
  /// The same, beside addresses: in disassembly, `x/i`, `info line`.
  package var printAsmDemangle = true
  /// What `ptype` shows where it is not told otherwise.
  package var typeOptions = TypePrinter.Options()
  /// The user's own; nil where there are none.
  package var userFormatters: UserFormatters?
  /// A signal inside of a function that was called from here ends the call.
  package var unwindsOnSignal = false
  /// The same of an exception in it that nobody catches.
  package var unwindsOnTermination = true
  /// What expressions are read in, and values shown in.
  package var language = LanguageChoice.auto
  /// `watch` uses the processor's debug registers where it can.
  package var usesHardwareWatchpoints = true
  /// Which of the two processes is debugged after a fork, and whether the other one is let go of.
  package var followForkMode = FollowForkMode.parent
  package var detachesOnFork = true
  package var followExecMode = FollowExecMode.same
  /// The processes that are not the current one move with it.
  package var schedulesMultiple = false
  package init() {}
}

/// `set scheduler-locking`: which motions move the selected thread alone.
package enum SchedulerLocking: String, Sendable, CaseIterable {
  case off
  case on
  /// Steps, not those that run.
  case step
  /// As gdb has it, while a recording is replayed: there are none here.
  case replay
}

/// `set print frame-arguments`: how frames show their arguments.
package enum FrameArguments: String, Sendable, CaseIterable {
  /// Values of scalars, `...` for others.
  case scalars
  case all
  /// Names alone.
  case none
  /// `...` where there are any.
  case presence
}
