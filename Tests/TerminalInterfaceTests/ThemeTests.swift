import Configuration
import Foundation
import TerminalInterface
import Testing

@Suite struct ThemeTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "themes").path()

  private func theme(_ text: String) throws -> Theme {
    try Theme(name: "t", file: ConfigurationFile(path: "t.toml", text: text))
  }

  private func message(_ text: String) -> String {
    do {
      _ = try theme(text)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func scopesInheritFromTheirPrefixes() throws {
    let theme = try theme(
      """
      [palette]
      sky = "#0a141e"
      [styles]
      default = { fg = "white" }
      source = { bg = 17, italic = true }
      "source.keyword" = { fg = "sky", bold = true, italic = false }
      """)
    #expect(theme[.sourceText] == Style(foreground: .indexed(7), background: .indexed(17), attributes: .italic))
    #expect(
      theme[.sourceKeyword]
        == Style(foreground: .rgb(red: 10, green: 20, blue: 30), background: .indexed(17), attributes: .bold))
    #expect(theme[.stackNumber] == Style(foreground: .indexed(7)))
  }

  @Test(arguments: [
    (
      "[styles]\n\"source.keywrd\" = {}",
      "t.toml:2: styles.\"source.keywrd\": is not known; did you mean source.keyword?"
    ),
    (
      "\n[styles]\n\"source.keyword\" = { fg = \"blu\" }",
      "t.toml:3: styles.\"source.keyword\".fg: the colour \"blu\" is not known; did you mean blue?"
    ),
    ("[styles]\nsource = { fg = 256 }", "t.toml:2: styles.source.fg: a colour's number is from 0 to 255"),
    ("[styles]\nsource = { bold = 1 }", "t.toml:2: styles.source.bold: has to be true or false"),
    (
      "[styles]\nsource = { colour = 1 }",
      "t.toml:2: styles.source.colour: is not known; there are fg, bg, bold, dim, italic, underline and reverse"
    ),
    ("[styles]\nsource = 4", "t.toml:2: styles.source: has to be a table such as { fg = \"red\", bold = true }"),
    ("[palette]\na = \"#12345\"", "t.toml:2: palette.a: the colour \"#12345\" is not known"),
    ("[style]\n", "t.toml:1: style: is not known; did you mean styles?"),
  ])
  func errorsNameLineAndKey(_ text: String, _ expected: String) {
    #expect(message(text) == expected)
  }

  @Test func errorsOfTheParserNameTheLine() {
    #expect(message("[styles]\nsource = {\n").hasPrefix("t.toml:"))
  }

  @Test(arguments: ["dark", "light", "high-contrast", "eight"])
  func shippedThemesLoadAndTellThingsApart(_ name: String) throws {
    let theme = try ThemeStore(folders: [Self.folder]).theme(named: name)
    #expect(theme.name == name)
    let pairs: [(Scope, Scope)] = [
      (.sourceKeyword, .sourceText), (.sourceComment, .sourceText), (.borderFocused, .borderNormal),
      (.valueChanged, .valueText), (.listSelected, .listSelectedUnfocused), (.lineCurrent, .sourceText),
      (.completionSelected, .completionNormal), (.breakpointEnabled, .breakpointDisabled),
      (.consoleError, .consoleText), (.stackCurrent, .stackLocation), (.hintKey, .hintText),
      (.logDebug, .logInfo), (.logWarning, .logInfo), (.logError, .logInfo), (.logCritical, .logError),
    ]
    for (one, other) in pairs {
      #expect(theme[one] != theme[other], "\(one) and \(other)")
      // Without colours too, in the theme for terminals that have few.
      if name == "eight" { #expect(theme[one].attributes != theme[other].attributes, "\(one) and \(other)") }
    }
  }

  @Test func themesAreFoundByNameAndPathAndListed() throws {
    let store = ThemeStore(folders: ["/nonexistent", Self.folder])
    #expect(store.names == ["dark", "eight", "high-contrast", "light"])
    #expect(try store.theme(named: Self.folder + "/light.toml").name == "light")
    #expect(throws: ConfigurationError.self) { try store.theme(named: "drak") }
    #expect(try ThemeStore(folders: []).theme(named: "fallback") == .fallback)
  }
}

@Suite struct SettingsTests {
  private func settings(_ text: String) throws -> Settings {
    try Settings(ConfigurationFile(path: "config.toml", text: text))
  }

  @Test func whatIsNotSetKeepsItsStandard() throws {
    #expect(try settings("") == Settings())
    let settings = try settings(
      "theme = \"light\"\nleave-terminal-key = \"F12\"\nmouse = false\nhistory-size = 5\ntab-width = 4")
    #expect(settings.theme == "light")
    #expect(settings.leaveTerminalKey == Key(.function(12)))
    #expect(!settings.usesMouse)
    #expect(settings.historySize == 5)
    #expect(settings.tabWidth == 4)
  }

  @Test(arguments: [
    ("theme = 3", "config.toml:1: theme: has to be a text in quotes"),
    ("\n\ntab-widht = 3", "config.toml:3: tab-widht: is not known; did you mean tab-width?"),
    ("zzz = 1", "config.toml:1: zzz: is not known"),
    ("tab-width = 0", "config.toml:1: tab-width: has to be a number from 1 to 16"),
    ("mouse = \"yes\"", "config.toml:1: mouse: has to be true or false"),
    (
      "leave-terminal-key = \"ctrl-ctrl\"",
      "config.toml:1: leave-terminal-key: \"ctrl-ctrl\" is no key; one is written like \"ctrl-]\" or \"F12\""
    ),
  ])
  func errorsNameLineAndKey(_ text: String, _ expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try settings(text) }
    #expect(error?.description == expected)
  }
}
