import DebugInfo
import MachineModel
import Tracing

/// What `watch` asks for.
package struct WatchRequest: Sendable {
  package let expression: String
  package var access = WatchAccess.write
  /// What the expression leads to now is watched, whatever it would lead to later.
  package var isLocation = false
  package var condition: String?
  /// The number of the one thread that it stops; nil: any.
  package var thread: Int?
  package init(_ expression: String) { self.expression = expression }
}

extension DebugSession {
  /// Watches an expression's value: by the processor's debug registers where it is in memory and they have room for it, at full speed;
  /// otherwise, after a warning of what it costs, by single steps. Variables of the selected frame limit it to that frame's life.
  package func addWatchpoint(_ request: WatchRequest) async throws(SessionError) -> BreakpointSnapshot {
    if let thread = request.thread, threads.thread(numbered: thread) == nil {
      throw .refused("Unknown thread \(thread).")
    }
    var watch = try await watchpoint(request)
    if let condition = request.condition { try checkCondition(condition, at: watch.anchor) }
    let isHardware =
      settings.usesHardwareWatchpoints && watch.dependencies.isMemoryAlone
      && HardwareWatch.fit([watch.hardwareWatch(id: 0)])
    if isHardware {
      let others = wantedWatches()
      guard HardwareWatch.fit(others + [watch.hardwareWatch(id: 0)]) else { throw .refused(Self.usedUp(others)) }
    } else {
      guard request.access == .write else {
        throw .refused(
          settings.usesHardwareWatchpoints
            ? "Expression cannot be implemented with read/access watchpoint."
            : "Can't set read/access watchpoint when hardware watchpoints are disabled.")
      }
      watch.isSoftware = true
      notify(
        "warning: \(watch.text) has to be watched by single steps: while the watchpoint is enabled, the program runs many\n"
          + "hundred times slower, and only the thread that is stepped is seen to change it.")
    }
    let breakpoint = breakpointTable.add(.watch(watch), condition: request.condition, thread: request.thread)
    // Where the frame is left that it is limited to.
    await placeSites()
    announce(breakpoint)
    return breakpoint.snapshot
  }

  private static func usedUp(_ watches: [HardwareWatch]) -> String {
    var ids: [String] = []
    for watch in watches where !ids.contains("\(watch.id)") { ids.append("\(watch.id)") }
    return
      "There is no room for it in the processor's four debug registers, which numbers \(ids.joined(separator: ", ")) use:\n"
      + "delete or disable one of them, or \"set can-use-hw-watchpoints 0\" to watch by single steps."
  }

  // MARK: Evaluating

  private func watchpoint(_ request: WatchRequest) async throws(SessionError) -> Watchpoint {
    let expression = request.expression
    let selected = try await selectedScope(for: expression)
    let (value, dependencies) = try await evaluate(
      expression, frame: selected.frame, thread: selected.thread, walker: selected.walker)
    guard !dependencies.isEmpty else { throw .refused("Cannot watch constant value `\(expression)'.") }
    var place: (VirtualAddress, DataType)?
    if request.isLocation {
      guard let value, let address = value.address else {
        throw .refused("Attempt to take address of value not located in memory.")
      }
      place = (address, value.type)
    }
    let isLocal = place == nil && selected.thread != nil && usesLocals(expression, at: selected.lookupAddress)
    var watch = Watchpoint(
      expression: expression, access: request.access, place: place, scope: isLocal ? watchScope(of: selected) : nil,
      anchor: selected.lookupAddress)
    watch.dependencies = dependencies
    if let found = await evaluated(watch, at: nil) { watch.take(found) }
    return watch
  }

  private func usesLocals(_ expression: String, at address: VirtualAddress) -> Bool {
    guard let function = symbols.scopes(at: address).first, let entry = function.entry,
      let names = try? ExpressionNames(expression, language: function.language)
    else { return false }
    return symbols.variables(in: entry, at: address).contains {
      ($0.kind == .local || $0.kind == .argument) && names.own.contains($0.name)
    }
  }

  private func watchScope(of scope: FrameScope) -> Watchpoint.Scope? {
    guard let thread = scope.thread, let walker = scope.walker,
      let frame = walker.canonicalFrameAddress(of: scope.frame),
      let caller = walker.unwound(from: scope.frame)?.programCounter
    else { return nil }
    return .init(thread: thread, frame: frame, returnAddress: caller)
  }

