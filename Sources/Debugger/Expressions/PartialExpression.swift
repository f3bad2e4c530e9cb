package import DebugInfo

/// The end of an expression that is still being typed: the name at the cursor, and what that belongs to. Reads
/// backwards from the cursor, so what stands further ahead may be anything.
package struct PartialExpression: Equatable {
  package enum Context: Equatable, Sendable {
    /// A name by itself.
    case name
    /// Behind `.` or `->` (`%` of Fortran): what stands before it; empty where that is no object.
    case member(of: String, isArrow: Bool)
    /// Behind `::`.
    case scope(String)
  }
  package let context: Context
  /// What was typed of the name, with its `$`.
  package let stem: String
  /// How many characters precede it.
  package let start: Int

  package init(_ text: some StringProtocol, language: SourceLanguage) {
    let scan = BackwardScan(text: Array(text), language: language)
    let nameStart = scan.nameStart(before: scan.text.count)
    var (context, start) = (Context.name, nameStart)
    if let (end, isArrow) = scan.access(before: nameStart) {
      context = .member(of: scan.operand(before: end), isArrow: isArrow)
    } else if scan.has("::", before: nameStart) {
      let scopeStart = scan.qualifiedStart(before: nameStart)
      if scopeStart < nameStart - 2 {
        (context, start) = (.scope(String(scan.text[scopeStart..<nameStart - 2])), scopeStart)
      }
    }
    self.context = context
    self.start = start
    stem = String(scan.text[nameStart...])
  }
}

/// Where the parts of an expression begin that end at a place.
private struct BackwardScan {
  let text: [Character]
  let language: SourceLanguage

  func has(_ symbol: String, before end: Int) -> Bool {
    end >= symbol.count && text[(end - symbol.count)..<end].elementsEqual(symbol)
  }

  func nameStart(before end: Int) -> Int {
    text[..<end].lastIndex { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }.map { $0 + 1 } ?? 0
  }

  private func skippingBlanks(before end: Int) -> Int {
    text[..<end].lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? 0
  }

  /// The operator that a member's name stands behind: where it begins.
  func access(before end: Int) -> (start: Int, isArrow: Bool)? {
    let end = skippingBlanks(before: end)
    if has("->", before: end) { return (end - 2, true) }
    if has("%", before: end), language == .fortran { return (end - 1, false) }
    return has(".", before: end) && !has("..", before: end) ? (end - 1, false) : nil
  }

  /// Names with `::` between them: `std::vector<int>::`.
  func qualifiedStart(before end: Int) -> Int {
    var start = end
    while has("::", before: start) {
      let past = start - 2
      let named = has(">", before: past) ? opening(of: past - 1) ?? past : past
      let name = nameStart(before: named)
      guard name < named else { return name == past ? past : start }
      start = name
    }
    return start
  }

  /// The text of what an operator for members is applied to: names, calls, subscripts, and parentheses.
  func operand(before end: Int) -> String {
    var end = skippingBlanks(before: end)
    let last = end
    var start = end
    // What Swift unwraps on the way.
    if language == .swift, has("?", before: end) || has("!", before: end) { end -= 1 }
    while true {
      start = end
      while has(")", before: start) || has("]", before: start) {
        guard let open = opening(of: start - 1) else { return "" }
        start = open
      }
      start = nameStart(before: start)
      if has("::", before: start) { start = qualifiedStart(before: start) }
      guard start < end, let (next, _) = access(before: start) else { break }
      end = skippingBlanks(before: next)
      if language == .swift, has("?", before: end) || has("!", before: end) { end -= 1 }
    }
    guard start < last, !text[start].isNumber else { return "" }
    let operand = String(text[start..<last])
    return operand.hasSuffix("?") ? operand.dropLast() + "!" : operand
  }

  /// Where the bracket is that one at `position` closes; text in quotes has none.
  private func opening(of position: Int) -> Int? {
    let isAngled = text[position] == ">"
    var depth = 0
    var place = position
    while place >= 0 {
      switch text[place] {
      case ")", "]": depth += 1
      case "(", "[": depth -= 1
      case ">" where isAngled: depth += 1
      case "<" where isAngled: depth -= 1
      case "\"", "'":
        guard let quote = text[..<place].lastIndex(of: text[place]) else { return nil }
        place = quote
      default: break
      }
      if depth == 0 { return place }
      place -= 1
    }
    return nil
  }
}
