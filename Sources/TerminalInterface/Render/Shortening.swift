/// Text cut to a width, its end marked where something is missing.
func shortened(_ text: String, to width: Int) -> String {
  guard columnWidth(of: text) > width, width > 0 else { return text }
  var result = ""
  var used = 0
  for character in text {
    let columns = columnWidth(of: String(character))
    if used + columns > width - 1 { break }
    result.append(character)
    used += columns
  }
  return result + "…"
}

/// A function's name in at most `width` columns. What tells functions apart stands at the end of a qualified name, so
/// first the arguments of templates go, then qualifiers from the left: `std::unique_ptr<geometry::Shape>::get` is
/// `std::unique_ptr<…>::get`, then `unique_ptr<…>::get`, then `get`.
func shortenedFunction(_ name: String, to width: Int) -> String {
  guard columnWidth(of: name) > width else { return name }
  let parts = qualifiedParts(of: name)
  for first in parts.indices {
    let text = parts[first...].joined(separator: "::")
    if columnWidth(of: text) <= width { return text }
  }
  return shortened(parts.last ?? name, to: width)
}

/// The parts of a C++ or Rust name between `::`, with `<…>` for arguments of templates.
private func qualifiedParts(of name: String) -> [String] {
  var parts = [""]
  var depth = 0
  var parentheses = 0
  var previous: Character?
  for character in name {
    defer { previous = character }
    let part = parts[parts.count - 1]
    switch character {
    case "<" where depth > 0 || !(part.hasSuffix("operator") || part.hasSuffix("operator<")):
      if depth == 0 { parts[parts.count - 1] += "<…>" }
      depth += 1
    // An arrow is no bracket.
    case ">" where depth > 0:
      if previous != "-" { depth -= 1 }
    case ":" where depth == 0 && parentheses == 0 && previous == ":" && part.hasSuffix(":"):
      parts[parts.count - 1].removeLast()
      parts.append("")
    default:
      guard depth == 0 else { continue }
      if character == "(" { parentheses += 1 }
      if character == ")" { parentheses -= 1 }
      parts[parts.count - 1].append(character)
    }
  }
  return parts
}
