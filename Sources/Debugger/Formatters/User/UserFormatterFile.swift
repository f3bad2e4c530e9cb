import Configuration
import HostFiles
import TOMLKit

/// A TOML file of formatters: `"vec3" = "({x}, {y}, {z})"`, or a table with `summary`, `children`, `hide`, `size`, `item`
/// and `key`.
struct UserFormatterFile {
  private(set) var formatters: [UserFormatter] = []
  /// What is wrong in it, with file and line.
  private(set) var problems: [String] = []

  private let file: ConfigurationFile
  private static let keys = ["summary", "children", "hide", "size", "item", "key"]

  /// - Parameter path: for messages; `contents` is what stood there.
  init(path: String, contents: [UInt8]) throws(ConfigurationError) {
    file = try ConfigurationFile(path: path, text: String(decoding: contents, as: UTF8.self))
    let rows = file.root.keys.map { (key: $0, line: file.line(of: $0) ?? .max) }.sorted { $0.line < $1.line }
    for row in rows { add(row.key, line: row.line == .max ? nil : row.line) }
  }

  private mutating func add(_ name: String, line: Int?) {
    let place = HostPath.lastComponent(of: file.path) + (line.map { ":\($0)" } ?? "")
    do throws(ConfigurationError) {
      let pattern: TypePattern
      do throws(SummaryTemplate.Problem) { pattern = try TypePattern(name) } catch {
        throw file.error(error.reason, key: name)
      }
      do throws(ConfigurationError) {
        let (summary, children) = try body(name)
        formatters.append(UserFormatter(pattern: pattern, summary: summary, children: children, place: place))
      } catch {
        // It shows where the values would: whoever wrote it learns why it does not work.
        let line = error.line.map { ":\($0)" } ?? ""
        let failure = "\(HostPath.lastComponent(of: file.path))\(line): \(error.key ?? name): \(error.reason)"
        formatters.append(
          UserFormatter(pattern: pattern, summary: nil, children: nil, place: place, failure: failure))
        throw error
      }
    } catch {
      problems.append(error.description)
    }
  }

  private func body(_ name: String) throws(ConfigurationError) -> (SummaryTemplate?, UserFormatter.Children?) {
    guard let value = file.root[name] else { return (nil, nil) }
    if let text = value.string { return (try template(text, table: nil, key: name), nil) }
    guard let table = value.table else {
      throw file.error("has to be a summary in quotes, or a table", key: name)
    }
    for key in table.keys where !Self.keys.contains(key) { throw file.unknown(key, of: Self.keys, table: name) }
    let summary: SummaryTemplate? =
      if let text = try self.text("summary", in: table, of: name) {
        try template(text, table: name, key: "summary")
      } else { nil }
    let children = try self.children(table, name)
    guard summary != nil || children != nil else {
      throw file.error("says nothing: it needs a summary or children", key: name)
    }
    return (summary, children)
  }

  private func children(_ table: TOMLTable, _ name: String) throws(ConfigurationError) -> UserFormatter.Children? {
    let size = try text("size", in: table, of: name)
    let item = try text("item", in: table, of: name)
    let key = try text("key", in: table, of: name)
    let ways = [size ?? item ?? key, table["children"].map { _ in "" }, table["hide"].map { _ in "" }]
    guard ways.compactMap({ $0 }).count < 2 else {
      throw file.error("has more than one of children, hide, and size with item", key: name)
    }
    if size != nil || item != nil || key != nil {
      guard let size, let item else { throw file.error("needs both size and item", key: name) }
      return .elements(
        size: try expression(size, name, "size"), item: try expression(item, name, "item"),
        key: try key.map { text throws(ConfigurationError) in try expression(text, name, "key") })
    }
    if let hidden = table["hide"] {
      return .hiding(
        try list(hidden, name, "hide").map { member throws(ConfigurationError) in
          guard let text = member.string else {
            throw file.error("has to be a list of names", table: name, key: "hide")
          }
          return text
        })
    }
    guard let named = table["children"] else { return nil }
    return .named(
      try list(named, name, "children").map { child throws(ConfigurationError) in try self.child(child, name) })
  }

  /// `"x"`, or `["name", "{expression}"]`.
  private func child(_ value: any TOMLValueConvertible, _ name: String) throws(ConfigurationError)
    -> UserFormatter.Named
  {
    if let text = value.string {
      return UserFormatter.Named(name: text, expression: try expression(text, name, "children"))
    }
    guard let pair = value.array, pair.count == 2, let title = pair[0].string, let text = pair[1].string else {
      throw file.error("has to be a list of [\"name\", \"{expression}\"]", table: name, key: "children")
    }
    return UserFormatter.Named(name: title, expression: try expression(text, name, "children"))
  }

  /// With or without braces around it.
  private func expression(_ text: String, _ table: String, _ key: String) throws(ConfigurationError) -> String {
    guard text.hasPrefix("{"), text.hasSuffix("}"), let sole = try template(text, table: table, key: key).soleExpression
    else { return text }
    return sole
  }

  private func template(_ text: String, table: String?, key: String) throws(ConfigurationError) -> SummaryTemplate {
    do throws(SummaryTemplate.Problem) { return try SummaryTemplate(text) } catch {
      throw file.error(error.reason, table: table, key: key)
    }
  }

  private func text(_ key: String, in table: TOMLTable, of name: String) throws(ConfigurationError) -> String? {
    guard let value = table[key] else { return nil }
    if let text = value.string { return text }
    if let number = value.int { return String(number) }
    throw file.error("has to be a text in quotes", table: name, key: key)
  }

  private func list(
    _ value: any TOMLValueConvertible, _ table: String, _ key: String
  ) throws(ConfigurationError) -> [any TOMLValueConvertible] {
    guard let array = value.array else { throw file.error("has to be a list", table: table, key: key) }
    return (0..<array.count).map { array[$0] }
  }
}
