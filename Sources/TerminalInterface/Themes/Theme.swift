/// A style for each scope. Looking one up costs an array access.
package struct Theme: Sendable, Hashable {
  /// As `--theme` and the `theme` command take it.
  package let name: String
  private let styles: [Style]

  /// - Parameter style: the style of a scope, asked once for each.
  package init(name: String, style: (Scope) -> Style) {
    self.name = name
    styles = Scope.allCases.map(style)
  }

  package subscript(scope: Scope) -> Style {
    styles[Self.indices[scope] ?? 0]
  }

  private static let indices = Dictionary(
    uniqueKeysWithValues: Scope.allCases.enumerated().map { ($0.element, $0.offset) })

  /// What holds when no theme file is found: the terminal's own colours, told apart by attributes.
  package static let fallback = Theme(name: "fallback") { scope in
    switch scope {
    case .sourceKeyword, .breakpointEnabled, .valueChanged, .titleFocused, .borderFocused, .hintKey, .helpHeading,
      .statusError, .consoleError, .messageError, .stackCurrent, .threadCurrent, .consoleCommand:
      Style(attributes: .bold)
    case .sourceComment, .gutterNumber, .borderNormal, .valueAbsent, .commandSuggestion, .stackInlined,
      .breakpointDisabled:
      Style(attributes: .dim)
    case .lineCurrent, .listSelected, .completionSelected, .statusNormal, .statusRunning, .statusStopped,
      .statusExited, .statusProgress, .searchCurrent:
      Style(attributes: .reverse)
    case .lineFrame, .lineCursor, .listSelectedUnfocused, .searchMatch: Style(attributes: .underline)
    default: .plain
    }
  }
}
