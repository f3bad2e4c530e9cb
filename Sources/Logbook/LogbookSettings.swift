package import Configuration
import Debugger
import TOMLKit

/// The table `[logging]` of `config.toml`: levels of loggers, and handlers.
package struct LogbookSettings: Sendable {
  private var levels: [(logger: String, level: LogLevel)] = []
  private var closed: [String] = []
  private var handlers: [(name: String, description: HandlerDescription)] = []

  /// Takes them from a file that is read already; what other tables hold is others' matter.
  package init(_ file: ConfigurationFile) throws(ConfigurationError) {
    guard let value = file.root["logging"] else { return }
    let table = try Self.table(value, file, nil, "logging")
    for key in table.keys {
      guard let value = table[key] else { continue }
      switch key {
      case "level": levels.append(("", try Self.level(value, file, "logging", key)))
      case "loggers": try readLoggers(try Self.table(value, file, "logging", key), file)
      case "handlers": try readHandlers(try Self.table(value, file, "logging", key), file)
      default: throw file.unknown(key, of: ["level", "loggers", "handlers"], table: "logging")
      }
    }
  }

  /// Sets a book up. Answers what can't be written to, in a user's words: handlers for it are there, and try again.
  package func apply(to book: Logbook) -> [String] {
    book.updateLoggers { loggers in
      for (logger, level) in levels { loggers.set(level, of: logger) }
      for logger in closed { loggers.setPropagation(false, of: logger) }
    }
    var remarks: [String] = []
    for (name, description) in handlers {
      do throws(LogbookError) { try book.add(name, description) } catch {
        remarks.append("The log handler \"\(name)\" can't write: \(error).")
        // It had all that it needs.
        try? book.add(name, description, opens: false)
      }
    }
    return remarks
  }

  /// `app = "warning"`, or `app = { level = "warning", propagate = false }`.
  private mutating func readLoggers(_ table: TOMLTable, _ file: ConfigurationFile) throws(ConfigurationError) {
    let place = "logging.loggers"
    for logger in table.keys {
      guard let value = table[logger] else { continue }
      guard let parts = value.table else {
        levels.append((logger, try Self.level(value, file, place, logger)))
        continue
      }
      for key in parts.keys {
        guard let value = parts[key] else { continue }
        switch key {
        case "level": levels.append((logger, try Self.level(value, file, place, logger)))
        case "propagate":
          guard let propagates = value.bool else {
            throw file.error("has to be true or false", table: place, key: logger, part: key)
          }
          if !propagates { closed.append(logger) }
        default:
          throw file.error(
            "is not known; there are level and propagate, and a name with dots stands in quotes", table: place,
            key: logger, part: key)
        }
      }
    }
  }

  private mutating func readHandlers(_ table: TOMLTable, _ file: ConfigurationFile) throws(ConfigurationError) {
    for name in table.keys {
      guard let value = table[name] else { continue }
      let place = "logging.handlers"
      let parts = try Self.table(value, file, place, name)
      guard let kind = parts["class"]?.string else {
        throw file.error("has to be a class of handlers", table: place, key: name, part: "class")
      }
      do throws(LogbookError) {
        var description = try HandlerDescription(class: kind)
        for key in parts.keys where key != "class" {
          guard let value = parts[key] else { continue }
          guard let text = value.string ?? value.int.map(String.init) else {
            throw LogbookError("\(key) has to be a text in quotes or a number")
          }
          try description.set(key, to: text)
        }
        if description.needsPath { throw LogbookError("a handler of class \(kind) needs a path") }
        handlers.append((name, description))
      } catch {
        throw file.error(error.description, table: place, key: name)
      }
    }
    handlers.sort { $0.name < $1.name }
  }

  private static func table(
    _ value: any TOMLValueConvertible, _ file: ConfigurationFile, _ table: String?, _ key: String
  ) throws(ConfigurationError) -> TOMLTable {
    guard let found = value.table else { throw file.error("has to be a table", table: table, key: key) }
    return found
  }

  private static func level(
    _ value: any TOMLValueConvertible, _ file: ConfigurationFile, _ table: String, _ key: String
  ) throws(ConfigurationError) -> LogLevel {
    guard let text = value.string, let level = LogLevel(rawValue: text.lowercased()) else {
      let levels = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
      throw file.error("has to be a level: \(levels)", table: table, key: key)
    }
    return level
  }
}
