/// What is wrong with how logging is set up, or why a line could not be written: in a user's words, without a full stop.
package struct LogbookError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
