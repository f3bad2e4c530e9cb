import Glibc
import NcursesScreen
import TerminalInterface
import VirtualTerminal

/// The interface at work, on the one thread that has the terminal: it waits for input and actions, reduces them,
/// begins their effects, and paints what came of it.
final class InteractiveLoop {
  /// What is to become of a process that is left when the interface ends.
  enum Fate: Sendable { case killed, detached }

  struct End: Sendable {
    let status: Int32
    let fate: Fate
  }

  /// Milliseconds from one picture to the next at least: 60 a second.
  private static let frameInterval = 16

  private let screen: Screen
  private let mailbox: Mailbox
  private let questions: InteractiveQuestions
  private let runner: EffectRunner
  private let terminal: InteractiveTerminal?
  private let history: InteractiveHistory
  private let themes: InteractiveThemes
  private var theme: Theme
  private var state: AppState
  private var fate = Fate.killed
  private var status: Int32 = 0
  private var lastPaint = -InteractiveLoop.frameInterval

  /// Takes over the terminal.
  init(
    mailbox: Mailbox, questions: InteractiveQuestions, runner: EffectRunner, terminal: InteractiveTerminal?,
    themes: InteractiveThemes, theme: Theme?, settings: Settings
  ) throws(ScreenError) {
    screen = try Screen.open(usesMouse: settings.usesMouse)
    history = InteractiveHistory(limit: settings.historySize)
    self.mailbox = mailbox
    self.questions = questions
    self.runner = runner
    self.terminal = terminal
    self.themes = themes
    self.theme = theme ?? themes.first(for: screen.colorSupport)
    state = AppState(size: screen.size)
    state.theme = self.theme.name
    state.tabWidth = settings.tabWidth
    state.bindings = .standard(leaveProgram: settings.leaveTerminalKey)
    let waker = screen.waker
    mailbox.onPost { waker.wake() }
  }

  /// Runs until the user quits, or the terminal goes; gives the terminal back.
  func run() -> End {
    take([.historyLoaded(history.load())])
    paint()
    while !state.hasQuit {
      // Input is answered at once; what else happens right after a picture waits for the next frame.
      let events = screen.nextEvents()
      take(events.map { .input($0) })
      let pause = lastPaint + Self.frameInterval - Self.now()
      if events.isEmpty, pause > 0 { take(waitForInput(pause).map { .input($0) }) }
      take(mailbox.takeAll().map(current))
      if !state.hasQuit { paint() }
    }
    screen.close()
    return End(status: status, fate: fate)
  }

  /// Lets the rest of a frame go by, unless a key comes.
  private func waitForInput(_ milliseconds: Int) -> [InputEvent] {
    let end = Self.now() + milliseconds
    while case let rest = end - Self.now(), rest > 0 {
      let events = screen.nextEvents(timeout: rest)
      if !events.isEmpty { return events }
    }
    return []
  }

  private func take(_ actions: [Action]) {
    for action in actions {
      if case .input(.terminated(let signal)) = action { status = 128 + signal }
      for effect in state.reduce(action) { begin(effect) }
    }
  }

  /// A picture of the program's screen may have been overtaken by a later one that was posted before it: what counts
  /// is how the screen is now.
  private func current(_ action: Action) -> Action {
    guard case .programScreen = action, let terminal else { return action }
    return .programScreen(terminal.snapshot(scrolledBack: 0))
  }

  private func paint() {
    let picture = render(state, size: screen.size, theme: theme)
    screen.paint(picture.grid, cursor: picture.cursor)
    lastPaint = Self.now()
  }

  private func begin(_ effect: Effect) {
    switch effect {
    case .sendKey(let key): terminal?.press(key)
    case .sendPaste(let text): terminal?.paste(text)
    case .sendMouse(let event): terminal?.mouse(event)
    case .resizeProgramTerminal(let size): resizeTerminal(size)
    case .resetProgramTerminal:
      guard let terminal else { return }
      terminal.reset()
      mailbox.post(.programScreen(terminal.snapshot(scrolledBack: 0)))
    case .viewProgram(let lines):
      if let terminal { mailbox.post(.programHistory(terminal.snapshot(scrolledBack: lines))) }
    case .remember(let line): history.append(line)
    case .useTheme(let name): use(theme: name)
    case .copy(let text): screen.copy(text)
    case .confirm(let isYes): questions.answer(isYes)
    case .repaint: screen.repaintAll()
    case .suspend:
      screen.suspend()
      mailbox.post(.input(.resize(screen.size)))
    case .detach where state.hasQuit: fate = .detached
    case .quit: break
    default: _ = runner.begin(effect)
    }
  }

  private func resizeTerminal(_ size: GridSize) {
    guard let terminal else { return }
    do {
      try terminal.resize(size)
      mailbox.post(.programScreen(terminal.snapshot(scrolledBack: 0)))
    } catch {
      mailbox.post(.failed("\(error)"))
    }
  }

  private func use(theme name: String) {
    do {
      theme = try themes.theme(named: name)
      mailbox.post(.themeChanged(theme.name))
      screen.repaintAll()
    } catch {
      mailbox.post(.failed("\(error)"))
    }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
