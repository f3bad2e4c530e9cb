extension AppState {
  mutating func handle(_ event: InputEvent) -> [Effect] {
    switch event {
    case .key(let key):
      message = nil
      return press(key)
    case .mouse(let event): return handle(event)
    case .paste(let text): return paste(text)
    case .resize(let size):
      self.size = size
      return [.repaint]
    case .suspended: return []
    case .resumed: return [.repaint]
    case .terminated, .disconnected:
      hasQuit = true
      return [.quit]
    }
  }

  private mutating func press(_ key: Key) -> [Effect] {
    let command = dialog == nil ? bindings.command(for: key, in: contexts) : nil
    if key.modifiers.contains(.alt), command == nil, focus != .program || commandBar.isActive || dialog != nil {
      // Escape and a key in quick succession are what a terminal sends for alt, too.
      return press(Key(.escape)) + press(Key(key.code, key.modifiers.subtracting(.alt)))
    }
    if dialog != nil { return pressInDialog(key) }
    if commandBar.isActive { return pressInCommandBar(key) }
    if let command { return perform(command) }
    guard focus == .program else { return [] }
    guard process.isAlive else {
      // The terminal would keep it for the next run.
      message = Message("No program reads this; \(bindings.leaveKey) leaves its terminal.", .warning)
      return []
    }
    guard program.scrolledBack > 0 else { return [.sendKey(key)] }
    program.scrolledBack = 0
    return [.viewProgram(scrolledBack: 0), .sendKey(key)]
  }

  private mutating func paste(_ text: String) -> [Effect] {
    if commandBar.isActive {
      // Lines of a paste are not carried out unseen: they become one line to look at.
      let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
      commandBar.line.insert(caretNotation(line))
      return []
    }
    return focus == .program && dialog == nil ? [.sendPaste(text)] : []
  }

  // MARK: Dialogs

  private mutating func pressInDialog(_ key: Key) -> [Effect] {
    switch dialog {
    case .help(let top):
      let page = max(1, size.height - 6)
      switch key.code {
      case .up, .character("k"): dialog = .help(top: max(0, top - 1))
      case .down, .character("j"): dialog = .help(top: top + 1)
      case .pageUp: dialog = .help(top: max(0, top - page))
      case .pageDown, .character(" "): dialog = .help(top: top + page)
      case .home: dialog = .help(top: 0)
      default: dialog = nil
      }
      if case .help(let top) = dialog { dialog = .help(top: min(top, HelpOverlay(self).lastTop)) }
      return []
    case .concurrency(let state): return press(key, in: state)
    case .menu(let menu): return press(key, in: menu)
    case .question(let question):
      if key.code == .escape { return answer(question, "n") }
      guard case .character(let character) = key.code,
        question.answers.contains(where: { $0.key == Character(character.lowercased()) })
      else { return [] }
      return answer(question, Character(character.lowercased()))
    case nil: return []
    }
  }

  private mutating func press(_ key: Key, in menu: RowMenu) -> [Effect] {
    if let item = menu.items.first(where: { $0.key == key }) { return choose(item) }
    var menu = menu
    switch key.code {
    case .up, .character("k"): menu.select(by: -1)
    case .down, .character("j"): menu.select(by: 1)
    case .enter: return choose(menu.items[menu.selected])
    default:
      dialog = nil
      return []
    }
    dialog = .menu(menu)
    return []
  }

  mutating func choose(_ item: RowMenu.Item) -> [Effect] {
    dialog = nil
    return perform(item.command)
  }

  mutating func answer(_ question: DialogState.Question, _ key: Character) -> [Effect] {
    dialog = nil
    switch (question, key) {
    case (.quit, "y"):
      hasQuit = true
      return [.quit]
    case (.leave, "k"):
      hasQuit = true
      return [.kill, .quit]
    case (.quit, "d"), (.leave, "y"):
      hasQuit = true
      return [.detach, .quit]
    case (.confirmation, _): return [.confirm(key == "y")]
    case (.stuck, "k"): return [.kill]
    case (.stuck, "d"): return [.detach]
    default: return []
    }
  }

  /// Leaves, after a question where a process would be lost.
  mutating func quit() -> [Effect] {
    if process.isAlive {
      dialog = .question(process.isAttached ? .leave : .quit)
      return []
    }
    hasQuit = true
    return [.quit]
  }
}
