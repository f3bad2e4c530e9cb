package import DebugInfo
import MachineModel
import Tracing

/// The values of this stop that somebody may open, by number: the latest of them.
struct OpenValues {
  /// More than a screen shows. A script may evaluate far more at one stop, each with all that its frame was asked.
  private static let limit = 10_000
  private var values: [Int: (value: OpenValue, frameLanguage: SourceLanguage)] = [:]
  private var next = 0
  mutating func removeAll() { values = [:] }
  mutating func add(_ value: OpenValue, _ language: SourceLanguage) -> Int {
    next += 1
    values[next] = (value, language)
    values[next - Self.limit] = nil
    return next
  }
  func value(_ number: Int) -> (value: OpenValue, frameLanguage: SourceLanguage)? { values[number] }
}

extension DebugSession {
  // MARK: Scopes

  /// What names mean in a frame.
  /// - Parameters:
  ///   - memory: what to read instead of the process's own memory.
  ///   - walker: the thread's stack, where it is not that of the reported stop.
  func frameScope(
    _ frame: Frame, thread: ThreadID, process: TracedProcess, memory: (any MemoryReader)? = nil,
    walker: StackWalker? = nil
  ) async -> FrameScope {
    let walker = walker ?? stacks[thread]
    var registers = walker?.registers
    if registers == nil { registers = await process.registers(of: thread) }
    var floatingPoint = walker?.floatingPoint
    if floatingPoint == nil { floatingPoint = await process.floatingPoint(of: thread) }
    walker?.floatingPoint = floatingPoint
    return frameScope(
      frame, thread: thread, process: process, registers: registers, floatingPoint: floatingPoint, memory: memory,
      walker: walker)
  }

  /// The same where the thread's registers are there already.
  func frameScope(
    _ frame: Frame, thread: ThreadID, process: TracedProcess, registers: RegisterFile?,
    floatingPoint: FloatingPointState?, memory: (any MemoryReader)? = nil, walker: StackWalker? = nil
  ) -> FrameScope {
    let scope = FrameScope(
      symbols: symbols, memory: memory ?? stopMemory(of: process), walker: walker ?? stacks[thread], frame: frame,
      thread: thread, base: registers,
      floatingPoint: floatingPoint, values: history,
      threadStorage: registers.map {
        ThreadLocalStorage(
          threadPointer: VirtualAddress($0[.fsBase]), memory: process.memory,
          modules: symbols.threadLocalImages)
      })
    scope.seesWholeObjects = settings.printObject
    scope.chosenLanguage = settings.language.source
    return scope
  }

  static let stopVariableNames = ["_thread", "_gthread", "_inferior", "_siginfo"]

  /// `$_thread`, `$_siginfo` and so on, where a thread is stopped.
  func stopVariables(_ thread: ThreadID, _ process: TracedProcess, in scope: FrameScope) async -> [String: Value] {
    func number(_ value: Int) -> Value { Value(type: .int, integer: Int64(value), source: scope) }
    let id = threads.number(of: thread)
    var variables = [
      "_thread": number(id), "_gthread": number(id), "_inferior": number(inferiors.current),
    ]
    if let information = await process.signalInformation(of: thread) {
      variables["_siginfo"] = Value(type: SignalInformationType.siginfo, bytes: information, source: scope)
    }
    return variables
  }

  /// What names mean without a process: the program's file alone.
  func programScope() -> FrameScope {
    let scope = FrameScope(
      symbols: symbols, memory: ImageFileMemory(symbols.images), walker: nil, frame: .unknown, thread: nil, base: nil,
      floatingPoint: nil, values: history, threadStorage: nil)
    scope.chosenLanguage = settings.language.source
    return scope
  }

  /// What the selected frame is written in, whatever `set language` says.
  package func frameLanguage() async throws(SessionError) -> SourceLanguage { try await selectedScope().ownLanguage }

  /// Of the selected frame; without a process, of the program's file alone.
  func selectedScope() async throws(SessionError) -> FrameScope {
    if process == nil { return programScope() }
    let process = try stoppedProcess()
    let frame = try await selectedInternalFrame()
    guard let thread = selection.thread else { throw .noFrame("No frame selected.") }
    return await frameScope(frame, thread: thread, process: process)
  }

  /// The same, once the names that an expression may use are known.
  func selectedScope(for expression: String) async throws(SessionError) -> FrameScope {
    try await indexed(for: expression)
    let scope = try await selectedScope()
    if expression.contains("$_"), let process, let thread = scope.thread {
      scope.stopVariables = await stopVariables(thread, process, in: scope)
    }
    return scope
  }

