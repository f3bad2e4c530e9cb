/// Turns whatever a program writes to its terminal into the part of it that libvterm 0.1.4 survives.
///
/// That version trusts its input: a seventeenth parameter, a broken UTF-8 sequence, a huge number or a left margin
/// makes it write outside of its memory. So text leaves here as whole, valid UTF-8, control sequences leave
/// complete, known, and with few and small parameters, and everything else is dropped. State is kept between
/// calls, as a read may end in the middle of a sequence. Standard: ECMA-48, and xterm's ctlseqs for the modes.
struct OutputFilter {
  private enum State {
    case text
    /// After ESC, with the intermediates that followed.
    case escape([UInt8])
    case control(ControlSequence)
    /// In an operating system command, whose text is kept if it sets the title.
    case command([UInt8])
    case commandEscape([UInt8])
    /// In a string that is dropped: device control, privacy message, application command, start of string.
    case ignored
    case ignoredEscape
  }

  private var state = State.text
  /// An unfinished UTF-8 sequence, with how many bytes it will have.
  private var partial: [UInt8] = []
  private var partialLength = 0
  /// The last character written, which REP repeats.
  private var last: [UInt8] = []
  private var output: [UInt8] = []

  private static let longestTitle = 1024
  private static let mostRepetitions = 255

