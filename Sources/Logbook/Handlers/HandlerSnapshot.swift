package import Debugger

/// A row of `log handlers`.
package struct HandlerSnapshot: Sendable, Equatable, Encodable {
  package let name: String
  package let kind: String
  package let logger: String
  package let level: LogLevel
  /// What messages have to match; empty: nothing.
  package let text: String
  package let format: String
  package let path: String?
  /// Why the last line could not be written.
  package let failure: String?

  init(_ handler: LogHandler) {
    name = handler.name
    kind = handler.description.kind.rawValue
    logger = handler.filter.logger
    level = handler.filter.level
    text = handler.filter.text
    format = handler.description.effectiveFormat.source
    path = handler.description.path
    failure = handler.failure?.description
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case kind = "class"
    case logger, level, text, format, path, failure
  }
}
