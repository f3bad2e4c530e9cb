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
  /// `FUNCTION:LABEL`; of the selected frame's function where none is named.
  case label(function: String?, label: String)
  /// `*EXPRESSION`.
  case address(String)

  /// As a user would write it.
  package var text: String {
    switch self {
    case .here: ""
    case .line(let line): String(line)
    case .offset(let distance): distance < 0 ? String(distance) : "+\(distance)"
    case .fileLine(let file, let line): "\(file):\(line)"
    case .function(let name): name
    case .fileFunction(let file, let function): "\(file):\(function)"
    case .label(let function, let label): function.map { "\($0):\(label)" } ?? "-label \(label)"
    case .address(let expression): "*\(expression)"
    }
  }
}