  /// nil for a value that is nowhere to be read.
  private func evaluate(_ expression: String, frame: Frame, thread: ThreadID?, walker: StackWalker?)
    async throws(SessionError) -> (Value?, WatchDependencies)
  {
    let memory = RecordingMemory(process?.memory ?? ImageFileMemory(symbols.images))
    let scope = await watchedScope(frame, thread: thread, walker: walker, memory)
    var dependencies = WatchDependencies()
    var found: Value?
    do throws(ExpressionError) {
      let value = try ExpressionEvaluator(scope: scope).evaluate(expression).loaded()
      if let number = value.registerNumber {
        dependencies.addRegister(number)
      } else if case .pieces = value.location {
        dependencies.isOpaque = true
      }
      // A bit field's bytes are read when it is asked for them.
      _ = try? bytes(of: value)
      found = value
    } catch {
      guard error.message.contains("annot access memory") else { throw .expression(error.message) }
    }
    dependencies.add(memory.take())
    for name in registerNames(in: expression) {
      guard let register = scope.register(named: name) else { continue }
      if let number = register.registerNumber { dependencies.addRegister(number) } else { dependencies.isOpaque = true }
    }
    if let names = try? ExpressionNames(expression, language: scope.language) {
      for name in names.own {
        if let number = scope.variable(named: name)?.registerNumber { dependencies.addRegister(number) }
      }
    }
    return (found, dependencies)
  }

