import Commands
import Debugger

extension AppState {
  /// Milliseconds that a command takes before the status line says so.
  static let workingDelay = 250

  /// Takes an action in, and says what has to be done about it. Pure: no time, no input or output.
  package mutating func reduce(_ action: Action) -> [Effect] {
    take(action) + refresh()
  }

  private mutating func take(_ action: Action) -> [Effect] {
    switch action {
    case .input(let event): return handle(event)
    case .session(let event): return accept(event)
    case .commandBegan(let line):
      return announce(line)
    case .commandEmitted(let output): append(output)
    case .commandEnded(let output): return end(output)
    case .completed(let completions, let request):
      guard request == commandBar.request, commandBar.isActive else { return [] }
      commandBar.accept(completions)
      if completions.candidates.isEmpty { message = Message("Nothing completes this") }
    case .loaded(let content, let revision): return accept(content, revision: revision)
    case .loadFailed(let request, let reason, let revision): fail(request, reason, revision: revision)
    case .childrenLoaded(let children, let path, let first, let revision):
      locals.accept(children, at: path, first: first, revision: revision)
    case .textsLoaded(let texts, let revision): locals.accept(texts, revision: revision)
    case .childrenFailed(let reason, let path, let revision):
      if !process.isRunning { locals.fail(reason, at: path, revision: revision) }
    case .sourceLoaded(let document): source.accept(document, height: height(of: .source))
    case .sourceFailed(let file, let reason): source.fail(file, reason: "No source: \(reason)")
    case .defaultSource(let place):
      guard let place, source.view == .empty else { return [] }
      return source.show(place, height: height(of: .source))
    case .programLoaded(let name):
      programName = name
      source.forgetDocuments()
      source.view = .empty
      return [.locateDefaultSource]
    case .logged(let text, let level): console.append(text, .log(level))
    case .failed(let text): report(text, .error)
    case .notice(let text): report(text, .notice)
    case .programScreen(let screen):
      program.hasNews = !geometry.visible.contains(.program)
      // While the pane looks back, it gets its pictures when it scrolls.
      if program.scrolledBack == 0 { program.screen = screen }
    case .programHistory(let screen): program.screen = screen
    case .themeRequested(let name):
      if let name { return [.useTheme(name)] }
      report("The theme is \(theme). Another: theme NAME", .notice)
    case .themeChanged(let name):
      theme = name
      report("Theme \(name)", .notice)
    case .historyLoaded(let lines): commandBar.history = CommandHistory(lines)
    case .asked(let question): dialog = .question(.confirmation(question))
    case .promptChanged(let prompt): commandBar.prompt = prompt
    case .woken(.run(let run)):
      if run == process.runs, process.isRunning { process.showsRunning = true }
    case .woken(.command(let number)):
      if number == commands.begun, commands.underWay > 0 { commands.showsWorking = true }
    }
    return []
  }

  /// Puts a line into the console, and on the message line.
  mutating func report(_ text: String, _ kind: ConsoleState.Kind) {
    console.append(text, kind)
    let first = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? text
    message = Message(first, kind == .error ? .error : .information)
  }

  // MARK: Commands

  /// Carries a command line out as soon as it is its turn: at once beside a running process.
  mutating func submit(_ line: String) -> [Effect] {
    if commands.underWay > 0, !process.isRunning {
      commands.waiting.append(CommandQueue.Entry(line: line, isMotion: false))
      return []
    }
    return begin(line)
  }

  /// Keeps a step for later that was asked for while one is under way. A key held down must not pile up steps that
  /// go on long after it was let go.
  mutating func wait(_ line: String) -> [Effect] {
    if commands.waiting.count < CommandQueue.mostMotions {
      commands.waiting.append(CommandQueue.Entry(line: line, isMotion: true))
    }
    return []
  }

  mutating func begin(_ line: String) -> [Effect] {
    let effects = announce(line)
    console.scrollToEnd()
    return effects + [.execute(line)]
  }

  /// Shows a line that is being carried out from now on.
  private mutating func announce(_ line: String) -> [Effect] {
    console.append(commandBar.prompt + line, .command)
    return [.wake(afterMilliseconds: Self.workingDelay, commands.begin(line))]
  }

  private mutating func append(_ output: CommandOutput) {
    console.append(output.text, output.succeeded ? .output : .error)
  }

  /// A long answer is read from its begin, below the line that asked for it.
  private mutating func appendAnswer(_ output: CommandOutput) {
    let follows = console.bottom == nil
    append(output)
    guard follows, !output.text.isEmpty, let body = geometry.body(of: .console) else { return }
    let count = output.text.split(separator: "\n", omittingEmptySubsequences: false).count
    let first = max(0, console.lines.count - count)
    let isAsked = console.lines.indices.contains(first - 1) && console.lines[first - 1].kind == .command
    console.show(from: isAsked ? first - 1 : first, width: body.width, height: body.height)
    let below = console.linesBelow
    if below > 0 { message = Message("\(below) more line\(below == 1 ? "" : "s") in \(Pane.console.rawValue) Console") }
  }

  private mutating func end(_ output: CommandOutput) -> [Effect] {
    commands.end()
    appendAnswer(output)
    if !output.succeeded {
      let first = output.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "Failed"
      message = Message(caretNotation(first), .error)
    }
    if output.quits {
      hasQuit = true
      return [.quit]
    }
    // A command may have changed anything that a setting shapes (`set print …`).
    breakpoints.revision += 1
    if !output.succeeded { commands.dropMotions() }
    guard commands.underWay == 0, !commands.waiting.isEmpty else { return [] }
    return begin(commands.waiting.removeFirst().line)
  }
}
