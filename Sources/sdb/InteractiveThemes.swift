import Commands
import Configuration
import NcursesScreen
import TerminalInterface

/// The themes that may be chosen.
struct InteractiveThemes: Sendable {
  private let store = ThemeStore.standard

  /// The theme for a terminal when none is asked for: one that its colours can show.
  func first(for colors: ColorSupport) -> Theme {
    let name =
      switch colors {
      case .monochrome, .few: "eight"
      case .palette, .direct: "dark"
      }
    // Without theme files the interface still works.
    return (try? store.theme(named: name)) ?? .fallback
  }

  func theme(named name: String) throws(ConfigurationError) -> Theme {
    try store.theme(named: name)
  }

  /// The command that chooses one.
  func command(_ mailbox: Mailbox) -> CommandDescriptor {
    CommandDescriptor(
      "theme", [], .support, "theme [NAME]", "Choose the colours of the interface, or say which theme it has.",
      details: "NAME is one of \(store.names.joined(separator: ", ")), or the path of a theme file.",
      arguments: [.word(store.names)],
      handler: { context in
        mailbox.post(.themeRequested(context.arguments.isEmpty ? nil : context.arguments))
        return Done()
      })
  }
}
