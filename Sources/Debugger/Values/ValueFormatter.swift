package import DebugInfo
import MachineModel

/// Values as text, as gdb's `print` shows them. Never reads more of an array than is shown, and ends on any
/// data: nesting, elements and the length of the text are bounded.
package struct ValueFormatter {
  package let settings: SessionSettings
  /// Of the selected frame: `true` or `1`, `struct point` or `point`.
  package let language: SourceLanguage
  package init(settings: SessionSettings, language: SourceLanguage) {
    self.settings = settings
    self.language = language
  }

  /// As `print` shows it after `$1 = ` (pointers with their type in front). Never throws: what cannot be read
  /// stands as `<error: …>` or `<optimized out>` where its value would.
  package func text(_ value: Value, format: ValueFormat = .natural) -> String {
    guard settings.printObject else { return render(value, format: format, isTopLevel: true) }
    if let whole = value.wholeObject() {
      let name = TypePrinter(language: language).name(whole.type)
      return "(\(name)) " + render(whole, format: format, isTopLevel: true)
    }
    return render(value.pointingToWholeObject() ?? value, format: format, isTopLevel: true)
  }

  /// As `print` shows it; throws what makes `print` an error (memory that cannot be read).
  package func checkedText(_ value: Value, format: ValueFormat = .natural) throws(ExpressionError) -> String {
    if format.letter == .instruction {
      throw ExpressionError("Format letter \"i\" is meaningless in \"print\" command.")
    }
    let type = value.type.stripped
    if !type.isFunction, type.kind != .void, type.size != nil {
      // The first byte is enough: what comes after it shows in its place.
      do throws(Unavailability) {
        if value.bitField != nil {
          _ = try value.contents()
        } else if type.size != 0 {
          _ = try value.contents(from: 0, count: 1)
        }
      } catch {
        if case .memory = error { throw ExpressionError(error) }
      }
    }
    return text(value, format: format)
  }

  /// As `info locals` and members show it: as `text`, but pointers without their type.
  package func nestedText(_ value: Value, format: ValueFormat = .natural) -> String {
    render(value, format: format, isTopLevel: false)
  }

  /// A row of `info locals`, of a frame's arguments or of a variable tree. `id` names the value for later requests; it
  /// is told what opening the row shows.
  package func snapshot(
    name: String, _ value: Value, format: ValueFormat = .natural, isRaw: Bool = false, id: (OpenValue) -> ValueID?
  ) -> VariableSnapshot {
    let value = value.loaded(limit: Self.readLimit)
    let opened = OpenValue(value, settings: settings, language: language, isRaw: isRaw || format.letter == .raw)
    let children = opened.count
    let text = nestedText(value, format: isRaw ? ValueFormat(.raw) : format)
    // `@0x…: {…}`: where it leads, and what is there.
    let reference = value.type.stripped.isReference && text.hasPrefix("@") ? String(text.prefix { $0 != ":" }) : nil
    return VariableSnapshot(
      name: name, type: TypePrinter(language: language).name(value.type), value: text, reference: reference,
      address: value.address, register: value.registerNumber.flatMap(RegisterValue.name(ofDWARFNumber:)),
      optimizedOut: value.isOptimizedOut, children: children, id: id(opened),
      dynamicType: opened.dynamicType.map(TypePrinter(language: language).name),
      summary: summary(of: value, opened, for: .trees, format: format),
      brief: summary(of: value, opened, for: .everybody, format: format, isBrief: true))
  }

  /// Bytes that are read of a value at first: more than any limit of elements shows of it, as a rule.
  static let readLimit: UInt64 = 64 << 10

  /// What a formatter makes of a value that is shown to an audience; nil where it is shown as it is, or to others.
  private func summary(
    of value: Value, _ opened: OpenValue, for audience: SyntheticView.Audience, format: ValueFormat,
    isBrief: Bool = false
  ) -> String? {
    guard value.type.stripped.kind != .pointer, let view = opened.view, view.audience == audience else { return nil }
    var renderer = ValueRenderer(settings: settings, language: language, letter: format.letter, source: value.source)
    renderer.isBrief = isBrief
    renderer.write(view)
    return renderer.text
  }

  private func render(_ value: Value, format: ValueFormat, isTopLevel: Bool) -> String {
    settings.userFormatters?.begin()
    var renderer = ValueRenderer(settings: settings, language: language, letter: format.letter, source: value.source)
    renderer.render(value.loaded(limit: Self.readLimit), isTopLevel: isTopLevel)
    return renderer.text
  }
}