  private func registerNames(in expression: String) -> [String] {
    expression.split(separator: "$", omittingEmptySubsequences: false).dropFirst().map {
      String($0.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }

  private func watchedScope(_ frame: Frame, thread: ThreadID?, walker: StackWalker?, _ memory: RecordingMemory) async
    -> FrameScope
  {
    guard let process, let thread else {
      let scope = FrameScope(
        symbols: symbols, memory: memory, walker: nil, frame: frame, thread: nil, base: nil, floatingPoint: nil,
        values: history, threadStorage: nil)
      scope.chosenLanguage = settings.language.source
      return scope
    }
    return await frameScope(frame, thread: thread, process: process, memory: memory, walker: walker)
  }

  /// A watchpoint's value now, and what it depends on; nil while its frame can't be found.
  /// - Parameter stop: where the process stands, if that has not been reported.
  func evaluated(_ watch: Watchpoint, at stop: StopEvent?) async -> (WatchedValue, WatchDependencies)? {
    guard let process else {
      return try? await read(watch, frame: frame(anchoredAt: watch.anchor), thread: nil, walker: nil)
    }
    let thread = watch.scope?.thread ?? stop?.thread ?? selection.thread ?? ThreadID(process.id.rawValue)
    if watch.scope == nil, watch.dependencies.registers.isEmpty {
      return try? await read(watch, frame: frame(anchoredAt: watch.anchor), thread: thread, walker: nil)
    }
    var registers = stop?.thread == thread ? stop?.registers : nil
    if registers == nil { registers = await process.registers(of: thread) }
    guard let registers else { return nil }
    let walker = walker(for: registers, process: process, hiddenInlined: 0, thread: thread)
    // Registers without a scope are those of wherever the thread is.
    guard let frame = watch.scope == nil ? walker.frame(0) : self.frame(of: watch, in: walker) else { return nil }
    return try? await read(watch, frame: frame, thread: thread, walker: walker)
  }

  /// The frame that a watchpoint is limited to, in its thread's stack; nil where it is not there any more.
  private func frame(of watch: Watchpoint, in walker: StackWalker) -> Frame? {
    guard let scope = watch.scope else { return nil }
    let function = symbols.scopes(at: watch.anchor).first?.entry
    var level = 0
    var found: Frame?
    while let frame = walker.frame(level), let address = walker.canonicalFrameAddress(of: frame), address <= scope.frame
    {
      // Of those inlined into one another, the one that has the names.
      if address == scope.frame, found == nil || frame.scope?.entry == function { found = frame }
      level += 1
    }
    return found
  }

  /// Where the condition of a breakpoint has its names: a watchpoint's in the frame that it is limited to, others in the innermost.
  func frame(asking breakpoint: Int, in walker: StackWalker, of thread: ThreadID) -> Frame? {
    guard case .watch(let watch)? = breakpointTable[breakpoint]?.kind, watch.scope?.thread == thread else {
      return walker.frame(0)
    }
    return frame(of: watch, in: walker)
  }

  private func read(_ watch: Watchpoint, frame: Frame, thread: ThreadID?, walker: StackWalker?)
    async throws(SessionError) -> (WatchedValue, WatchDependencies)
  {
    var dependencies = WatchDependencies()
    let value: Value?
    if let place = watch.place {
      let memory = RecordingMemory(process?.memory ?? ImageFileMemory(symbols.images))
      let scope = await watchedScope(frame, thread: thread, walker: walker, memory)
      value = Value(type: place.type, location: .memory(place.address), source: scope).loaded()
      dependencies.add(memory.take())
    } else {
      (value, dependencies) = try await evaluate(watch.expression, frame: frame, thread: thread, walker: walker)
    }
    return (watched(value, in: frame), dependencies)
  }

  private func watched(_ value: Value?, in frame: Frame) -> WatchedValue {
    guard let value, let bytes = try? bytes(of: value) else {
      return WatchedValue(type: value?.type ?? .int, bytes: nil, text: "<unreadable>", address: nil)
    }
    let isPlain = value.bitField == nil && value.type.size == UInt64(bytes.count)
    return WatchedValue(
      type: value.type, bytes: bytes, text: watchText(value), address: isPlain ? value.address : nil)
  }

  private func watchText(_ value: Value) -> String {
    let language = (value.source as? FrameScope)?.language ?? .c
    return ValueFormatter(settings: settings, language: language).text(value)
  }

  /// What names mean in some code, whoever executes it.
  func frame(anchoredAt address: VirtualAddress) -> Frame {
    let functions = symbols.scopes(at: address)
    return Frame(
      level: 0, registers: FrameRegisters(programCounter: address), physicalIndex: 0, scope: functions.first,
      function: functions.last, source: nil, image: nil, showsAddress: false)
  }

  // MARK: Watching

  private func wantedWatches() -> [HardwareWatch] {
    breakpointTable.all.filter(\.isEnabled).flatMap { breakpoint -> [HardwareWatch] in
      switch breakpoint.kind {
      case .watch(let watch): watch.isSoftware ? [] : [hardwareWatch(watch, of: breakpoint)]
      case .hardwareCode:
        breakpoint.locations.map {
          HardwareWatch(id: breakpoint.id, ranges: [$0.address..<$0.address + 1], access: .execute)
        }
      case .code, .event: []
      }
    }
  }

  private func hardwareWatch(_ watch: Watchpoint, of breakpoint: Breakpoint) -> HardwareWatch {
    var wanted = watch.hardwareWatch(id: breakpoint.id)
    wanted.thread = breakpoint.thread.flatMap(threads.thread(numbered:))
    // What a local variable is depends on where the program is when it comes to that.
    if let condition = breakpoint.condition, process != nil, !usesLocals(condition, at: watch.anchor) {
      wanted.condition = compiled(condition, at: watch.anchor)
    }
    return wanted
  }

  /// Has the processor watch what is to be watched, before a resumption.
  func handOverWatches(to process: TracedProcess) async throws(SessionError) {
    guard nesting.isEmpty else { return }
    for breakpoint in breakpointTable.all where breakpoint.isEnabled {
      guard case .watch(var watch) = breakpoint.kind, watch.isStale || !watch.isFixed,
        let found = await evaluated(watch, at: nil)
      else { continue }
      watch.take(found)
      breakpointTable[breakpoint.id]?.kind = .watch(watch)
    }
    let wanted = wantedWatches()
    guard wanted != sentWatches else { return }
    do throws(TracingError) {
      try await process.setWatches(wanted)
      sentWatches = wanted
    } catch {
      let last = wanted.last?.id ?? 0
      let name = breakpointTable[last].map { $0.snapshot.kind.isWatchpoint } ?? true ? "watchpoint" : "breakpoint"
      throw .refused("Could not insert hardware \(name) \(last).\nCould not insert hardware breakpoints:\n\(error)")
    }
  }

  /// The plan by which a thread moves while something is watched by single steps.
  func watching(_ plan: (any ThreadPlan)?) -> (any ThreadPlan)? {
    guard nesting.isEmpty, !(plan is SoftwareWatchPlan) else { return plan }
    let watched = breakpointTable.all.compactMap { breakpoint -> WatchDependencies? in
      guard breakpoint.isEnabled, case .watch(let watch) = breakpoint.kind, watch.isSoftware else { return nil }
      return watch.dependencies
    }
    return watched.isEmpty ? plan : SoftwareWatchPlan(watching: watched, plan)
  }

  /// Images have come or gone, or somebody has changed what is watched.
  func forgetWatchedPlaces() {
    for breakpoint in breakpointTable.all {
      guard case .watch(var watch) = breakpoint.kind else { continue }
      watch.isStale = true
      breakpointTable[breakpoint.id]?.kind = .watch(watch)
    }
  }

  /// The process has ended, and its frames with it.
  func deleteFrameWatchpoints() {
    sentWatches = []
    for breakpoint in breakpointTable.all {
      if case .watch(let watch) = breakpoint.kind, watch.scope != nil { breakpointTable[breakpoint.id] = nil }
    }
    forgetWatchedPlaces()
  }

  // MARK: Stops

  /// Asks the watchpoints that single steps look after.
  func claimSteppedWatches(_ stop: StopEvent) async -> Claim {
    await claimWatches(
      stop,
      breakpointTable.all.compactMap { breakpoint in
        guard case .watch(let watch) = breakpoint.kind, watch.isSoftware else { return nil }
        return WatchHit(id: breakpoint.id, before: [], hasChanged: true)
      })
  }

  /// Asks the watchpoints that were hit whether that is to be reported.
  func claimWatches(_ stop: StopEvent, _ hits: [WatchHit]) async -> Claim {
    claims = []
    var reports: [WatchReport] = []
    for hit in hits {
      guard let breakpoint = breakpointTable[hit.id], breakpoint.isEnabled, case .watch(let watch) = breakpoint.kind
      else { continue }
      if let scope = watch.scope, stop.thread == scope.thread, stop.registers.stackPointer >= scope.frame {
        return .claimed(await end([breakpoint]))
      }
      guard let found = await evaluated(watch, at: stop) else { continue }
      let old = text(of: watch, before: hit)
      // What was passed over meanwhile is no change of a value that is but used.
      let hasChanged =
        watch.access == .write ? watch.value?.bytes != found.0.bytes || old.isOther : hit.hasChanged
      if var current = breakpointTable[hit.id], case .watch(var watch) = current.kind {
        watch.take(found)
        current.kind = .watch(watch)
        breakpointTable[hit.id] = current
      }
      if watch.access == .write, !hasChanged { continue }
      switch await countHit(of: breakpoint, stop) {
      case .passedOver: continue
      case .due:
        claims.append(ClaimedBreakpoint(id: hit.id, commands: breakpoint.commands))
        reports.append(
          WatchReport(
            id: hit.id, kind: watch.kind, expression: watch.text, old: hasChanged ? old.text : nil, new: found.0.text))
      case .arrived(let arrival): return .arrived(arrival)
      }
    }
    guard !reports.isEmpty else { return .unclaimed }
    sink.yield(.breakpointsChanged)
    return .claimed(.watchpoints(reports))
  }

  /// What a watchpoint's value was before a hit; it may have changed unseen since it was read, where a condition was false.
  private func text(of watch: Watchpoint, before hit: WatchHit) -> (text: String, isOther: Bool) {
    guard let value = watch.value else { return ("<unreadable>", false) }
    guard let address = value.address, !hit.before.isEmpty, value.bytes != hit.before,
      watch.dependencies.ranges == [address..<address + hit.before.count]
    else { return (value.text, false) }
    return (watchText(Value(type: value.type, bytes: hit.before, source: programScope())), true)
  }

  /// Deletes the watchpoints whose frame has returned to `address`; nil where there is none.
  func endWatchScopes(_ stop: StopEvent, at address: VirtualAddress) async -> StopCause? {
    let ended = breakpointTable.all.filter { breakpoint in
      guard case .watch(let watch) = breakpoint.kind, let scope = watch.scope else { return false }
      return scope.thread == stop.thread && scope.returnAddress == address
        && stop.registers.stackPointer >= scope.frame
    }
    return ended.isEmpty ? nil : await end(ended)
  }

  private func end(_ breakpoints: [Breakpoint]) async -> StopCause {
    for breakpoint in breakpoints { breakpointTable[breakpoint.id] = nil }
    await placeSites()
    sink.yield(.breakpointsChanged)
    return .watchpointScope(breakpoints.map(\.id))
  }
}

extension Watchpoint {
  /// The value is nothing but what is in one place, whatever happens.
  fileprivate var isFixed: Bool {
    guard let value, let address = value.address, let count = value.bytes?.count else { return false }
    return dependencies.isMemoryAlone && dependencies.ranges == [address..<address + count]
  }

  fileprivate mutating func take(_ found: (WatchedValue, WatchDependencies)) {
    (value, dependencies) = found
    isStale = false
  }
}

extension WatchDependencies {
  fileprivate mutating func addRegister(_ number: Int) {
    guard let register = GeneralRegister(dwarfNumber: number) else {
      isOpaque = true
      return
    }
    if !registers.contains(register) { registers.append(register) }
  }
}
