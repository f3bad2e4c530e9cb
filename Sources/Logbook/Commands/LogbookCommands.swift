package import Commands
import Debugger

/// The commands of this room: `log` and what may follow it.
package enum LogbookCommands {
  /// - Parameter book: that of the session which the commands are to be carried out on.
  package static func added(to table: CommandTable, book: Logbook) -> CommandTable { table.adding([log(book)]) }

  private static let levels = LogLevel.allCases.map(\.rawValue)

  private static let options =
    "level=LEVEL, logger=NAME (it and those below), text=REGEX say which records it takes; format=\"{time} {level} {message}\"\n"
    + "or format=json how they are written. The fields are "
    + LogTemplate.Field.allCases.map(\.rawValue).joined(separator: ", ") + ";\n"
    + "{level:8} fills up to 8 columns."

  private static func log(_ book: Logbook) -> CommandDescriptor {
    CommandDescriptor(
      "log", [], .breakpoints, "log level|handlers|handler|filter|propagate …",
      "What becomes of the lines that log points print, and of what sdb says about itself.",
      details:
        "Records come from loggers (\"logpoint … logger=app.net\"; sdb's own is \"sdb\") and are written by handlers.",
      arguments: [.word(["level", "handlers", "handler", "filter", "propagate"])],
      subcommands: CommandTable([level(book), handlers(book), handler(book), filter(book), propagate(book)]),
      handler: { _ in HandlerTable(handlers: book.handlers) })
  }

  private static func level(_ book: Logbook) -> CommandDescriptor {
    CommandDescriptor(
      "level", [], .breakpoints, "log level [LOGGER] [LEVEL|default]", "Show or set which records loggers let through.",
      details:
        "Loggers form a hierarchy by dots in their names; one without a level has that of the logger above it, which \"default\" brings\n"
        + "back. Without a name it is about the root. Nothing is put together below a logger's level.",
      arguments: [.word(levels)],
      handler: { context in
        let words = context.arguments.words
        guard words.count <= 2 else { throw CommandError("Usage: \(context.command.synopsis)") }
        guard let last = words.last else { return LevelTable(book.loggers) }
        let logger = words.count == 2 && words[0] != "root" ? words[0] : ""
        if words.count == 1, LogLevel(rawValue: last.lowercased()) == nil {
          return Message("The level of \"\(last)\" is \(book.loggers.level(of: last == "root" ? "" : last)).")
        }
        let level = last == "default" ? nil : try LogLevel(named: last)
        book.updateLoggers { $0.set(level, of: logger) }
        return Done()
      })
  }

  private static func propagate(_ book: Logbook) -> CommandDescriptor {
    CommandDescriptor(
      "propagate", [], .breakpoints, "log propagate LOGGER on|off",
      "Whether a logger's records go to the handlers of the loggers above it too.",
      arguments: [.text, .word(["on", "off"])],
      handler: { context in
        let words = context.arguments.words
        guard words.count == 2, ["on", "off"].contains(words[1]) else {
          throw CommandError("Usage: \(context.command.synopsis)")
        }
        book.updateLoggers { $0.setPropagation(words[1] == "on", of: words[0]) }
        return Done()
      })
  }

  private static func handlers(_ book: Logbook) -> CommandDescriptor {
    CommandDescriptor(
      "handlers", [], .breakpoints, "log handlers", "The handlers, which records they take, and where those go.",
      handler: { _ in HandlerTable(handlers: book.handlers) })
  }

  private static func handler(_ book: Logbook) -> CommandDescriptor {
    let classes = HandlerDescription.Class.allCases.map(\.rawValue)
    let add = CommandDescriptor(
      "add", [], .breakpoints, "log handler add NAME CLASS [KEY=VALUE…]", "Add a handler, or replace one.",
      details: "CLASS is \(classes.joined(separator: ", ")).\n" + options + "\n"
        + "Files have path=FILE; rotating ones max-size=BYTES, timed ones every=minute|hour|day, both keep=COUNT. A syslog handler\n"
        + "has path=SOCKET and facility=user|daemon|local0…local7.",
      arguments: [.text, .word(classes), .text],
      handler: { context in
        var words = try OptionWords(context.arguments).words
        guard words.count >= 2 else { throw CommandError("Usage: \(context.command.synopsis)") }
        let name = words.removeFirst()
        var description = try HandlerDescription(class: words.removeFirst())
        for word in words {
          let (key, value) = try OptionWords.split(word)
          try description.set(key, to: value)
        }
        try book.add(name, description)
        return Done()
      })
    let remove = CommandDescriptor(
      "remove", [], .breakpoints, "log handler remove NAME", "Remove a handler.", arguments: [.text],
      handler: { context in
        try book.remove(try context.required("a handler's name"))
        return Done()
      })
    return CommandDescriptor(
      "handler", [], .breakpoints, "log handler add|remove NAME …", "Add or remove a handler.",
      arguments: [.word(["add", "remove"])], subcommands: CommandTable([add, remove]),
      handler: { context in throw CommandError("Usage: \(context.command.synopsis)") })
  }

  private static func filter(_ book: Logbook) -> CommandDescriptor {
    CommandDescriptor(
      "filter", [], .breakpoints, "log filter HANDLER [level=LEVEL] [logger=NAME] [text=REGEX]",
      "Change which records a handler takes.",
      details: "What is not named stays; \"logger=\" and \"text=\" end a restriction.", arguments: [.text],
      handler: { context in
        let words = try OptionWords(context.arguments).words
        guard let name = words.first else { throw CommandError("Usage: \(context.command.synopsis)") }
        var filter = try book.filter(of: name)
        for word in words.dropFirst() {
          let (key, value) = try OptionWords.split(word)
          guard RecordFilter.keys.contains(key) else {
            throw CommandError("\"\(key)\" is nothing to filter by: \(RecordFilter.keys.joined(separator: ", ")).")
          }
          try filter.set(key, to: value)
        }
        try book.setFilter(of: name, to: filter)
        return HandlerTable(handlers: book.handlers.filter { $0.name == name })
      })
  }
}

/// Words between blanks; within double quotes, blanks are part of a word, and a backslash takes a quote's meaning away.
struct OptionWords {
  private(set) var words: [String] = []

  init(_ text: String) throws(CommandError) {
    var word: String?
    var isQuoted = false
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case "\\" where isQuoted && (rest.first == "\"" || rest.first == "\\"):
        word = (word ?? "") + String(rest.removeFirst())
      case _ where character.isWhitespace && !isQuoted:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard !isQuoted else { throw CommandError("A quote is not closed: \(text)") }
    if let word { words.append(word) }
  }

  /// `KEY=VALUE`.
  static func split(_ word: String) throws(CommandError) -> (key: String, value: String) {
    guard let equals = word.firstIndex(of: "=") else { throw CommandError("KEY=VALUE expected, not \"\(word)\".") }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }
}
