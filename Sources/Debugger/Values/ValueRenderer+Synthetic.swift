import DebugInfo
import MachineModel

/// What formatters say of values, laid out as gdb lays out what pretty-printers say.
extension ValueRenderer {
  /// False where no formatter knows the value: it is shown as what it is.
  mutating func synthetic(_ value: Value, depth: Int) -> Bool {
    guard let view = view(of: value), view.audience == .everybody else { return false }
    write(view, depth: depth)
    return true
  }

  mutating func write(_ view: SyntheticView, depth: Int = 0) {
    for part in view.summary { summary(part) }
    if let children = view.children { self.children(children, of: view, depth: depth) }
  }

  /// The view of a value, or of what a reference leads to: that is as good as the object itself. `X &&` says where it
  /// leads, as in gdb, whose printers do not know of it.
  private func view(of value: Value) -> SyntheticView? {
    guard letter != .raw else { return nil }
    var value = value
    if value.type.stripped.isReference {
      guard value.type.stripped.kind == .reference, let target = value.type.stripped.target,
        target.stripped.isAggregate,
        let referred = try? value.withoutReference()
      else { return nil }
      value = referred
    }
    guard value.type.stripped.isAggregate else { return nil }
    return Formatters.view(of: value.loaded(limit: ValueFormatter.readLimit), settings: settings)
  }

  private mutating func summary(_ part: SyntheticView.Part) {
    switch part {
    case .text(let text): write(text)
    case .string(let characters): string(characters)
    case .value(let value):
      // As a word among others: not indented, whatever is around it.
      var inner = ValueRenderer(settings: settings, language: language, letter: letter, source: source)
      inner.nesting = nesting + 1
      inner.isBrief = isBrief
      inner.render(value.loaded(limit: ValueFormatter.readLimit))
      write(inner.text)
    }
  }

  /// All characters of the array, of which no zero ends the text.
  private mutating func string(_ characters: Value) {
    let type = characters.type.stripped
    guard case .array(let count?) = type.kind, let element = type.target else { return }
    let character = CharacterType(element) ?? .units(ofSize: Int(min(element.size ?? 1, 4)))
    let shown = min(count, UInt64(min(elementLimit, 1 << 16)))
    let literal = TextLiteral(type: character, limit: .max, repeats: repeatLimit)
    guard shown > 0 else { return write(literal.string([], isCut: count > 0)) }
    do throws(Unavailability) {
      let contents = try characters.contents(from: 0, count: shown * UInt64(character.width))
      if let reason = contents.missing { throw reason }
      write(literal.string(contents.bytes, isCut: shown < count))
    } catch {
      write(error.placeholder)
    }
  }

  /// ` = {…}`. The limit of elements counts a pair's key and its value.
  private mutating func children(_ children: any SyntheticChildren, of view: SyntheticView, depth: Int) {
    let breaks = view.shape == .elements ? settings.printArray : settings.printPretty
    func lineBreak(_ depth: Int) -> String { breaks ? "\n" + String(repeating: "  ", count: depth) : "" }
    var written = 0
    var index = 0
    var isComplete = false
    while written < elementLimit, !isExhausted {
      let child: SyntheticChild
      do throws(Unavailability) {
        guard let next = try children.child(at: index) else {
          isComplete = true
          break
        }
        child = next
      } catch {
        // What could be had stays, and the reason stands where the rest would.
        if written == 0 { write((view.summary.isEmpty ? "" : " = ") + "{") } else { write(", ") }
        return write(error.placeholder + "}")
      }
      if written == 0 {
        if !view.summary.isEmpty { write(" = ") }
        if isBrief || isBeyondDepth(depth) { return write("{...}") }
        write("{")
      } else {
        write(breaks ? "," : ", ")
      }
      write(lineBreak(depth + 1))
      written += self.child(child, at: index, shape: view.shape, room: elementLimit - written, depth: depth)
      index += 1
    }
    guard written > 0 else { return }
    if !isComplete { write(lineBreak(depth + 1) + "...") }
    write(lineBreak(depth) + "}")
  }

  /// Answers how many values were written: there may be room for a pair's key only.
  private mutating func child(
    _ child: SyntheticChild, at index: Int, shape: SyntheticView.Shape, room: Int, depth: Int
  ) -> Int {
    switch shape {
    case .members: write(child.name + " = ")
    case .elements: if settings.printArrayIndexes { write("[\(index)] = ") }
    case .pairs:
      write("[")
      // A key is what its value is called, so it may be deeper.
      extraDepth += 1
      if let key = child.key { render(key, depth: depth + 1) }
      extraDepth -= 1
      write("] = ")
      guard room > 1 else { return 1 }
      render(child.value, depth: depth + 1)
      return 2
    }
    render(child.value, depth: depth + 1)
    return 1
  }
}
