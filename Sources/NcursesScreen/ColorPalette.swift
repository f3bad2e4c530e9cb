import TerminalInterface

/// How many colours a terminal shows.
package enum ColorSupport: Sendable, Hashable {
  case monochrome
  /// The 8 of ECMA-48, or these and their bright variants: 16.
  case few(Int)
  /// The 256-colour palette, and whether its entries can be set to other colours.
  case palette(isChangeable: Bool)
  /// Any colour, by its red, green and blue.
  case direct
}

/// Finds the number that a terminal has for a colour, or for the nearest that it can show.
struct ColorPalette {
  /// An entry to set to a colour before it is used.
  struct Definition: Hashable {
    let number: Int
    let red: UInt8
    let green: UInt8
    let blue: UInt8
  }

  let support: ColorSupport
  /// Entries that the caller has to set; it empties this.
  var definitions: [Definition] = []
  private var known: [Color: Int] = [:]
  private var changed: Set<Int> = []

  init(support: ColorSupport) {
    self.support = support
  }

  /// The number for a colour; -1 for the terminal's own.
  mutating func number(of color: Color) -> Int {
    if color == .standard { return -1 }
    if let number = known[color] { return number }
    let number = find(color)
    known[color] = number
    return number
  }

  private mutating func find(_ color: Color) -> Int {
    switch (support, color) {
    case (.monochrome, _), (_, .standard): return -1
    case (.palette, .indexed(let index)): return Int(index)
    case (.few(let count), .indexed(let index)) where Int(index) < count: return Int(index)
    // Direct colour terminals keep the first 8 numbers for the plain colours.
    case (.direct, .indexed(let index)) where index < 8: return Int(index)
    default: break
    }
    let parts = color.parts
    switch support {
    case .monochrome: return -1
    case .direct:
      let value = parts.red << 16 | parts.green << 8 | parts.blue
      // Black is its number; the other dark blues below 8 are not to be had.
      return (1..<8).contains(value) ? 8 : value
    case .few(let count): return nearest(to: parts, in: 0..<count)
    case .palette(isChangeable: false): return nearest(to: parts, in: 16..<256)
    case .palette(isChangeable: true): return define(parts)
    }
  }

  /// Sets the entry that is nearest already: a terminal that only claims to have a changeable palette then still
  /// shows about the right colour.
  private mutating func define(_ parts: Parts) -> Int {
    let exact = nearest(to: parts, in: 16..<256)
    if Color.indexed(UInt8(exact)).parts == parts, !changed.contains(exact) { return exact }
    let free = (16..<256).filter { !changed.contains($0) }
    guard let number = free.min(by: { distance($0, parts) < distance($1, parts) }) else { return exact }
    changed.insert(number)
    definitions.append(
      Definition(number: number, red: UInt8(parts.red), green: UInt8(parts.green), blue: UInt8(parts.blue)))
    return number
  }

  private func nearest(to parts: Parts, in numbers: Range<Int>) -> Int {
    numbers.min { distance($0, parts) < distance($1, parts) } ?? -1
  }

  /// Squared distance, weighted as the eye does.
  private func distance(_ number: Int, _ parts: Parts) -> Int {
    let other = Color.indexed(UInt8(number)).parts
    let (red, green, blue) = (other.red - parts.red, other.green - parts.green, other.blue - parts.blue)
    return 3 * red * red + 6 * green * green + blue * blue
  }
}

/// Red, green and blue, from 0 to 255.
struct Parts: Hashable {
  let red: Int
  let green: Int
  let blue: Int
}

extension Color {
  /// The colour's parts; entries of the palette as xterm has them, unless the user set others.
  var parts: Parts {
    switch self {
    case .standard: return Parts(red: 0, green: 0, blue: 0)
    case .rgb(let red, let green, let blue): return Parts(red: Int(red), green: Int(green), blue: Int(blue))
    case .indexed(let index): return Self.entry(Int(index))
    }
  }

  private static func entry(_ index: Int) -> Parts {
    switch index {
    case 7: return Parts(red: 229, green: 229, blue: 229)
    case 8: return Parts(red: 127, green: 127, blue: 127)
    case 0..<16:
      let level = index < 8 ? 205 : 255
      return Parts(
        red: index & 1 != 0 ? level : 0, green: index & 2 != 0 ? level : 0, blue: index & 4 != 0 ? level : 0)
    case 16..<232:
      let cube = index - 16
      let level = { (step: Int) in step == 0 ? 0 : 55 + 40 * step }
      return Parts(red: level(cube / 36), green: level(cube / 6 % 6), blue: level(cube % 6))
    default:
      let grey = 8 + 10 * (index - 232)
      return Parts(red: grey, green: grey, blue: grey)
    }
  }
}
