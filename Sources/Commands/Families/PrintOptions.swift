import Debugger

/// `print -elements 3 -pretty -- EXPRESSION`: settings for one value, by the names that `set print` has for them.
enum PrintOptions {
  /// The settings with what was asked for (nil: nothing was), and the expression.
  static func read(_ context: CommandContext) async throws -> (settings: SessionSettings?, expression: String) {
    var rest = context.arguments
    guard rest.hasPrefix("-"), rest.dropFirst().first.map({ $0.isLetter || $0 == "-" }) ?? false else {
      return (nil, rest)
    }
    let isEnded = rest.hasPrefix("-- ") || rest.firstRange(of: " -- ") != nil
    var store = Setting.Store(
      session: await context.session.settings, preferences: await context.interpreter.state.preferences)
    while rest.hasPrefix("-") {
      let (word, next) = rest.firstWord
      if word == "--" { return (store.session, next) }
      // Without `--` behind them, `-x` is an expression where it is no option.
      guard let setting = try setting(named: word.dropFirst(), isCertain: isEnded) else { break }
      rest = next
      var value = "on"
      let (argument, behind) = rest.firstWord
      switch setting.kind {
      case .flag:
        if ["on", "off", "1", "0", "yes", "no", "enable", "disable"].contains(argument) {
          (value, rest) = (argument, behind)
        }
      default: (value, rest) = (argument, behind)
      }
      setting.write(&store, try setting.normalize(value))
    }
    return (store.session, rest)
  }

  private static func setting(named word: Substring, isCertain: Bool) throws(CommandError) -> Setting? {
    let all = SettingTable.all.filter { $0.name.hasPrefix("print ") && $0.name.dropFirst(6).hasPrefix(word) }
    if let exact = all.first(where: { $0.name.dropFirst(6) == word }) { return exact }
    // `print -e` is what `e` has with its sign changed: only what `--` ends may be abbreviated.
    guard isCertain else { return nil }
    if all.count == 1 { return all[0] }
    throw CommandError(
      all.isEmpty
        ? "Unrecognized option at: -\(word)"
        : "-\(word): Ambiguous option, could be: " + all.map { "-" + $0.name.dropFirst(6) }.joined(separator: ", "))
  }
}
