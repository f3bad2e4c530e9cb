package import DebugInfo
package import Debugger

/// Which records a handler takes.
package struct RecordFilter: Sendable {
  /// The least level.
  package var level = LogLevel.debug
  /// This logger and those below it; empty: all.
  package var logger = ""
  /// What the message has to match; nil: anything.
  package private(set) var pattern: NamePattern?
  /// `pattern` as it was written.
  package private(set) var text = ""

  package init() {}

  /// - Parameter text: a regular expression, as `info functions` has them; empty: any message will do.
  package mutating func require(text: String) throws(NamePattern.Failure) {
    pattern = text.isEmpty ? nil : try NamePattern(text)
    self.text = text
  }

  /// True where a record of that level and logger might be taken: what is not need not be formatted.
  package func mayTake(_ level: LogLevel, of logger: String) -> Bool {
    level >= self.level && LoggerHierarchy.logger(self.logger, isAtOrAbove: logger)
  }

  package func takes(_ record: LogRecord) -> Bool {
    mayTake(record.level, of: record.logger) && pattern?.matches(record.message) ?? true
  }
}
