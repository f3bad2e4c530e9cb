extension Key: CustomStringConvertible {
  /// The name that settings and hints use: `a`, `A`, `space`, `ctrl-]`, `alt-x`, `shift-tab`, `F5`, `ctrl-left`.
  package var description: String {
    let held = Self.modifierNames.filter { modifiers.contains($0.modifier) }.map { $0.name + "-" }.joined()
    let name =
      switch code {
      case .character(" "): "space"
      case .character(let character): String(character)
      case .function(let number): "F\(number)"
      default: Self.names.first { $0.code == code }?.name ?? ""
      }
    return held + name
  }

  /// Reads a name as `description` writes it, in any letter case but that of a single letter.
  /// Nil if no key has that name.
  package init?(_ name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    // A name ends in a key, which may itself be `-`; so a prefix counts only if something is left.
    while let held = Self.modifierNames.first(where: {
      rest.lowercased().hasPrefix($0.name + "-") && rest.count > $0.name.count + 1
    }) {
      modifiers.insert(held.modifier)
      rest = rest.dropFirst(held.name.count + 1)
    }
    if rest.count == 1, let character = rest.first {
      guard character.unicodeScalars.allSatisfy({ $0.visibleSign == nil && $0 != "\t" }) else { return nil }
      self.init(.character(character), modifiers)
      return
    }
    let lower = rest.lowercased()
    if let named = Self.names.first(where: { $0.name == lower }) {
      self.init(named.code, modifiers)
    } else if lower == "space" {
      self.init(.character(" "), modifiers)
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
      self.init(.function(number), modifiers)
    } else {
      return nil
    }
  }

  private static let modifierNames: [(modifier: Modifiers, name: String)] = [
    (.control, "ctrl"), (.alt, "alt"), (.shift, "shift"),
  ]

  private static let names: [(code: Code, name: String)] = [
    (.enter, "enter"), (.tab, "tab"), (.escape, "escape"), (.backspace, "backspace"), (.delete, "delete"),
    (.insert, "insert"), (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "home"),
    (.end, "end"), (.pageUp, "pageup"), (.pageDown, "pagedown"),
  ]
}
