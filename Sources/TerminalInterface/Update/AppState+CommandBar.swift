import Debugger

extension AppState {
  mutating func pressInCommandBar(_ key: Key) -> [Effect] {
    if commandBar.reverse != nil, let effects = pressInReverseSearch(key) { return effects }
    if let command = bindings.command(for: key, in: contexts) { return perform(command) }
    guard case .character(let character) = key.code, key.modifiers.isEmpty else { return [] }
    // A colon opens the bar; where it is open already it must not end up in the command.
    if character == ":", commandBar.mode == .command, commandBar.editor.isEmpty { return [] }
    commandBar.completion = nil
    if commandBar.mode != .command, commandBar.isFieldFresh { commandBar.fieldEditor.replace(with: "") }
    commandBar.isFieldFresh = false
    commandBar.line.insert(String(character))
    return []
  }

  /// nil: the key ended the search, and means what it always means.
  private mutating func pressInReverseSearch(_ key: Key) -> [Effect]? {
    switch (key.code, key.modifiers) {
    case (.character("r"), .control): commandBar.searchHistory(again: true)
    case (.character("g"), .control), (.escape, []):
      commandBar.reverse = nil
      commandBar.editor.replace(with: "")
    case (.backspace, []):
      let query = commandBar.reverse?.query ?? ""
      commandBar.reverse?.query = String(query.dropLast())
      commandBar.reverse?.match = nil
      commandBar.searchHistory(again: false)
    case (.character(let character), []):
      commandBar.reverse?.query.append(character)
      commandBar.searchHistory(again: false)
    default:
      commandBar.reverse = nil
      return nil
    }
    return []
  }

  mutating func openCommandBar(with text: String? = nil) {
    commandBar.isActive = true
    commandBar.mode = .command
    commandBar.reverse = nil
    commandBar.completion = nil
    if let text { commandBar.editor.replace(with: text) }
  }

  mutating func openSearch() {
    guard focus != .program else { return }
    openField(.search(focus))
  }

  /// Asks for something other than a command.
  mutating func openField(_ mode: CommandBarState.Mode, with text: String = "") {
    commandBar.isActive = true
    commandBar.mode = mode
    commandBar.reverse = nil
    commandBar.completion = nil
    commandBar.fieldEditor.replace(with: text)
    commandBar.isFieldFresh = true
  }

  /// What commands of the command bar do.
  mutating func performInCommandBar(_ command: UserCommand) -> [Effect] {
    commandBar.isFieldFresh = false
    switch command {
    case .submit: return submitCommandBar()
    case .edit(let edit):
      commandBar.completion = nil
      if edit == .forwardCharacter || edit == .endOfLine, let suggestion = commandBar.suggestion {
        commandBar.editor.insert(suggestion)
      } else {
        commandBar.line.perform(edit)
      }
    case .complete:
      if case .search = commandBar.mode { return [] }
      if commandBar.completion != nil {
        commandBar.selectCandidate(by: 1)
        return []
      }
      commandBar.request += 1
      let lead = commandBar.completionLead
      let line = commandBar.line
      return [
        .complete(line: lead + line.text, cursor: lead.count + line.cursor, request: commandBar.request)
      ]
    case .completeBackward: commandBar.selectCandidate(by: -1)
    case .historyPrevious: walkHistory(back: true)
    case .historyNext: walkHistory(back: false)
    case .reverseSearch:
      guard commandBar.mode == .command else { return [] }
      commandBar.completion = nil
      commandBar.reverse = CommandBarState.ReverseSearch()
    case .leaveCommandBar:
      if commandBar.completion != nil {
        commandBar.completion = nil
      } else {
        leaveCommandBar()
      }
    default: break
    }
    return []
  }

  /// A line that was not finished is dropped, lest the next one goes on behind it; the arrow brings it back.
  private mutating func leaveCommandBar() {
    commandBar.isActive = false
    guard commandBar.mode == .command else { return }
    commandBar.history.add(commandBar.editor.text)
    commandBar.editor.replace(with: "")
  }

  private mutating func walkHistory(back: Bool) {
    if commandBar.completion != nil { return commandBar.selectCandidate(by: back ? -1 : 1) }
    guard commandBar.mode == .command else { return }
    let line =
      back ? commandBar.history.previous(current: commandBar.editor.text) : commandBar.history.next()
    if let line { commandBar.editor.replace(with: line) }
  }

  private mutating func submitCommandBar() -> [Effect] {
    if let list = commandBar.completion {
      commandBar.completion = nil
      // A candidate that was chosen is taken first, so that it can be seen in the line.
      if list.selected != nil { return [] }
    }
    commandBar.reverse = nil
    guard commandBar.mode == .command else {
      commandBar.isActive = false
      return submitField(commandBar.fieldEditor.text)
    }
    let line = commandBar.editor.text
    commandBar.editor.replace(with: "")
    let isNew = commandBar.history.add(line)
    return (isNew ? [.remember(line)] : []) + run(line)
  }

  private mutating func submitField(_ text: String) -> [Effect] {
    switch commandBar.mode {
    case .command: break
    case .search(let pane):
      if !text.isEmpty { search = SearchState(text) }
      find(in: pane, step: 1)
    case .watch: if !text.allSatisfy(\.isWhitespace) { return [.keep(text)] }
    case .value(let path):
      guard let variable = locals.variable(at: path), let id = variable.id else {
        message = Message("The program has moved: the value was not changed.", .warning)
        return []
      }
      // What it is already needs no write.
      if text != variable.value { return [.assign(text, to: id)] }
    }
    return []
  }

  /// Carries out a line: here what is the interface's, else by the interpreter.
  private mutating func run(_ line: String) -> [Effect] {
    let words = line.split(separator: " ")
    switch words.first {
    case "q", "quit", "exit": return quit()
    default:
      if !geometry.visible.contains(.console) { layout.raise(.console) }
      return submit(line)
    }
  }
}
