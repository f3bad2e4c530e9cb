/// Text of the program as a literal of C: quoted, escaped, with long repetitions counted. Whatever the bytes
/// are, the result is printable and its length bounded.
struct TextLiteral {
  let type: CharacterType
  /// Characters after which `...` is written; a repetition counts in full.
  let limit: Int
  /// Repetitions longer than this are counted instead of written.
  let repeats: Int
  /// What a string stands between: C's `"`, Fortran's `'`.
  var quote: Unicode.Scalar = "\""

  /// A character of the text, or bytes that are none.
  private enum Element: Equatable {
    case scalar(Unicode.Scalar, ArraySlice<UInt8>)
    case invalid(ArraySlice<UInt8>)
    /// The beginning of a sequence that the text ends in.
    case incomplete(ArraySlice<UInt8>)

    /// Where it stands does not matter, only what it is.
    static func == (left: Element, right: Element) -> Bool {
      switch (left, right) {
      case (.scalar(let left, _), .scalar(let right, _)): left == right
      case (.invalid(let left), .invalid(let right)), (.incomplete(let left), .incomplete(let right)):
        left.elementsEqual(right)
      default: false
      }
    }
  }

  /// A string of these bytes; `isCut` where more of it is in memory.
  func string(_ bytes: ArraySlice<UInt8>, isCut: Bool = false) -> String {
    var rest = bytes.prefix(bytes.count / type.width * type.width)
    var segments: [String] = []
    var run = ""
    var printed = 0
    func close() {
      guard !run.isEmpty else { return }
      segments.append(type.prefix + String(quote) + run + String(quote))
      run = ""
    }
    while printed < limit, let element = next(in: &rest) {
      var count = 1
      var ahead = rest
      while let following = next(in: &ahead), following == element {
        count += 1
        rest = ahead
      }
      printed += count
      if case .incomplete(let bytes) = element {
        close()
        segments.append("<incomplete sequence \(escape(bytes))>")
      } else if count > repeats {
        close()
        segments.append("\(type.prefix)'\(text(of: element, quote: "'"))' <repeats \(count) times>")
      } else {
        run += String(repeating: text(of: element, quote: quote), count: count)
      }
    }
    close()
    if segments.isEmpty { segments = [type.prefix + String(quote) + String(quote)] }
    return segments.joined(separator: ", ") + (isCut || !rest.isEmpty ? "..." : "")
  }

  /// A single character's literal, of its code: `'a'`, `L'\t'`, `'\310'`.
  static func character(_ code: UInt32, _ type: CharacterType) -> String {
    let bytes = (0..<type.width).map { UInt8(truncatingIfNeeded: code >> UInt32($0 * 8)) }
    let literal = TextLiteral(type: type, limit: 1, repeats: 1)
    // A lone byte past ASCII is never a character: only its sequence would be.
    let scalar = type.width == 1 && code > 127 ? nil : Unicode.Scalar(code)
    let element = scalar.map { Element.scalar($0, bytes[...]) } ?? .invalid(bytes[...])
    return type.prefix + "'" + literal.text(of: element, quote: "'") + "'"
  }

  // MARK: Decoding

  private func next(in bytes: inout ArraySlice<UInt8>) -> Element? {
    guard let first = bytes.first else { return nil }
    switch type.width {
    case 1:
      if first < 0x80 { return take(1, of: &bytes, Unicode.Scalar(first)) }
      return utf8(first, &bytes)
    case 2:
      let unit = self.unit(bytes)
      if unit & 0xfc00 == 0xd800, bytes.count >= 4 {
        let low = self.unit(bytes.dropFirst(2))
        if low & 0xfc00 == 0xdc00 {
          return take(4, of: &bytes, Unicode.Scalar(0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff))
        }
      }
      return take(2, of: &bytes, Unicode.Scalar(unit))
    default: return take(4, of: &bytes, Unicode.Scalar(unit(bytes)))
    }
  }

  private func unit(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(type.width).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func take(_ count: Int, of bytes: inout ArraySlice<UInt8>, _ scalar: Unicode.Scalar?) -> Element {
    let taken = bytes.prefix(count)
    bytes = bytes.dropFirst(count)
    return scalar.map { .scalar($0, taken) } ?? .invalid(taken)
  }

  private func utf8(_ first: UInt8, _ bytes: inout ArraySlice<UInt8>) -> Element {
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard first >= 0xc2, first <= 0xf4 else { return take(1, of: &bytes, nil) }
    let sequence = bytes.prefix(length)
    guard sequence.dropFirst().allSatisfy({ $0 & 0xc0 == 0x80 }) else { return take(1, of: &bytes, nil) }
    guard sequence.count == length else {
      bytes = []
      return .incomplete(sequence)
    }
    let text = String(decoding: sequence, as: UTF8.self).unicodeScalars
    guard text.count == 1, let scalar = text.first, scalar != "\u{fffd}" || sequence.elementsEqual("\u{fffd}".utf8)
    else { return take(1, of: &bytes, nil) }
    return take(length, of: &bytes, scalar)
  }

  // MARK: Escaping

  private func text(of element: Element, quote: Unicode.Scalar) -> String {
    switch element {
    case .invalid(let bytes), .incomplete(let bytes): escape(bytes)
    case .scalar(let scalar, let bytes):
      switch scalar {
      case quote, "\\": "\\" + String(scalar)
      case "\u{7}": "\\a"
      case "\u{8}": "\\b"
      case "\u{c}": "\\f"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case "\u{b}": "\\v"
      default: scalar.isPrintable ? String(scalar) : escape(bytes)
      }
    }
  }

  /// Octal where three digits are enough, as gdb does.
  private func escape(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    var rest = bytes
    while !rest.isEmpty {
      let unit = self.unit(rest)
      rest = rest.dropFirst(type.width)
      let octal = String(unit, radix: 8)
      text +=
        unit <= 0o777
        ? "\\" + String(repeating: "0", count: 3 - octal.count) + octal : "\\x" + String(unit, radix: 16)
    }
    return text
  }
}

extension Unicode.Scalar {
  /// True where it may be sent to a terminal: it has a picture, and does nothing else.
  var isPrintable: Bool {
    if isASCII { return value >= 0x20 && value != 0x7f }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }
}
