import Glibc

/// A format of C's `printf`, taken apart (C11 §7.21.6.1).
struct PrintfFormat: Equatable {
  enum Piece: Equatable {
    case text(String)
    case conversion(Conversion)
  }
  struct Conversion: Equatable {
    var flags = ""
    var width: Int?
    var precision: Int?
    /// `d`, `i`, `u`, `o`, `x`, `X`, `c`, `s`, `p`, `f`, `e`, `g`, `a` (and `F`, `E`, `G`, `A`).
    var letter: Character
    /// Bytes of an integer: 1, 2, 4 or 8.
    var size = 4
  }
  let pieces: [Piece]
  /// The expressions after the format, as written.
  let arguments: [String]

  /// Wider fields than this only fill the screen.
  private static let widest = 4096

  /// Reads `"FORMAT", EXPRESSION, …`.
  init(parsing text: String) throws(CommandError) {
    guard text.first == "\"" else { throw CommandError("Bad format string") }
    var body = ""
    var rest = text.dropFirst()
    while let character = rest.first, character != "\"" {
      rest = rest.dropFirst()
      body.append(character)
      if character == "\\", let next = rest.popFirst() { body.append(next) }
    }
    guard rest.first == "\"" else { throw CommandError("Bad format string, non-terminated '\"'") }
    let tail = rest.dropFirst().trimmed
    guard tail.isEmpty || tail.first == "," else { throw CommandError("Invalid argument syntax") }
    arguments = tail.isEmpty ? [] : Self.splitArguments(tail.dropFirst())
    pieces = try Self.pieces(of: body)
    let wanted = pieces.count { if case .conversion = $0 { true } else { false } }
    guard wanted == arguments.count else { throw CommandError("Wrong number of arguments for specified format-string") }
  }

  private static func pieces(of body: String) throws(CommandError) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = body[...]
    func flush() {
      if !literal.isEmpty { pieces.append(.text(CEscapes.decode(literal))) }
      literal = ""
    }
    while let character = rest.popFirst() {
      guard character == "%" else {
        literal.append(character)
        continue
      }
      if rest.first == "%" {
        rest = rest.dropFirst()
        literal.append("%")
        continue
      }
      flush()
      pieces.append(.conversion(try conversion(&rest)))
    }
    flush()
    return pieces
  }

  private static func conversion(_ rest: inout Substring) throws(CommandError) -> Conversion {
    var result = Conversion(letter: "d")
    func take(_ accepts: (Character) -> Bool) -> String {
      let part = rest.prefix(while: accepts)
      rest = rest.dropFirst(part.count)
      return String(part)
    }
    result.flags = take { "-+ #0".contains($0) }
    result.width = Int(take { ("0"..."9").contains($0) }).map { min($0, widest) }
    if rest.first == "." {
      rest = rest.dropFirst()
      result.precision = min(Int(take { ("0"..."9").contains($0) }) ?? 0, widest)
    }
    switch take({ "hlLzjt".contains($0) }) {
    case "hh": result.size = 1
    case "h": result.size = 2
    case "l", "ll", "L", "z", "j", "t": result.size = 8
    case "": break
    default: throw CommandError("Bad format string")
    }
    guard let letter = rest.popFirst(), "diuoxXcspfFeEgGaA".contains(letter) else {
      throw CommandError("Unrecognized format specifier in printf")
    }
    result.letter = letter
    return result
  }

  /// At commas outside of quotes, parentheses and brackets.
  private static func splitArguments(_ text: Substring) -> [String] {
    var arguments: [String] = []
    var current = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if "\"'".contains(character) {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        arguments.append(current.trimmed)
        current = ""
        continue
      }
      current.append(character)
    }
    return arguments + [current.trimmed]
  }
}

extension PrintfFormat.Conversion {
  /// What C would print for an integer argument.
  func format(integer: Int64) -> String {
    let bits = UInt64(bitPattern: integer)
    let narrowed = size == 8 ? bits : bits & ((1 << (UInt64(size) * 8)) - 1)
    var digits: String
    var prefix = ""
    switch letter {
    case "c": return pad(Unicode.Scalar(UInt8(truncatingIfNeeded: bits)).description, prefix: "", zeros: false)
    case "u": digits = String(narrowed)
    case "o":
      digits = String(narrowed, radix: 8)
      if flags.contains("#") { prefix = "0" }
    case "x", "X":
      digits = String(narrowed, radix: 16, uppercase: letter == "X")
      if flags.contains("#"), narrowed != 0 { prefix = "0\(letter)" }
    case "p":
      digits = String(bits, radix: 16)
      prefix = "0x"
    default:
      let shift = Int64(64 - size * 8)
      let value = (integer << shift) >> shift
      digits = String(value.magnitude)
      prefix = value < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
    }
    if let precision, digits.count < precision {
      digits = String(repeating: "0", count: precision - digits.count) + digits
    }
    return pad(digits, prefix: prefix, zeros: precision == nil)
  }

  func format(text: String) -> String {
    pad(precision.map { String(text.prefix($0)) } ?? text, prefix: "", zeros: false)
  }

  /// What C would print for a floating-point argument.
  func format(number: Double) -> String {
    let format = "%" + flags + (width.map(String.init) ?? "") + (precision.map { ".\($0)" } ?? "") + String(letter)
    let room = 1024 + (width ?? 0) + (precision ?? 0)
    return String(unsafeUninitializedCapacity: room) { buffer in
      withVaList([number]) { list in
        let length = buffer.withMemoryRebound(to: CChar.self) { vsnprintf($0.baseAddress, room, format, list) }
        return max(0, min(Int(length), room - 1))
      }
    }
  }

  private func pad(_ digits: String, prefix: String, zeros: Bool) -> String {
    let missing = max(0, (width ?? 0) - digits.count - prefix.count)
    if flags.contains("-") { return prefix + digits + String(repeating: " ", count: missing) }
    if zeros, flags.contains("0") { return prefix + String(repeating: "0", count: missing) + digits }
    return String(repeating: " ", count: missing) + prefix + digits
  }
}
