package import Debugger

/// `whatis`, `ptype`: `{"type": …}`.
package struct TypeResult: CommandResult, Equatable {
  package let type: String
  private let heading: String
  package init(_ description: TypeDescription) {
    type = description.realType.map { "/* real type = \($0) */\n" + description.text } ?? description.text
    heading = description.heading ?? ""
  }
  package var text: String { heading + "type = " + type }
  private enum CodingKeys: CodingKey { case type }
}