  /// What libvterm may be given for these bytes.
  mutating func filter(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    for byte in bytes { take(byte) }
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  private mutating func take(_ byte: UInt8) {
    if !partial.isEmpty {
      if continues(byte) { return }
      putReplacement()
    }
    switch (state, byte) {
    case (.command(let text), 0x07): finishCommand(text)
    case (.command(let text), 0x1b): state = .commandEscape(text)
    case (.commandEscape(let text), UInt8(ascii: "\\")): finishCommand(text)
    case (.ignored, 0x1b): state = .ignoredEscape
    case (.ignoredEscape, UInt8(ascii: "\\")): state = .text
    case (_, 0x18), (_, 0x1a): state = .text  // CAN and SUB end any sequence (ECMA-48 §8.3.10, §8.3.148).
    case (_, 0x1b): state = .escape([])
    case (.commandEscape, _), (.ignoredEscape, _):
      state = .escape([])
      take(byte)
    case (.command(var text), _):
      // BEL or ST may never come: what is too long is read over.
      if text.count < Self.longestTitle {
        state = .text  // Drops the state's own reference, so that appending does not copy.
        text.append(byte)
        state = .command(text)
      }
    case (.ignored, _): break
    case (_, 0..<0x20): if (0x07...0x0f).contains(byte) { output.append(byte) }
    case (_, 0x7f): break
    case (.text, _): takeText(byte)
    case (.escape(let intermediates), _): takeEscape(byte, after: intermediates)
    case (.control(var sequence), _):
      state = .text
      switch sequence.take(byte) {
      case .unfinished: state = .control(sequence)
      case .finished: put(sequence, final: byte)
      case .invalid: break
      }
    }
  }

  // MARK: Text

  private mutating func takeText(_ byte: UInt8) {
    switch byte {
    case 0x20..<0x7f:
      last = [byte]
      output.append(byte)
    case 0xc2...0xdf: begin(byte, length: 2)
    case 0xe0...0xef: begin(byte, length: 3)
    case 0xf0...0xf4: begin(byte, length: 4)
    default: putReplacement()
    }
  }

  private mutating func begin(_ byte: UInt8, length: Int) {
    partial = [byte]
    partialLength = length
  }

  /// Whether the byte goes on with the unfinished UTF-8 sequence; writes the character when it is whole.
  private mutating func continues(_ byte: UInt8) -> Bool {
    guard byte & 0xc0 == 0x80 else { return false }
    partial.append(byte)
    guard partial.count == partialLength else { return true }
    // Overlong forms, surrogates and values past U+10FFFF come out of the decoder as U+FFFD.
    let scalars = String(decoding: partial, as: UTF8.self).unicodeScalars
    if let scalar = scalars.first, Self.wideMarks.contains(scalar.value) {
      partial.removeAll(keepingCapacity: true)
    } else if let scalar = scalars.first, scalars.count == 1, !(0x80..<0xa0).contains(scalar.value) {
      last = partial
      output += partial
      partial.removeAll(keepingCapacity: true)
    } else {
      putReplacement()
    }
    return true
  }

  /// Marks that libvterm counts as two columns wide beside what they sit on, which takes it over the right edge:
  /// tone marks, and the voiced sound marks of kana, which are rare apart from their letter.
  private static let wideMarks: Set<UInt32> = [
    0x302a, 0x302b, 0x302c, 0x302d, 0x302e, 0x302f, 0x3099, 0x309a,
  ]

  private mutating func putReplacement() {
    partial.removeAll(keepingCapacity: true)
    last = Array("\u{fffd}".utf8)
    output += last
  }

  // MARK: Sequences

  private mutating func takeEscape(_ byte: UInt8, after intermediates: [UInt8]) {
    state = .text
    switch (byte, intermediates) {
    case (0x20...0x2f, _): if intermediates.count < 2 { state = .escape(intermediates + [byte]) }
    case (UInt8(ascii: "["), []): state = .control(ControlSequence())
    case (UInt8(ascii: "]"), []): state = .command([])
    case (UInt8(ascii: "P"), []), (UInt8(ascii: "X"), []), (UInt8(ascii: "^"), []), (UInt8(ascii: "_"), []):
      state = .ignored
    case (UInt8(ascii: "8"), []): put("\u{1b}8" + Self.clampCursor)
    case (_, []) where "78=>DEHMc".utf8.contains(byte): put("\u{1b}" + String(Unicode.Scalar(byte)))
    case (UInt8(ascii: "8"), [UInt8(ascii: "#")]): put("\u{1b}#8")
    // Character sets G0 and G1: ASCII, British, DEC graphics.
    case (UInt8(ascii: "B"), _), (UInt8(ascii: "A"), _), (UInt8(ascii: "0"), _):
      if intermediates == [UInt8(ascii: "(")] || intermediates == [UInt8(ascii: ")")] {
        output += [0x1b] + intermediates + [byte]
      }
    default: break
    }
  }

  /// A status report that is not answered. libvterm brings the cursor back inside of the screen after each control
  /// sequence, but not after ESC 8, when the screen has shrunk since ESC 7.
  static let clampCursor = "\u{1b}[1n"

  private mutating func put(_ sequence: ControlSequence, final: UInt8) {
    switch (sequence.leader, sequence.intermediate, Character(Unicode.Scalar(final))) {
    case (nil, nil, "b"):
      for _ in 0..<min(max(1, sequence.parameters.first?.value ?? 1), Self.mostRepetitions) { output += last }
    case (nil, nil, "s"): put("\u{1b}7")
    case (nil, nil, "u"): put("\u{1b}8" + Self.clampCursor)
    case (nil, nil, let letter) where "@ABCDEFGHIJKLMPSTXZ`acdefghjklmnr".contains(letter):
      put(sequence.text(letter))
    case (UInt8(ascii: "?"), nil, let letter) where letter == "h" || letter == "l":
      // libvterm looks at the first mode alone.
      for parameter in sequence.parameters where Self.modes.contains(parameter.value ?? 0) {
        put("\u{1b}[?\(parameter.value ?? 0)\(letter)")
      }
    case (UInt8(ascii: "?"), nil, let letter) where "JKn".contains(letter): put(sequence.text(letter))
    case (UInt8(ascii: ">"), nil, "c"): put(sequence.text("c"))
    case (nil, UInt8(ascii: "!"), "p"): put("\u{1b}[?6l\u{1b}[r\u{1b}[m\u{1b}[4l\u{1b}[?25h\u{1b}[?7h\u{1b}[?1l")
    default: break
    }
  }

  /// Private modes that pass: cursor keys, reverse screen, origin, wrapping, blinking and visible cursor, mouse, focus,
  /// alternate screen, saved cursor, bracketed paste. Not 69, left and right margins.
  private static let modes: Set<Int> = [
    1, 5, 6, 7, 12, 25, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1048, 1049, 2004,
  ]

  private mutating func finishCommand(_ text: [UInt8]) {
    state = .text
    // 0 and 2 set the title.
    guard text.starts(with: "0;".utf8) || text.starts(with: "2;".utf8) else { return }
    let title = String(decoding: text.dropFirst(2), as: UTF8.self)
    put("\u{1b}]2;")
    output += title.unicodeScalars.filter { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) }
      .flatMap { Array(String($0).utf8) }
    put("\u{7}")
  }

  private mutating func put(_ text: String) {
    output += text.utf8
  }
}
