import Commands
import Debugger

/// A line as a user lays it out: `{time} {level:8} {logger}: {message}`. A number behind a colon is the width that a field is filled
/// up to; a brace itself is written `{{` or `}}`.
package struct LogTemplate: Sendable, Equatable {
  package enum Field: String, Sendable, CaseIterable {
    /// By the machine's clock: date and time, or the latter alone.
    case time, clock
    case level, logger, message, thread, breakpoint, function, file, line
    /// `file:line`, the file without its folders.
    case location
  }

  private enum Piece: Sendable, Equatable {
    case text(String)
    case field(Field, width: Int)
  }

  package static let standard = (try? LogTemplate("{time} {level:8} {logger}: {message}")) ?? LogTemplate()

  /// As it was written.
  package let source: String
  private let pieces: [Piece]
  private static let widest = 200

  /// The message alone.
  private init() {
    source = "{message}"
    pieces = [.field(.message, width: 0)]
  }

  package init(_ source: String) throws(LogbookError) {
    self.source = source
    var pieces: [Piece] = []
    var text = ""
    var rest = Substring(source)
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        text.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { throw LogbookError("a { has no } behind it in \"\(source)\"") }
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(try Self.field(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        text.append(character)
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  private static func field(_ text: Substring) throws(LogbookError) -> Piece {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let field = Field(rawValue: String(parts[0])) else {
      let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
      throw LogbookError("{\(text)} is no field of a format: \(known)")
    }
    guard parts.count > 1 else { return .field(field, width: 0) }
    guard let width = Int(parts[1]), (1...widest).contains(width) else {
      throw LogbookError("\"\(parts[1])\" is no width of a field, a number from 1 to \(widest)")
    }
    return .field(field, width: width)
  }

  package func text(of record: LogRecord, keepsLines: Bool = false) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .field(.message, width: 0) where keepsLines: escaped(record.message)
      case .field(let field, let width): padded(escapedName(Self.value(of: field, record)), width)
      }
    }.joined()
  }

  private static func value(of field: Field, _ record: LogRecord) -> String {
    let place = record.passage?.place
    switch field {
    case .time: return record.time.local
    case .clock: return String(record.time.local.dropFirst("2026-12-01 ".count))
    case .level: return record.level.rawValue.uppercased()
    case .logger: return record.logger.isEmpty ? "root" : record.logger
    case .message: return record.message
    case .thread: return record.passage.map { String($0.thread) } ?? ""
    case .breakpoint: return record.passage.map { String($0.breakpoint) } ?? ""
    case .function: return place?.function ?? ""
    case .file: return place?.file ?? ""
    case .line: return place?.line.map(String.init) ?? ""
    case .location:
      guard let file = place?.file else { return "" }
      return (file.split(separator: "/").last ?? "") + (place?.line.map { ":\($0)" } ?? "")
    }
  }
}