  // MARK: Variables

  func variableSnapshots(_ scope: FrameScope, kinds: Set<Variable.Kind>) -> [VariableSnapshot] {
    guard let entry = scope.frame.scope?.entry else { return [] }
    return symbols.variables(in: entry, at: scope.lookupAddress).filter { kinds.contains($0.kind) }.map {
      var row = snapshot(name: $0.name, scope.value($0), scope.language)
      row.blockDepth = $0.blockDepth
      row.declarationLine = $0.declaration?.line
      // What a reference leads to may have changed since: where it led says nothing.
      if settings.printsEntryValues, !$0.type.stripped.isReference, let entry = scope.entryValue($0) {
        let text = ValueFormatter(settings: settings, language: scope.language).nestedText(entry)
        if row.optimizedOut || text == row.value { row.entryValue = text }
      }
      return row
    }
  }

  func snapshot(
    name: String, _ value: Value, _ language: SourceLanguage, format: ValueFormat = .natural, isRaw: Bool = false
  ) -> VariableSnapshot {
    defer { reportFormatterProblems() }
    return ValueFormatter(settings: settings, language: language)
      .snapshot(name: name, value, format: format, isRaw: isRaw) {
        ValueID(generation: generation, number: openValues.add($0, language))
      }
  }

  /// Of the selected frame: those of all scopes that hold at its address, innermost first.
  package func locals() async throws(SessionError) -> [VariableSnapshot] {
    let scope = try await selectedVariablesScope()
    return variableSnapshots(scope, kinds: [.local, .staticLocal])
  }

  /// Of the selected frame, in the order of their declaration.
  package func arguments() async throws(SessionError) -> [VariableSnapshot] {
    let scope = try await selectedVariablesScope()
    return variableSnapshots(scope, kinds: [.argument])
  }

  private func selectedVariablesScope() async throws(SessionError) -> FrameScope {
    let frame = try await selectedInternalFrame()
    guard frame.scope?.entry != nil else { throw .noFrame("No symbol table info available.") }
    return try await selectedScope()
  }

  /// Members, elements or the pointee of a value of this stop; an element range bounds long arrays.
  package func children(of id: ValueID, from first: Int, count: Int) async throws(SessionError) -> [VariableSnapshot] {
    let (value, language) = try openValue(id)
    return value.children(from: max(0, first), count: max(0, count)).map {
      snapshot(name: $0.name, $0.value, language, isRaw: $0.isRaw)
    }
  }

  // MARK: Expressions

