import Debugger

/// What can be done with a row of the locals, to choose from.
package struct RowMenu: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package let key: Key
    package let label: String
    package let command: UserCommand
    /// It is what holds already.
    package let isCurrent: Bool
  }

  package let title: String
  package let items: [Item]
  package var selected = 0
  /// The box opens below it.
  package let anchor: GridPosition

  private static let commands: [UserCommand] = [
    .editValue, .print, .copyValue, .copyExpression, .watchRow, .pinRow, .removeRow,
  ]
  /// With the letters that `print /FMT` knows them by.
  private static let formats: [ValueFormat.Letter] = [
    .natural, .hexadecimal, .decimal, .unsigned, .octal, .binary, .character, .address, .raw,
  ]

  /// For the row of a tree; `bindings` give the keys and words.
  init(_ row: TreeRow, format: ValueFormat.Letter, bindings: BindingTable, anchor: GridPosition) {
    title = row.variable?.name ?? ""
    self.anchor = anchor
    var items: [Item] = []
    for command in Self.commands where command != .removeRow || row.path.keptNumber != nil {
      guard let binding = bindings.bindings.first(where: { $0.command == command }), let key = binding.keys.first else {
        continue
      }
      items.append(Item(key: key, label: binding.help, command: command, isCurrent: false))
    }
    for letter in Self.formats {
      let key = Key(letter == .natural ? "n" : letter.rawValue)
      let label = "Show it " + (letter.title.map { letter == .raw ? $0 : "as \($0)" } ?? "as its type has it")
      items.append(Item(key: key, label: label, command: .format(letter), isCurrent: letter == format))
    }
    self.items = items
  }

  mutating func select(by step: Int) {
    guard !items.isEmpty else { return }
    selected = (selected + step % items.count + items.count) % items.count
  }
}

/// Where a menu is on the screen.
struct RowMenuBox {
  let rect: GridRect
  /// The first item shown.
  let top: Int
  static let keyWidth = 4

  init(_ menu: RowMenu, size: GridSize) {
    let text = menu.items.map { columnWidth(of: $0.label) }.max() ?? 0
    let width = min(size.width, text + Self.keyWidth + 5)
    let height = min(max(3, size.height - 2), menu.items.count + 2)
    let below = menu.anchor.row + 1
    // Where there is no room below, above the row; where there is none either, over it.
    let row = below + height <= size.height ? below : max(0, menu.anchor.row - height)
    rect = GridRect(
      row: row, column: max(0, min(menu.anchor.column + 2, size.width - width)), width: width, height: height)
    top = max(0, min(menu.selected - (height - 2) / 2, menu.items.count - (height - 2)))
  }

  func item(at position: GridPosition) -> Int? {
    let inner = rect.inset(by: 1)
    return inner.contains(position) ? top + position.row - inner.row : nil
  }
}
