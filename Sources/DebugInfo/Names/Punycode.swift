/// RFC 3492, by which identifiers beyond ASCII are mangled.
enum Punycode {
  static func decode(_ text: String, delimiter: Character) -> String? {
    var output: [Unicode.Scalar] = []
    var input = text[...]
    if let last = text.lastIndex(of: delimiter) {
      output = Array(text[..<last].unicodeScalars)
      input = text[text.index(after: last)...]
    }
    var (number, index, bias) = (128, 0, 72)
    var rest = Array(input.utf8)[...]
    while !rest.isEmpty {
      let old = index
      var weight = 1
      var k = 36
      while true {
        guard let digit = rest.popFirst().flatMap(digitValue), weight < 1 << 30, index < 1 << 40 else { return nil }
        index += digit * weight
        let threshold = min(max(k - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        k += 36
      }
      let count = output.count + 1
      bias = adapted(index - old, count: count, isFirst: old == 0)
      number += index / count
      index %= count
      guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else { return nil }
      output.insert(scalar, at: index)
      index += 1
    }
    var result = ""
    result.unicodeScalars.append(contentsOf: output)
    return result
  }

  private static func digitValue(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
