package import Configuration
import TOMLKit

/// A style with what a theme file says of it; the rest comes from what it inherits from.
private struct PartialStyle {
  var foreground: Color?
  var background: Color?
  /// Attributes that are named, on or off.
  var attributes: [String: Bool] = [:]

  func over(_ below: Style) -> Style {
    var style = below
    if let foreground { style.foreground = foreground }
    if let background { style.background = background }
    for (name, isOn) in attributes {
      guard let attribute = Attributes.named[name] else { continue }
      if isOn { style.attributes.insert(attribute) } else { style.attributes.remove(attribute) }
    }
    return style
  }
}

extension Attributes {
  static let named: [String: Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]
}

extension Theme {
  /// The scope that all others inherit from.
  private static let base = "default"

  /// Reads a theme file: `[palette]` gives names to colours, `[styles]` gives scopes their
  /// `{ fg, bg, bold, dim, italic, underline, reverse }`. A scope inherits what it does not say from the part of its
  /// name before the last dot, and so on up to `default`.
  package init(name: String, file: ConfigurationFile) throws(ConfigurationError) {
    for key in file.root.keys where key != "palette" && key != "styles" {
      throw file.unknown(key, of: ["palette", "styles"])
    }
    let palette = try Self.palette(file)
    let styles = try Self.styles(file, palette)
    self.init(name: name) { scope in
      Self.lineage(of: scope.rawValue).reduce(.plain) { styles[$1]?.over($0) ?? $0 }
    }
  }

  /// `default`, then each prefix of a scope's name, the scope itself last.
  private static func lineage(of name: String) -> [String] {
    var result = [base]
    var prefix = ""
    for part in name.split(separator: ".") {
      prefix += (prefix.isEmpty ? "" : ".") + part
      result.append(prefix)
    }
    return result
  }

  private static func palette(_ file: ConfigurationFile) throws(ConfigurationError) -> [String: Color] {
    guard let value = file.root["palette"] else { return [:] }
    guard let table = value.table else { throw file.error("has to be a table", key: "palette") }
    var palette: [String: Color] = [:]
    for key in table.keys {
      guard let value = table[key] else { continue }
      palette[key] = try color(value, [:], file, table: "palette", key: key)
    }
    return palette
  }

  private static func styles(
    _ file: ConfigurationFile, _ palette: [String: Color]
  ) throws(ConfigurationError) -> [String: PartialStyle] {
    guard let value = file.root["styles"] else { return [:] }
    guard let table = value.table else { throw file.error("has to be a table", key: "styles") }
    let known = Set(Scope.allCases.flatMap { lineage(of: $0.rawValue) })
    var styles: [String: PartialStyle] = [:]
    for key in table.keys {
      guard known.contains(key) else { throw file.unknown(key, of: known.sorted(), table: "styles") }
      guard let entries = table[key]?.table else {
        throw file.error("has to be a table such as { fg = \"red\", bold = true }", table: "styles", key: key)
      }
      styles[key] = try style(entries, palette, file, key: key)
    }
    return styles
  }

  private static func style(
    _ entries: TOMLTable, _ palette: [String: Color], _ file: ConfigurationFile, key: String
  ) throws(ConfigurationError) -> PartialStyle {
    var style = PartialStyle()
    for part in entries.keys {
      guard let value = entries[part] else { continue }
      switch part {
      case "fg": style.foreground = try color(value, palette, file, table: "styles", key: key, part: part)
      case "bg": style.background = try color(value, palette, file, table: "styles", key: key, part: part)
      case _ where Attributes.named[part] != nil:
        guard let isOn = value.bool else {
          throw file.error("has to be true or false", table: "styles", key: key, part: part)
        }
        style.attributes[part] = isOn
      default:
        throw file.error(
          "is not known; there are fg, bg, bold, dim, italic, underline and reverse", table: "styles", key: key,
          part: part)
      }
    }
    return style
  }

  /// A colour: a name of the palette or of the first 16, `#rrggbb`, or a number from 0 to 255.
  private static func color(
    _ value: any TOMLValueConvertible, _ palette: [String: Color], _ file: ConfigurationFile, table: String,
    key: String, part: String? = nil
  ) throws(ConfigurationError) -> Color {
    if let number = value.int {
      guard let index = UInt8(exactly: number) else {
        throw file.error("a colour's number is from 0 to 255", table: table, key: key, part: part)
      }
      return .indexed(index)
    }
    guard let text = value.string else {
      throw file.error("has to be a colour", table: table, key: key, part: part)
    }
    guard let color = palette[text] ?? Color(text) else {
      let names = palette.keys + Color.names.map(\.name)
      let nearest = file.unknown(text, of: names.sorted()).reason
      throw file.error("the colour \"\(text)\" \(nearest)", table: table, key: key, part: part)
    }
    return color
  }
}

extension Color {
  /// Names of the first 16 colours, and of the terminal's own.
  static let names: [(name: String, color: Color)] = {
    let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    return [("default", .standard)]
      + plain.enumerated().map { ($0.element, .indexed(UInt8($0.offset))) }
      + plain.enumerated().map { ("bright-" + $0.element, .indexed(UInt8($0.offset + 8))) }
  }()

  /// From one of `names` or `#rrggbb`.
  init?(_ text: String) {
    if let named = Self.names.first(where: { $0.name == text }) {
      self = named.color
      return
    }
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    self = .rgb(
      red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xff), blue: UInt8(value & 0xff))
  }
}
