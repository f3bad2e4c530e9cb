import NcursesScreen
import TerminalInterface

/// The themes that may be chosen.
struct InteractiveThemes: Sendable {
  struct Unknown: Error, CustomStringConvertible {
    let name: String
    var description: String { "There is no theme \"\(escaped(name))\"." }
  }

  func first(for colors: ColorSupport) -> Theme { .fallback }

  func theme(named name: String, for colors: ColorSupport) throws -> Theme {
    guard name == Theme.fallback.name else { throw Unknown(name: name) }
    return .fallback
  }
}
