import Commands
import DebugInfo
import Debugger
import MachineModel

/// Asks of a file all that a user could: whatever the answers are, they have to come.
struct Workload {
  let path: String
  var random: FuzzRandom
  /// Prints what the commands answer.
  let isVerbose: Bool

  mutating func run() async {
    await askSymbols()
    await runCommands()
  }

  // MARK: The library

  private mutating func askSymbols() async {
    let symbols = ProgramSymbols()
    let bias: UInt64 = 0x5555_5555_4000
    guard (try? symbols.add(ImageMapping(path: path, name: path, bias: bias))) != nil else { return }
    // Before all names are asked for, some functions are found without.
    for name in ["main", "add", "bark", "scaled"] { _ = symbols.locations(ofFunction: name) }
    let names = await symbols.functionNames(prefix: "", limit: 200)
    var addresses: [VirtualAddress] = []
    for name in ["main", "operator<<"] + names.shuffled(using: &random).prefix(12) {
      for place in symbols.locations(ofFunction: name).prefix(8) { addresses.append(place.address) }
      _ = symbols.symbols(named: name)
    }
    _ = symbols.functions(where: { $0.contains("a") }, limit: 50)
    _ = symbols.mainLocation()
    let files = await symbols.sourceFiles()
    for file in files.prefix(4) {
      for _ in 0..<4 { _ = symbols.locations(ofLine: random.below(120), inFile: file) }
      _ = symbols.knowsFile(file)
    }
    let range = symbols.images.first?.text
    for _ in 0..<16 {
      guard let range else { break }
      addresses.append(range.lowerBound + random.below(Int(clamping: range.upperBound - range.lowerBound)))
    }
    let memory = FakeMemory(seed: random.next(), code: addresses.map(\.rawValue))
    for address in addresses.shuffled(using: &random).prefix(24) { ask(symbols, at: address, memory) }
    for name in ["number", "global", "value", "table", "origin"] {
      for variable in symbols.globals(named: name, near: addresses.first) {
        show(variable, frame(symbols, at: addresses.first ?? VirtualAddress(bias), memory))
      }
    }
    for name in ["int", "point", "Shape", "std::string", "Option<i32>"] {
      if let type = symbols.type(named: name, near: addresses.first) { describe(type) }
    }
    let damage = symbols.takeDamage()
    if isVerbose { print("\(names.count) functions, \(files.count) files, \(addresses.count) places; \(damage)") }
  }

  private mutating func ask(_ symbols: ProgramSymbols, at address: VirtualAddress, _ memory: FakeMemory) {
    _ = symbols.source(at: address)
    _ = symbols.lineRanges(at: address)
    _ = symbols.symbol(at: address)
    _ = symbols.trampolineTargets(at: address)
    _ = symbols.boundTarget(ofTrampolineAt: address, memory: memory)
    let frame = frame(symbols, at: address, memory)
    for scope in symbols.scopes(at: address) {
      guard let entry = scope.entry else { continue }
      for variable in symbols.variables(in: entry, at: address).prefix(12) { show(variable, frame) }
      if let type = symbols.functionType(entry) { describe(type) }
    }
    var outer = frame.registers
    for _ in 0..<12 {
      _ = symbols.canonicalFrameAddress(of: outer, memory: memory)
      guard let next = try? symbols.caller(of: outer, memory: memory).get() else { break }
      _ = symbols.tailCalls(from: next, to: outer)
      outer = next
    }
  }

  private func frame(_ symbols: ProgramSymbols, at address: VirtualAddress, _ memory: FakeMemory) -> FakeFrame {
    var values = (0...16).map { UInt64?(FakeMemory.stack &+ 64 &* UInt64($0)) }
    values[16] = address.rawValue
    let registers = FrameRegisters(values: values, saved: .init(repeating: nil, count: 17), isInterrupted: true)
    return FakeFrame(symbols: symbols, memory: memory, registers: registers, depth: 0)
  }

  private func show(_ variable: Variable, _ frame: FakeFrame) {
    describe(variable.type)
    let (type, location) = frame.symbols.resolved(
      variable.type, at: frame.symbols.locate(variable, in: frame), in: frame)
    _ = frame.symbols.entryLocation(of: variable, in: frame)
    let formatter = ValueFormatter(settings: SessionSettings(), language: .cpp)
    _ = formatter.text(Value(type: type, location: location, source: frame))
    let value = Value(type: type, location: location, source: frame)
    _ = formatter.snapshot(name: variable.name, value) { _ in nil }
    let opened = OpenValue(value, settings: SessionSettings(), language: .cpp)
    _ = opened.children(count: 8)
  }

  private func describe(_ type: DataType) {
    for language in [SourceLanguage.c, .rust] {
      _ = TypePrinter(language: language).name(type)
      _ = TypePrinter(language: language).expanded(type)
    }
  }

  // MARK: The command language

  private mutating func runCommands() async {
    let session = DebugSession()
    let interpreter = CommandInterpreter(session: session, options: InterpreterOptions(isInteractive: false))
    guard (try? await session.load(program: path)) != nil else { return }
    for _ in 0..<8 {
      guard let line = random.element(of: Self.lines) else { return }
      let output = await interpreter.execute(line) { _ in }
      if isVerbose { print("(sdb) \(line)\n\(output.text)") }
    }
  }

  private static let lines = [
    "trace -line main", "trace ^[a-c]", "time main", "count main",
    "break main", "tbreak 20", "rbreak ^[a-c]", "info breakpoints", "list", "list main", "list 1,40", "info source",
    "info sources", "info sharedlibrary", "info line main", "info line 12", "info symbol main", "info address main",
    "info scope main", "info functions a", "info variables", "info types", "info types int", "info files",
    "ptype main", "whatis main", "ptype struct point", "ptype Shape", "ptype/o struct point", "ptype zoo::Dog",
    "print main", "print &main", "print *main", "print sizeof(int)", "print numbers", "print global", "print &numbers",
    "print values::total", "print 'names.cpp'::helper", "print/x sizeof(struct point)", "x/4i main", "x/8xw main",
    "x/s main", "disassemble main", "disassemble /s main", "disassemble /r main", "output main", "info registers",
    "complete break m", "complete print ", "info frame", "backtrace", "info locals", "info args", "tbreak nowhere",
    "break places.c:10", "until", "advance main", "info all-registers", "info display", "print $rip", "symbol-file",
  ]
}
