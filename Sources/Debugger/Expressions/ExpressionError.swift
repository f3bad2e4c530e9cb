/// Why an expression has no value, in the words that its user reads.
package struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String
  /// Where in the expression's text, in UTF-8 bytes from its start; nil where it is not about a place.
  package let position: Int?
  package init(_ message: String, at position: Int? = nil) {
    self.message = message
    self.position = position
  }
  package init(_ reason: Unavailability) { self.init(reason.message) }
  package var description: String { message }
}
