import Glibc

/// The clipboard of the user's terminal, by the control sequence OSC 52 (xterm's "Manipulate Selection Data"): it works
/// over ssh and through tmux, and does nothing in a terminal that does not know or not allow it.
enum Clipboard {
  /// Terminals take so many bytes of base64 in a sequence; what goes beyond is left out.
  private static let largest = 100_000 / 4 * 3

  /// What has the terminal keep a text.
  static func sequence(for text: String) -> [UInt8] {
    Array("\u{1b}]52;c;".utf8) + base64(Array(text.utf8.prefix(largest))) + [0x07]
  }

  /// RFC 4648 §4.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return text
  }
}

extension Screen {
  /// Puts text on the terminal's clipboard, where there is one.
  package func copy(_ text: String) {
    guard !isClosed else { return }
    var rest = Clipboard.sequence(for: text)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
