/// Numbers of breakpoints, displays or threads: `1 3 5-7`.
package enum NumberList {
  /// More than that in one range is a slip of the pen, and would only cost time.
  private static let longestRange = 100_000

  /// - Parameter thing: what the numbers count, for the message of an error.
  package static func parse(_ text: String, naming thing: String) throws(CommandError) -> [Int] {
    var numbers: [Int] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let number?, _) where number > 0: numbers.append(number)
      case (1, 0?, _): throw CommandError("Bad \(thing) number '\(word)'")
      case (2, let first?, let last?) where first > 0 && last >= first && last - first < longestRange:
        numbers += first...last
      case (2, let first?, let last?) where last < first: throw CommandError("inverted range")
      case (2, nil, _) where word.hasPrefix("-"): throw CommandError("negative value")
      default: throw CommandError("Bad \(thing) number '\(word)'")
      }
    }
    return numbers
  }
}
