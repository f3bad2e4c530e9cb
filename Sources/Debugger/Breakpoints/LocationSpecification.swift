/// A place as users write it.
package enum LocationSpecification: Sendable, Equatable {
  /// Where the selected frame stands (`break` alone).
  case here
  /// A line of the selected frame's file, or of the file listed last.
  case line(Int)
  /// `+2`, `-1`: from the selected frame's line.
  case offset(Int)
  case fileLine(file: String, line: Int)
  case function(String)
  /// `FILE:FUNCTION`.
  case fileFunction(file: String, function: String)
  /// `*EXPRESSION`.
  case address(String)

  /// Reads what stands after `break`, without its `if`, `thread` and so on.
  package init(parsing text: some StringProtocol) {
    let text = text.drop { $0 == " " }
    let trimmed = String(text.reversed().drop { $0 == " " }.reversed())
    if trimmed.isEmpty {
      self = .here
    } else if trimmed.hasPrefix("*") {
      self = .address(String(trimmed.dropFirst()))
    } else if let line = Int(trimmed), trimmed.first?.isNumber == true {
      self = .line(line)
    } else if let first = trimmed.first, "+-".contains(first), let distance = Int(trimmed.dropFirst()) {
      self = .offset(first == "+" ? distance : -distance)
    } else if let colon = Self.fileSeparator(in: trimmed) {
      let file = String(trimmed[..<colon])
      let rest = String(trimmed[trimmed.index(after: colon)...].drop { $0 == " " })
      if let line = Int(rest) {
        self = .fileLine(file: file, line: line)
      } else {
        self = .fileFunction(file: file, function: rest)
      }
    } else {
      self = .function(trimmed)
    }
  }

  /// The last colon that is not half of `::` and not inside parentheses or template arguments.
  private static func fileSeparator(in text: String) -> String.Index? {
    var depth = 0
    for index in text.indices.reversed() {
      switch text[index] {
      case ")", ">", "]": depth += 1
      case "(", "<", "[": depth -= 1
      case ":" where depth == 0:
        let before = index > text.startIndex ? text[text.index(before: index)] : ":"
        let next = text.index(after: index)
        let after = next < text.endIndex ? text[next] : ":"
        if before != ":", after != ":" { return index }
      default: break
      }
    }
    return nil
  }

  /// As a user would write it.
  package var text: String {
    switch self {
    case .here: ""
    case .line(let line): String(line)
    case .offset(let distance): distance < 0 ? String(distance) : "+\(distance)"
    case .fileLine(let file, let line): "\(file):\(line)"
    case .function(let name): name
    case .fileFunction(let file, let function): "\(file):\(function)"
    case .address(let expression): "*\(expression)"
    }
  }
}
