import CVTerm

/// Lines that left the program's screen at its top, the last ones, up to a limit. They are kept as libvterm has
/// them: most are never looked at.
struct Scrollback {
  /// A ring: the oldest line is at `start` once it is full.
  private var lines: [[sdb_vt_cell]] = []
  private var start = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = max(0, limit)
  }

  var count: Int { lines.count }

  /// The line at an index, 0 the oldest, inside of `count`.
  subscript(index: Int) -> [sdb_vt_cell] { lines[(start + index) % lines.count] }

  /// Adds a line; the oldest goes if it is full.
  mutating func append(_ line: [sdb_vt_cell]) {
    guard limit > 0 else { return }
    if lines.count < limit {
      lines.append(line)
    } else {
      lines[start] = line
      start = (start + 1) % limit
    }
  }

  /// Takes the newest line back.
  mutating func popLast() -> [sdb_vt_cell]? {
    guard !lines.isEmpty else { return nil }
    if start != 0 {
      // Brings the ring back into order: rare, as it happens only when a screen grows.
      lines = Array(lines[start...] + lines[..<start])
      start = 0
    }
    return lines.removeLast()
  }
}