  /// Evaluates in the selected frame; also assigns (`x = 3`) and works without a process on constants and statics.
  /// Calls functions of the program where the expression does.
  /// - Parameters:
  ///   - recordsVoid: where false, a void expression has no number in the history.
  ///   - options: how the value is shown, where that is not as the settings have it.
  package func evaluate(
    _ expression: String, format: ValueFormat = .natural, recordsHistory: Bool = false, recordsVoid: Bool = true,
    showing options: SessionSettings? = nil
  ) async throws(SessionError) -> EvaluatedValue {
    let (value, scope) = try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      try evaluator.evaluate(expression).loaded()
    }
    let shown = try printed(expression, value, scope.language, format: format, options: options)
    let isRecorded = recordsHistory && (recordsVoid || value.type.stripped.kind != .void)
    return EvaluatedValue(variable: shown, history: isRecorded ? history.record(value) : nil)
  }

  /// Whether a condition holds in the selected frame.
  package func truth(of condition: String) async throws(SessionError) -> Bool {
    try await evaluating(condition) { (evaluator) throws(ExpressionError) in try evaluator.truth(condition) }.result
  }

  /// As `print` shows it: with the types that members are shown without.
  private func printed(
    _ name: String, _ value: Value, _ language: SourceLanguage, format: ValueFormat,
    options: SessionSettings? = nil
  ) throws(SessionError) -> VariableSnapshot {
    let formatter = ValueFormatter(settings: options ?? settings, language: language)
    let text = try expressionResult { () throws(ExpressionError) in
      try formatter.checkedText(value, format: format)
    }
    let row = snapshot(name: name, value, language, format: format)
    return VariableSnapshot(
      name: name, type: row.type, value: text, address: row.address, register: row.register,
      optimizedOut: row.optimizedOut, children: row.children, id: row.id, dynamicType: row.dynamicType,
      summary: row.summary, brief: row.brief)
  }

  func expressionResult<Result>(
    _ body: () throws(ExpressionError) -> Result
  ) throws(SessionError) -> Result {
    do throws(ExpressionError) {
      return try body()
    } catch {
      throw .expression(error.message)
    }
  }

  func address(of expression: String) async throws(SessionError) -> VirtualAddress {
    try await evaluating(expression) { (evaluator) throws(ExpressionError) in try evaluator.address(expression) }.result
  }

  /// `whatis` (one level), or `ptype` (spelled out), of an expression or a type's name.
  package func typeDescription(
    of expression: String, isExpanded: Bool = false, options: TypePrinter.Options? = nil
  ) async throws(SessionError) -> TypeDescription {
    let (outcome, scope) = try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      try evaluator.evaluateOrType(expression)
    }
    let options = options ?? settings.typeOptions
    var printer = TypePrinter(language: scope.language, options: options)
    if !options.isRaw { printer.names.library = libraryTypeNames(in: scope) }
    func description(_ type: DataType) -> TypeDescription {
      guard isExpanded else { return TypeDescription(text: printer.name(type)) }
      return TypeDescription(
        text: printer.expanded(type),
        heading: options.showsOffsets && type.unqualified.isAggregate ? MemberLayout.heading : nil)
    }
    switch outcome {
    case .value(let value):
      var described = description(value.type)
      if settings.printObject, let real = value.pointingToWholeObject() ?? value.wholeObject() {
        described.realType = TypePrinter(language: scope.language).name(real.type)
      }
      return described
    case .type(let type):
      // `whatis` of a typedef's name looks through it once; of an expression, never.
      let plain = type.unqualified
      return description(!isExpanded && plain.kind == .typedef ? plain.target ?? type : type)
    }
  }

  /// gdb takes its scripts for libstdc++ with the shared library, so a program that has not begun has none.
  private func libraryTypeNames(in scope: FrameScope) -> LibraryTypeNames? {
    let isLoaded = symbols.images.contains { image in
      image.mapping.path.split(separator: "/").last?.hasPrefix("libstdc++.so") ?? false
    }
    guard scope.language == .cpp, isLoaded else { return nil }
    return LibraryTypeNames { scope.type(named: $0)?.stripped.name }
  }

  // MARK: Writing

  /// Writes what an expression has assigned so far, in its thread.
  func carryOut(_ writes: [FrameScope.Write], thread: ThreadID?) async throws(SessionError) {
    guard !writes.isEmpty, let process, let thread else { return }
    // What was written before one fails counts as well.
    defer { dataChanged() }
    for write in writes {
      switch write {
      case .memory(let address, let bytes):
        forgetMemory()
        try await traced { () async throws(TracingError) in try await process.write(bytes, at: address) }
      case .register(let register, let value):
        guard var registers = await process.registers(of: thread) else { throw .notRunning }
        registers[register] = value
        let changed = registers
        try await traced { () async throws(TracingError) in try await process.setRegisters(changed, of: thread) }
      case .vector(let register, let bytes):
        guard var state = await process.floatingPoint(of: thread) else { throw .notRunning }
        switch register {
        case .xmm(let number): state.setXMM(number, bytes)
        case .x87(let number): state.setX87(number, bytes)
        }
        let changed = state
        try await traced { () async throws(TracingError) in try await process.setFloatingPoint(changed, of: thread) }
      }
    }
  }

  /// Registers or memory were written: what was unwound may be wrong now.
  func dataChanged() {
    forgetStacks()
    sink.yield(.dataChanged)
  }

  // MARK: Returned values

  /// What the function that has just returned left in its registers.
  func returnValue(of function: EntryID, thread: ThreadID) async -> EvaluatedValue? {
    defer { finishedState = nil }
    guard let type = symbols.functionType(function)?.target, let process,
      let frame = try? await walker(of: thread).frame(0)
    else { return nil }
    let present = await process.registers(of: thread)
    guard let registers = finishedState?.registers ?? present,
      let location = ReturnLocation.location(of: type, registers: registers)
    else { return nil }
    let scope = await frameScope(frame, thread: thread, process: process)
    let source: any ValueSource = finishedState.map { ReturnedState(memory: process.memory, state: $0) } ?? scope
    let value = Value(type: type, location: location, source: source)
    let number = history.record(value)
    guard let shown = try? printed("$\(number)", value, scope.language, format: .natural) else { return nil }
    return EvaluatedValue(variable: shown, history: number)
  }
}
