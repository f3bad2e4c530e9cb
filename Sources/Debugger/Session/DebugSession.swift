package import DebugInfo
package import MachineModel

/// One debugged program: its process, symbols, breakpoints, and the thread and frame that are selected.
///
/// An actor off the tracer thread. Calls that move the process return when it has stopped or ended; others may
/// be made meanwhile, and those that need a stopped process throw `.running`. Facts come up as `events`.
package actor DebugSession {
  package nonisolated let events: AsyncStream<SessionEvent>
  package var settings: SessionSettings
  package var launch = LaunchConfiguration()

  package init(settings: SessionSettings = .init()) {
    fatalError("skeleton")
  }

  package func update(_ change: @Sendable (inout SessionSettings) -> Void) { change(&settings) }
  package func configureLaunch(_ change: @Sendable (inout LaunchConfiguration) -> Void) { change(&launch) }

  // MARK: The program

  /// Takes a program (searched in `PATH` where it has no slash), checks that it can be debugged, and maps its
  /// symbols. Breakpoints stay, and are resolved anew.
  package func load(program: String) throws(SessionError) { fatalError("skeleton") }
  /// The program's absolute path.
  package var program: String? { fatalError("skeleton") }
  package var state: ProcessState { fatalError("skeleton") }
  package var hasDebugInfo: Bool { fatalError("skeleton") }

  // MARK: Moving

  package func run(stopAt: LaunchStop) async throws(SessionError) -> ResumeOutcome { fatalError("skeleton") }
  /// Moves the selected thread `count` times (for `.continue`: passes over count − 1 hits of the breakpoint that
  /// it stands at); ends early at any other stop.
  package func proceed(_ motion: Motion, count: Int = 1) async throws(SessionError) -> ResumeOutcome {
    fatalError("skeleton")
  }
  /// Asks the running process to pause; from any thread, at any time.
  package nonisolated func interrupt() { fatalError("skeleton") }
  package func kill() async throws(SessionError) { fatalError("skeleton") }
  package func detach() async throws(SessionError) { fatalError("skeleton") }
  /// `return [EXPRESSION]`: leaves the selected frame without running the rest of it.
  package func popFrame(returning expression: String?) async throws(SessionError) -> FrameSnapshot {
    fatalError("skeleton")
  }

  // MARK: Breakpoints

  /// Sets a breakpoint; `allowsPending` keeps one whose place is unknown so far, else that throws.
  package func addBreakpoint(
    _ location: LocationSpecification, condition: String? = nil, isTemporary: Bool = false, allowsPending: Bool = false
  ) async throws(SessionError) -> BreakpointSnapshot { fatalError("skeleton") }
  package func breakpoints() async -> [BreakpointSnapshot] { fatalError("skeleton") }
  /// nil: all.
  package func deleteBreakpoints(_ ids: [Int]?) async throws(SessionError) { fatalError("skeleton") }
  package func enableBreakpoints(_ ids: [Int]?, _ enabled: Bool) async throws(SessionError) { fatalError("skeleton") }
  package func ignore(breakpoint id: Int, count: Int) async throws(SessionError) { fatalError("skeleton") }
  package func setCondition(breakpoint id: Int, _ condition: String?) async throws(SessionError) {
    fatalError("skeleton")
  }
  /// The breakpoints whose sites are at a place: `clear LOCATION`, the `b` key on a line.
  package func breakpoints(at location: LocationSpecification) async throws(SessionError) -> [BreakpointSnapshot] {
    fatalError("skeleton")
  }

  // MARK: Threads and frames

  package func threads() async throws(SessionError) -> [ThreadRow] { fatalError("skeleton") }
  package func selectThread(_ id: Int) async throws(SessionError) -> ThreadRow { fatalError("skeleton") }
  /// Of the selected thread. `limit` counts from the innermost frame; negative: from the outermost; nil: all.
  package func backtrace(limit: Int?, withLocals: Bool) async throws(SessionError) -> Backtrace {
    fatalError("skeleton")
  }
  package func selectedFrame() async throws(SessionError) -> FrameSnapshot { fatalError("skeleton") }
  package func selectFrame(_ level: Int) async throws(SessionError) -> FrameSnapshot { fatalError("skeleton") }
  /// `up` (positive) and `down`: as far as there are frames; throws where there is none in that direction.
  package func moveFrame(by count: Int) async throws(SessionError) -> FrameSnapshot { fatalError("skeleton") }
  /// gdb's `info frame`, as lines.
  package func frameDescription() async throws(SessionError) -> [String] { fatalError("skeleton") }

  // MARK: Values

  /// Of the selected frame: locals of all scopes that hold, innermost first; arguments.
  package func locals() async throws(SessionError) -> [VariableSnapshot] { fatalError("skeleton") }
  package func arguments() async throws(SessionError) -> [VariableSnapshot] { fatalError("skeleton") }
  /// Members, elements or the pointee of a value of this stop; an element range bounds long arrays.
  package func children(of value: ValueID, from first: Int, count: Int) async throws(SessionError) -> [VariableSnapshot]
  { fatalError("skeleton") }
  /// Evaluates in the selected frame; also assigns (`x = 3`) and works without a process on constants and statics.
  package func evaluate(_ expression: String, format: ValueFormat = .natural, recordsHistory: Bool = false)
    async throws(SessionError) -> EvaluatedValue
  { fatalError("skeleton") }
  /// `whatis` (one level) and `ptype` (spelled out) of an expression or a type's name.
  package func typeDescription(of expression: String, expanded: Bool) async throws(SessionError) -> String {
    fatalError("skeleton")
  }
  /// `x/NFU ADDRESS`. nil: from where the last one ended. `count` counts units, strings or instructions.
  package func examine(_ expression: String?, count: Int, format: ValueFormat) async throws(SessionError) -> MemoryDump
  { fatalError("skeleton") }
  /// `find START, +LENGTH|END, VALUE…` with its options; the addresses found.
  package func find(_ arguments: String) async throws(SessionError) -> [VirtualAddress] { fatalError("skeleton") }
  /// nil names: all general registers. Of the selected frame.
  package func registers(named names: [String]?, includingVectors: Bool) async throws(SessionError) -> [RegisterRow] {
    fatalError("skeleton")
  }

  // MARK: Code and source

  /// The function around an address expression, or a range `START,END` / `START,+LENGTH`; nil: the selected frame's.
  package func disassemble(_ range: String?) async throws(SessionError) -> [InstructionRow] { fatalError("skeleton") }
  /// `count` instructions around an address, for a pane; works where no function is known.
  package func instructions(around address: VirtualAddress, before: Int, after: Int) async throws(SessionError)
    -> [InstructionRow]
  { fatalError("skeleton") }
  /// A file as the debug information names it, or a part of its path.
  package func sourceText(_ file: String) async throws(SessionError) -> SourceText { fatalError("skeleton") }
  /// Where a specification leads, without setting anything: for `list`, `info line`, the editor.
  package func resolve(_ location: LocationSpecification) async throws(SessionError) -> [CodeLocation] {
    fatalError("skeleton")
  }
  package func lineAddresses(_ location: LocationSpecification) async throws(SessionError) -> LineAddresses {
    fatalError("skeleton")
  }
  /// Where `list` begins before anything was listed: the selected frame's line, else `main`'s.
  package func defaultSourceLocation() async -> SourceLocation? { fatalError("skeleton") }
  package func images() async -> [ImageRow] { fatalError("skeleton") }
  package func auxiliaryVector() async throws(SessionError) -> [(type: UInt64, value: UInt64)] {
    fatalError("skeleton")
  }
  package func regions() async throws(SessionError) -> [MemoryRegion] { fatalError("skeleton") }
  /// `main + 4 in section .text`, in parts; nil where no symbol is near.
  package func symbol(at address: VirtualAddress) async -> (symbol: SymbolAddress, offset: UInt64)? {
    fatalError("skeleton")
  }

  // MARK: Completion

  package enum CompletionKind: Sendable { case function, file, variable, register }
  /// Names that begin with `prefix`, sorted; bounded. Never fails: what is not known is not offered.
  package func completions(_ kind: CompletionKind, prefix: String, limit: Int) async -> [String] {
    fatalError("skeleton")
  }
}
