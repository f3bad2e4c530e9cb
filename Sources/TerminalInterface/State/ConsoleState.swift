package import Debugger

/// What commands printed, and what the session had to say.
package struct ConsoleState: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case command, output, error, notice
    case log(LogLevel)
  }

  package struct Line: Sendable, Equatable {
    package let text: String
    package let kind: Kind
  }

  /// Lines kept.
  package static let capacity = 10_000

  package private(set) var lines: [Line] = []
  /// The last line shown; nil: the console follows its end.
  package private(set) var bottom: Int?

  package init() {}

  /// Adds text, a line each.
  mutating func append(_ text: String, _ kind: Kind) {
    guard !text.isEmpty else { return }
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(Line(text: caretNotation(part), kind: kind))
    }
    let excess = lines.count - Self.capacity
    // In steps, so that a flood does not move all lines for each of its own.
    if excess > Self.capacity / 10 {
      lines.removeFirst(excess)
      bottom = bottom.map { max(0, $0 - excess) }
    }
  }

  mutating func clear() {
    lines = []
    bottom = nil
  }

  /// Scrolls by lines, down where positive; at the end it follows again.
  mutating func scroll(by count: Int, height: Int) {
    let last = lines.count - 1
    let wanted = (bottom ?? last) &+ count
    bottom = wanted >= last ? nil : max(min(last, height - 1), wanted)
    if last < 0 { bottom = nil }
  }

  mutating func scrollToEnd() {
    bottom = nil
  }

  /// Shows what was appended from a line on: all of it where it has room, else its begin.
  mutating func show(from first: Int, width: Int, height: Int) {
    var used = 0
    for index in first..<max(first, lines.count) {
      used += Self.rows(of: lines[index].text, width: width, most: height + 1).count
      guard used > height else { continue }
      bottom = max(first, index - 1)
      return
    }
    bottom = nil
  }

  /// Lines below those that are shown.
  package var linesBelow: Int { bottom.map { lines.count - 1 - $0 } ?? 0 }

  /// Shows a line.
  mutating func reveal(_ line: Int) {
    bottom = line >= lines.count - 1 ? nil : line
  }

  /// The lines as they fall into rows of `width` columns, the last `height` of them, each with the columns of its
  /// line that it shows.
  package func visibleRows(width: Int, height: Int) -> [(line: Line, columns: Range<Int>)] {
    guard width > 0, height > 0, !lines.isEmpty else { return [] }
    var rows: [(line: Line, columns: Range<Int>)] = []
    var index = min(bottom ?? lines.count - 1, lines.count - 1)
    while index >= 0, rows.count < height {
      let line = lines[index]
      rows += Self.rows(of: line.text, width: width, most: height).reversed().map { (line, $0) }
      index -= 1
    }
    return rows.prefix(height).reversed()
  }

  /// How a line is broken: behind a blank in the second half of a row where there is one. The blank that a row has
  /// no room for is left out. A line of megabytes shows its beginning only.
  static func rows(of text: String, width: Int, most: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var clusters = ClusterScanner(text.prefix(width * (most + 1)), tabWidth: 8)
    var start = 0
    var position = 0
    var afterBlank = 0
    while rows.count < most, let cluster = clusters.next() {
      let end = position + cluster.width
      let isBlank = cluster.text == " "
      if end > start + width, position > start {
        let cut = !isBlank && afterBlank > start + width / 2 ? afterBlank : position
        rows.append(start..<cut)
        start = isBlank ? end : cut
      }
      position = end
      if isBlank { afterBlank = end }
    }
    if rows.count < most, position > start || rows.isEmpty { rows.append(start..<position) }
    return rows
  }
}
