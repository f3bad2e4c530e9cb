import ArgumentParser
import Logging

/// `--log-level`: what sdb tells of itself, on standard error.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
  case trace, debug, info, notice, warning, error, critical

  func apply() {
    let level = Logger.Level(rawValue: rawValue) ?? .warning
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
  }
}
