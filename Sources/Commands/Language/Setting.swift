import Configuration
package import Debugger
import Disassembly

/// Something that `set NAME VALUE` changes and `show NAME` tells.
package struct Setting: Sendable {
  /// Which values it takes.
  package enum Kind: Sendable, Equatable {
    case flag
    /// A number; with `unlimited`, that word and 0 mean no limit.
    case count(unlimited: Bool)
    /// A number from 0; -1 and `unlimited` mean no limit.
    case depth
    case choice([String])
    case text
  }
  /// Where settings live: the engine's, and the command language's own.
  package struct Store: Sendable {
    package var session: SessionSettings
    package var preferences: InterpreterState.Preferences
  }

  /// Words with one blank between: `print elements`.
  package let name: String
  package let kind: Kind
  /// One line for `help`.
  package let summary: String
  /// What `show` says before the value, up to and without ` is `.
  package let sentence: String
  /// The value as `set` would take it.
  package let read: @Sendable (Store) -> String
  package let write: @Sendable (inout Store, String) -> Void
  /// The whole of what `show` says about a value, where that is no sentence with ` is ` in it.
  package var describe: (@Sendable (String) -> String)?

  package var words: [String] { name.words }

  /// `Limit on string chars or array elements to print is 200.`
  package func shown(_ value: String) -> String {
    if let describe { return describe(value) }
    if kind == .text { return "\(sentence) is \"\(value)\"." }
    if case .choice = kind { return "\(sentence) is \"\(value)\"." }
    return "\(sentence) is \(value)."
  }

  /// Checks a value as typed, and gives it its full form.
  package func normalize(_ text: String) throws(CommandError) -> String {
    let text = text.trimmed
    switch kind {
    case .flag:
      switch text {
      case "", "on", "1", "yes", "enable": return "on"
      case "off", "0", "no", "disable": return "off"
      default: throw CommandError("\"on\" or \"off\" expected.")
      }
    case .count(let unlimited):
      if text.isEmpty {
        throw CommandError("Argument required (integer to set it to\(unlimited ? ", or \"unlimited\"" : "")).")
      }
      if unlimited, text == "0" || text.count > 1 && "unlimited".hasPrefix(text) { return "unlimited" }
      guard let number = Int32(text), number >= 0 else { throw CommandError("integer \(text) out of range") }
      return String(number)
    case .depth:
      if text == "-1" || text.count > 1 && "unlimited".hasPrefix(text) { return "unlimited" }
      guard let number = Int32(text), number >= 0 else {
        throw CommandError(
          text.isEmpty
            ? "Argument required (integer to set it to, or \"unlimited\")." : "only -1 is allowed to set as unlimited")
      }
      return String(number)
    case .choice(let choices):
      if text.isEmpty {
        throw CommandError("Requires an argument. Valid arguments are \(choices.joined(separator: ", ")).")
      }
      if choices.contains(text) { return text }
      let matches = choices.filter { $0.hasPrefix(text) }
      if matches.count == 1 { return matches[0] }
      throw CommandError(matches.isEmpty ? "Undefined item: \"\(text)\"." : "Ambiguous item \"\(text)\".")
    case .text: return text
    }
  }
}

