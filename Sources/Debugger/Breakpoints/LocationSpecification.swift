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
}
