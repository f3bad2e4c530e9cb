import HostFiles
package import TOMLKit

/// A TOML file of ours, read, with the means to say where in it something is wrong.
package struct ConfigurationFile {
  package let path: String
  package let root: TOMLTable
  private let lines: [Substring]

  /// Larger ones are no settings.
  private static let largest = 1 << 20

  /// Reads and parses a file.
  package init(path: String) throws(ConfigurationError) {
    try self.init(path: path, text: String(decoding: Self.read(path), as: UTF8.self))
  }

  /// Parses text as if it were the file's.
  package init(path: String, text: String) throws(ConfigurationError) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    do {
      root = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError(file: path, line: error.source.begin.line, key: nil, reason: error.description)
    } catch {
      throw ConfigurationError(file: path, line: nil, key: nil, reason: "\(error)")
    }
  }

  /// An error about a key in a table; `part` is what of the key's value is meant.
  package func error(_ reason: String, table: String? = nil, key: String, part: String? = nil) -> ConfigurationError {
    let name = [table, key.contains(".") ? "\"\(key)\"" : key, part].compactMap { $0 }.joined(separator: ".")
    return ConfigurationError(file: path, line: line(of: key, table: table), key: name, reason: reason)
  }

  /// What to say of a key that is none, with the nearest that is one.
  package func unknown(_ key: String, of known: [String], table: String? = nil) -> ConfigurationError {
    let nearest = known.map { ($0, editDistance($0, key)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
    let advice = nearest.flatMap { $0.1 <= 3 && $0.1 * 2 <= key.count ? "; did you mean \($0.0)?" : nil } ?? ""
    return error("is not known" + advice, table: table, key: key)
  }

  /// The line that a key stands on; the parser tells lines of its own errors only.
  package func line(of key: String, table: String? = nil) -> Int? {
    var current: String?
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.hasPrefix("["), let end = text.lastIndex(of: "]") {
        let name = String(text[..<end].dropFirst())
        if let table, name == "\(table).\(key)" || name == "\(table).\"\(key)\"" { return index + 1 }
        current = Self.unquoted(name)
        if table == nil, current == key { return index + 1 }
      } else if current == table, Self.key(of: text) == key {
        return index + 1
      }
    }
    return nil
  }

  /// What stands before a line's `=`.
  private static func key(of line: Substring) -> String {
    let quote = line.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
    if let quote { return String(line.dropFirst().prefix { $0 != quote }) }
    return String(line.prefix { $0 != "=" && $0 != " " && $0 != "\t" })
  }

  private static func unquoted(_ name: String) -> String {
    guard name.count > 1, let first = name.first, first == "\"" || first == "'", name.last == first else { return name }
    return String(name.dropFirst().dropLast())
  }

  private static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
    do throws(FileError) {
      return try HostFile.contents(of: path, limit: largest)
    } catch {
      throw ConfigurationError(file: path, line: nil, key: nil, reason: error.words)
    }
  }
}