/// All settings, by name.
package enum SettingTable {
  /// What the words after `set` or `show` name.
  package enum Match: Sendable {
    /// With what follows the name.
    case found(Setting, rest: String)
    case ambiguous([String])
    /// `group`: the words in front that longer names begin with; empty where there are none.
    case unknown(group: String, rest: String)
  }

  /// Reads a setting's name off the front of `text`: each word may be abbreviated while that is unambiguous.
  package static func match(_ text: String) -> Match {
    var candidates = all
    var rest = text.trimmed
    var depth = 0
    while true {
      let complete = candidates.filter { $0.words.count == depth }
      // The name is a beginning of the text; it goes on only where longer names do.
      let longer = candidates.filter { $0.words.count > depth }
      let word = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
      // `set p` is `set print`, though `pagination` begins so too.
      let whole = depth == 0 && (word == "p" || word == "pr") ? "print" : word
      let exact = longer.filter { $0.words[depth] == whole }
      let matching = word.isEmpty ? [] : exact.isEmpty ? longer.filter { $0.words[depth].hasPrefix(word) } : exact
      if matching.isEmpty {
        if depth > 0, let setting = complete.first { return .found(setting, rest: rest) }
        return .unknown(group: longer.first?.words.prefix(depth).joined(separator: " ") ?? "", rest: rest)
      }
      if Set(matching.map { $0.words[depth] }).count > 1 { return .ambiguous(matching.map(\.name).sorted()) }
      candidates = matching
      rest = rest.dropFirst(word.count).trimmed
      depth += 1
    }
  }

  package static let all: [Setting] = engine + own + inert

  /// What somebody may have meant who wrote the start of `text`; nil where no name is near.
  package static func nearest(to text: String) -> String? {
    let words = text.split(separator: " ").prefix(3).map(String.init)
    guard !words.isEmpty, text.utf8.count <= 256 else { return nil }
    let candidates = all.map { setting in
      (setting.name, editDistance(words.prefix(setting.words.count).joined(separator: " "), setting.name))
    }
    guard let best = candidates.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= 2, best.1 * 3 < best.0.count else {
      return nil
    }
    return best.0
  }

  private static func flag(
    _ name: String, _ sentence: String, _ path: any WritableKeyPath<SessionSettings, Bool> & Sendable
  ) -> Setting {
    Setting(
      name: name, kind: .flag, summary: sentence + ".", sentence: sentence,
      read: { $0.session[keyPath: path] ? "on" : "off" }, write: { $0.session[keyPath: path] = $1 == "on" })
  }

  /// No limit, for the engine: more than anything has, and far from overflowing.
  private static let unlimited = Int(Int32.max)

  private static func count(
    _ name: String, _ sentence: String, _ path: any WritableKeyPath<SessionSettings, Int> & Sendable,
    kind: Setting.Kind = .count(unlimited: true), describe: (@Sendable (String) -> String)? = nil
  ) -> Setting {
    Setting(
      name: name, kind: kind, summary: sentence + ".", sentence: sentence,
      read: { $0.session[keyPath: path] >= unlimited ? "unlimited" : String($0.session[keyPath: path]) },
      write: { $0.session[keyPath: path] = Int($1) ?? unlimited }, describe: describe)
  }

  private static let engine: [Setting] = [
    count("print elements", "Limit on string chars or array elements to print", \.printElements),
    count("print repeats", "Threshold for repeated print elements", \.printRepeats),
    count("print max-depth", "Maximum print depth", \.printMaxDepth, kind: .depth),
    flag("print pretty", "Pretty formatting of structures", \.printPretty),
    flag("print array", "Pretty formatting of arrays", \.printArray),
    flag("print array-indexes", "Printing of array indexes", \.printArrayIndexes),
    flag("print union", "Printing of unions interior to structures", \.printUnion),
    flag("print object", "The choice of printing object's derived type", \.printObject),
    flag("print static-members", "Printing of C++ static members", \.printStaticMembers),
    flag("print null-stop", "Printing of char arrays to stop at first null char", \.printNullStop),
    flag("print address", "Printing of addresses", \.printAddress),
    flag("print symbol", "Printing of symbol names when printing pointers", \.printSymbol),
    flag(
      "print demangle", "Demangling of encoded C++/ObjC names when displaying symbols", \.printDemangle),
    flag(
      "print asm-demangle", "Demangling of C++/ObjC names in disassembly listings", \.printAsmDemangle),
    Setting(
      name: "print frame-arguments", kind: .choice(FrameArguments.allCases.map(\.rawValue)),
      summary: "Printing of non-scalar frame arguments.", sentence: "Printing of non-scalar frame arguments",
      read: { $0.session.frameArguments.rawValue },
      write: { $0.session.frameArguments = FrameArguments(rawValue: $1) ?? .scalars }),
    Setting(
      name: "print entry-values", kind: .choice(["default", "no"]),
      summary: "Printing of function arguments at function entry.",
      sentence: "Printing of function arguments at function entry",
      read: { $0.session.printsEntryValues ? "default" : "no" }, write: { $0.session.printsEntryValues = $1 != "no" }),
    flag("print type methods", "Printing of methods defined in a class in", \.typeOptions.showsMethods),
    flag("print type typedefs", "Printing of typedefs defined in a class in", \.typeOptions.showsTypedefs),
    flag(
      "print type hex", "Display of struct members offsets and sizes in hexadecimal", \.typeOptions.isHexadecimal),
    flag("backtrace past-main", "Whether backtraces should continue past \"main\"", \.backtracePastMain),
    flag(
      "disable-randomization", "Disabling randomization of debuggee's virtual address space", \.disableRandomization),
    flag(
      "unwindonsignal", "Unwinding of stack if a signal is received while in a call dummy", \.unwindsOnSignal),
    flag(
      "unwind-on-terminating-exception", "Unwind stack if a C++ exception is unhandled while in a call dummy",
      \.unwindsOnTermination),
    Setting(
      name: "scheduler-locking", kind: .choice(SchedulerLocking.allCases.map(\.rawValue)),
      summary: "Which motions move the selected thread alone: none, all, or steps.",
      sentence: "Mode for locking scheduler during execution", read: { $0.session.schedulerLocking.rawValue },
      write: { $0.session.schedulerLocking = SchedulerLocking(rawValue: $1) ?? .replay }),
    Setting(
      name: "follow-fork-mode", kind: .choice(FollowForkMode.allCases.map(\.rawValue)),
      summary: "Which process is debugged after a fork.",
      sentence: "Debugger response to a program call of fork or vfork", read: { $0.session.followForkMode.rawValue },
      write: { $0.session.followForkMode = FollowForkMode(rawValue: $1) ?? .parent }),
    Setting(
      name: "follow-exec-mode", kind: .choice(FollowExecMode.allCases.map(\.rawValue)),
      summary: "Whether a program that a process executes is a new inferior.",
      sentence: "Follow exec mode", read: { $0.session.followExecMode.rawValue },
      write: { $0.session.followExecMode = FollowExecMode(rawValue: $1) ?? .same }),
    flag("schedule-multiple", "Resuming the execution of threads of all processes", \.schedulesMultiple),
    flag("detach-on-fork", "Whether sdb will detach the child of a fork", \.detachesOnFork),
    flag(
      "can-use-hw-watchpoints", "Debugger's willingness to use watchpoint hardware", \.usesHardwareWatchpoints),
    flag("step-mode", "Mode of the step operation", \.stepMode),
    Setting(
      name: "debug-file-directory", kind: .text,
      summary: "The directories where separate debug symbols are searched for.",
      sentence: "The directory where separate debug symbols are searched for",
      read: { $0.session.debugFileDirectories.joined(separator: ":") },
      write: { $0.session.debugFileDirectories = $1.split(separator: ":").map(String.init) }),
    Setting(
      name: "debuginfod enabled", kind: .choice(DebuginfodUse.allCases.map(\.rawValue)),
      summary: "Whether what is missing is fetched from debuginfod servers.",
      sentence: "Debuginfod functionality", read: { $0.session.debuginfod.rawValue },
      write: { $0.session.debuginfod = DebuginfodUse(rawValue: $1) ?? .ask },
      describe: { "Debuginfod functionality is currently set to \"\($0)\"." }),
    Setting(
      name: "debuginfod urls", kind: .text,
      summary: "The debuginfod servers that are asked, with blanks between; at first those of DEBUGINFOD_URLS.",
      sentence: "Debuginfod URLs", read: { $0.session.debuginfodServers.joined(separator: " ") },
      write: { $0.session.debuginfodServers = $1.split(separator: " ").map(String.init) },
      describe: { $0.isEmpty ? "Debuginfod URLs have not been set." : "Debuginfod URLs are currently set to:\n\($0)" }),
    count(
      "debuginfod verbose", "Debuginfod verbose output", \.debuginfodVerbosity, kind: .count(unlimited: false),
      describe: { "Debuginfod verbose output is set to \($0)." }),
    Setting(
      name: "language", kind: .choice(LanguageChoice.allCases.map(\.rawValue)),
      summary: "The language that expressions are read in and values shown in; auto: the selected frame's.",
      sentence: "The current source language", read: { $0.session.language.rawValue },
      write: { $0.session.language = LanguageChoice(rawValue: $1) ?? .auto }),
    count("listsize", "Number of source lines sdb will list by default", \.listSize, kind: .depth),
    Setting(
      name: "disassembly-flavor", kind: .choice(["att", "intel"]), summary: "The disassembly flavor.",
      sentence: "The disassembly flavor", read: { $0.session.disassemblySyntax == .att ? "att" : "intel" },
      write: { $0.session.disassemblySyntax = $1 == "att" ? .att : .intel }),
  ]

  private static let own: [Setting] = [
    Setting(
      name: "confirm", kind: .flag, summary: "Whether to confirm potentially dangerous operations.",
      sentence: "Whether to confirm potentially dangerous operations",
      read: { $0.preferences.confirms ? "on" : "off" }, write: { $0.preferences.confirms = $1 == "on" }),
    Setting(
      name: "save-session", kind: .flag,
      summary: "Whether breakpoints and watch expressions are kept per program from one run of sdb to the next.",
      sentence: "Saving of breakpoints and watch expressions per program",
      read: { $0.preferences.savesSession ? "on" : "off" }, write: { $0.preferences.savesSession = $1 == "on" }),
    Setting(
      name: "breakpoint pending", kind: .choice(InterpreterState.Preferences.Pending.allCases.map(\.rawValue)),
      summary: "Debugger's behavior regarding pending breakpoints.",
      sentence: "Debugger's behavior regarding pending breakpoints",
      read: { $0.preferences.pendingBreakpoints.rawValue },
      write: { $0.preferences.pendingBreakpoints = .init(rawValue: $1) ?? .auto }),
  ]

  /// Accepted because scripts for gdb set them.
  private static let inert: [Setting] = [
    ("pagination", Setting.Kind.flag, "off", "State of pagination"),
    ("height", .count(unlimited: true), "unlimited", "Number of lines sdb thinks are in a page"),
    ("width", .count(unlimited: true), "unlimited", "Number of characters sdb thinks are in a line"),
    ("style enabled", .flag, "off", "CLI output styling"),
    ("verbose", .flag, "off", "Verbosity"),
    ("logging enabled", .flag, "off", "Logging to a file"),
    ("startup-with-shell", .flag, "off", "Use of shell to start subprocesses"),
    ("history save", .flag, "on", "Saving of the history record on exit"),
    ("non-stop", .flag, "off", "Controlling the inferior in non-stop mode"),
    ("print thread-events", .flag, "off", "Printing of thread events"),
    ("print vtbl", .flag, "off", "Printing of C++ virtual function tables"),
  ].map { name, kind, initial, sentence in
    Setting(
      name: name, kind: kind, summary: sentence + " (kept, without effect).", sentence: sentence,
      read: { $0.preferences.inert[name] ?? initial }, write: { $0.preferences.inert[name] = $1 })
  }
}
