/// Cuts text into what cells hold: a character with its marks, or a tab's blanks, or the sign of a control
/// character. It goes scalar by scalar and holds no more than a cell, so a line of megabytes costs only what is
/// looked at.
struct ClusterScanner {
  /// One step of the scan.
  struct Cluster {
    /// What to show; for a sign of a control character several narrow ones.
    var text: String
    /// Columns in all.
    var width: Int
    /// Whether each ASCII character of `text` takes a cell of its own: blanks of a tab, signs.
    var isRun: Bool
    /// Where it began, in UTF-8 bytes from the start of the text.
    let offset: Int
  }

  private var scalars: Substring.UnicodeScalarView.Iterator
  private var pending: Unicode.Scalar?
  private var offset = 0
  private var column = 0
  private let tabWidth: Int

  init(_ text: some StringProtocol, tabWidth: Int) {
    scalars = Substring(text).unicodeScalars.makeIterator()
    pending = scalars.next()
    self.tabWidth = max(1, tabWidth)
  }

  mutating func next() -> Cluster? {
    guard let first = pending else { return nil }
    let start = offset
    advance(past: first)
    let cluster: Cluster
    if first == "\t" {
      let width = tabWidth - column % tabWidth
      cluster = Cluster(text: String(repeating: " ", count: width), width: width, isRun: true, offset: start)
    } else if let sign = first.visibleSign {
      cluster = Cluster(text: sign, width: sign.utf8.count, isRun: true, offset: start)
    } else {
      cluster = character(beginningWith: first, at: start)
    }
    column &+= cluster.width
    return cluster
  }

  private mutating func character(beginningWith first: Unicode.Scalar, at start: Int) -> Cluster {
    if first.isASCII, pending.map({ $0.isASCII }) ?? true {
      return Cluster(text: String(first), width: 1, isRun: false, offset: start)
    }
    var text = String(first)
    // A mark with nothing before it to sit on gets a dotted circle, as Unicode §5.13 advises.
    let width = first.columnWidth
    if width == 0 { text = "\u{25cc}" + text }
    var count = 1
    var joins = false
    while let scalar = pending, scalar.visibleSign == nil, scalar != "\t" {
      guard joins || scalar.columnWidth == 0 || (width == 2 && scalar.isEmojiModifier) else { break }
      advance(past: scalar)
      joins = scalar == "\u{200d}" && width == 2
      count += 1
      if count <= Cell.longestCluster { text.unicodeScalars.append(scalar) }
    }
    return Cluster(text: text, width: max(1, width), isRun: false, offset: start)
  }

  private mutating func advance(past scalar: Unicode.Scalar) {
    offset += UTF8.width(scalar)
    pending = scalars.next()
  }
}
