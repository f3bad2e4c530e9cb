/// What the command language remembers between lines.
package struct InterpreterState: Sendable {
  /// Settings that the engine does not know of.
  package struct Preferences: Sendable, Equatable {
    /// What becomes of a breakpoint whose place is not known: kept, refused, or asked about.
    package enum Pending: String, Sendable, CaseIterable { case on, off, auto }
    package var confirms = true
    /// Breakpoints and watch expressions are kept per program.
    package var savesSession = false
    package var pendingBreakpoints = Pending.auto
    /// Accepted for scripts' sake, and shown again: what they govern in gdb does not exist here.
    package var inert: [String: String] = [:]
  }

  /// What `define` and `document` made.
  package struct UserCommand: Sendable, Equatable {
    package var body: [String]
    package var documentation: [String] = []
  }

  /// An expression that `display` shows at each stop.
  package struct Display: Sendable, Equatable {
    package let number: Int
    package let expression: String
    package let format: FormatSuffix?
    package var enabled = true
  }

  /// What becomes of a breakpoint when it is next hit: `enable once`, `enable delete`.
  package enum AfterHit: Sendable { case disable, delete }

  package var preferences = Preferences()
  /// What was written for, or read of, which program last.
  var savedSession: (program: String, session: SavedSession)?
  var isRestoringSession = false
  package var afterHit: [Int: AfterHit] = [:]
  /// What the breakpoints of the last stop want done, a script each, and have not got yet.
  package var dueCommands: [[String]] = []
  /// How often the program was resumed.
  package var resumptions = 0
  package var listing = ListCursor()
  package var examining = ExamineDefaults()
  /// The count of the last `x`, for one that has neither format nor address.
  package var examinedCount = 1
  package var displays: [Display] = []
  package var lastDisplay = 0
  package var userCommands: [String: UserCommand] = [:]
  /// What each alias stands for.
  package var aliases: [String: String] = [:]
  /// Sources whose absence was already told in whole.
  package var missingSources: Set<String> = []
  /// What an empty line does.
  package var repetition: String?
  /// The lines of a block (`define`, `if`, …) whose `end` has not come yet.
  package var openBlock: [String] = []

  package init() {}
}

/// Where `list` is.
package struct ListCursor: Sendable, Equatable {
  package var file: String?
  /// The file's name as text shows it, where it is not `file`.
  package var name: String?
  /// The lines shown last.
  package var shown: ClosedRange<Int>?
  /// The line that the next `list` without arguments shows the surroundings of, where nothing was shown since.
  package var center: Int?
  package init() {}
}
