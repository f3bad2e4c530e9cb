import DebugInfo

/// Makes a view of the values of one family of types. nil: the type is laid out as no version of the library that is
/// known, so its members are shown. Throws what keeps the value from being read.
package typealias Formatter = @Sendable (FormatSubject) throws(Unavailability) -> SyntheticView?

/// The choice of a formatter by a value's type.
package enum Formatters {
  /// How a value is shown instead of by its members; nil where those are what there is to show. Costs a look-up by
  /// name, and where a formatter is found, what that reads: not more than a few words.
  package static func view(of value: Value, settings: SessionSettings) -> SyntheticView? {
    view(of: value, settings: settings, depth: 0)
  }

  static func view(of value: Value, settings: SessionSettings, depth: Int) -> SyntheticView? {
    guard value.type.stripped.isAggregate else { return nil }
    if let view = settings.userFormatters?.view(of: value, settings: settings) { return view }
    guard let subject = FormatSubject(value, settings: settings, depth: depth),
      let formatter = formatter(for: subject)
    else { return nil }
    do throws(Unavailability) {
      return try formatter(subject)
    } catch {
      return SyntheticView(error.placeholder)
    }
  }

  private static func formatter(for subject: FormatSubject) -> Formatter? {
    switch subject.type.language {
    case .rust: RustFormatters.formatter(for: subject.type)
    case .swift: SwiftFormatters.formatter(for: subject.type)
    case .go: GoFormatters.formatter(for: subject.type)
    default: CppFormatters.table[subject.family.name]
    }
  }
}
