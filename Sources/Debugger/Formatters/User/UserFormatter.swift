import DebugInfo
import MachineModel

/// How a user wants values of some types shown, as a file of formatters says.
package struct UserFormatter: Sendable {
  /// What opening a value shows.
  package enum Children: Sendable, Equatable {
    /// Names with their expressions.
    case named([Named])
    /// As many as `size` says; `item` makes the one at `$i`, `key`, where there is one, what it is found by.
    case elements(size: String, item: String, key: String?)
    /// The members but these.
    case hiding([String])
  }

  package struct Named: Sendable, Equatable {
    package let name: String
    package let expression: String
  }

  package let pattern: TypePattern
  /// nil: the children say it all.
  package let summary: SummaryTemplate?
  package let children: Children?
  /// Where it is written: `geometry.toml:3`.
  package let place: String
  /// Why it can't be used; shown in place of the value.
  package let failure: String?

  package init(
    pattern: TypePattern, summary: SummaryTemplate?, children: Children?, place: String, failure: String? = nil
  ) {
    self.pattern = pattern
    self.summary = summary
    self.children = children
    self.place = place
    self.failure = failure
  }
}

/// A user's formatter at work on a value. What goes wrong is shown where it does, and reported once.
struct UserFormatting {
  let formatter: UserFormatter
  let formatters: UserFormatters
  let value: Value
  let scope: any EvaluationScope
  let settings: SessionSettings

  func view() -> SyntheticView {
    if let failure = formatter.failure {
      return SyntheticView(Self.placeholder(failure), children: value.type.stripped.isAggregate ? members() : nil)
    }
    let summary = formatter.summary?.pieces.map(part) ?? []
    switch formatter.children {
    case nil: return SyntheticView(summary: summary)
    case .named(let named):
      return SyntheticView(
        summary: summary,
        children: UserChildren(count: UInt64(named.count)) { index in
          child(named[Int(index)].name, named[Int(index)].expression, index: nil)
        })
    case .hiding(let names):
      return SyntheticView(summary: summary, children: members { !names.contains($0) })
    case .elements(let size, let item, let key): return elements(summary, size: size, item: item, key: key)
    }
  }

  /// Those that the type has, by their names.
  private func members(where isShown: (String) -> Bool = { _ in true }) -> UserChildren {
    let shown = value.type.stripped.members.filter { isShown($0.name ?? "") && $0.kind != .staticField }
    return UserChildren(count: UInt64(shown.count)) { index in
      let member = shown[Int(index)]
      let part = value.part(member) ?? Value(type: member.type, location: .optimizedOut, source: value.source)
      return SyntheticChild(name: member.name ?? "<\(member.type.stripped.name ?? "anonymous")>", value: part)
    }
  }

  private func elements(_ summary: [SyntheticView.Part], size: String, item: String, key: String?) -> SyntheticView {
    let count: UInt64
    do throws(ExpressionError) {
      let bits = try ExpressionEvaluator(scope: scope).integer(evaluate(size))
      // Below zero, nobody has set it yet.
      count = bits.isNegative ? 0 : UInt64(clamping: bits.bits)
    } catch {
      let text = (summary.isEmpty ? "" : " ") + fail("size = \(size)", error.message)
      return SyntheticView(summary: summary + [.text(text)])
    }
    let children = UserChildren(count: count) { index in
      let made = child("[\(index)]", item, index: index)
      guard let key else { return made }
      return SyntheticChild(name: made.name, key: child("", key, index: index).value, value: made.value)
    }
    return SyntheticView(summary: summary, shape: key == nil ? .elements : .pairs, children: children)
  }

  private func part(_ piece: SummaryTemplate.Piece) -> SyntheticView.Part {
    switch piece {
    case .text(let text): return .text(text)
    case .value(let expression, let letter):
      do throws(ExpressionError) {
        let value = try evaluate(expression)
        return letter == .natural ? .value(value) : .text(text(of: value, letter))
      } catch {
        return .text(fail("{\(expression)}", error.message))
      }
    }
  }

  /// `s` shows a string without its address: in a summary it is the text that counts.
  private func text(of value: Value, _ letter: ValueFormat.Letter) -> String {
    var settings = settings
    if letter == .string { settings.printAddress = false }
    var renderer = ValueRenderer(
      settings: settings, language: scope.language, letter: letter, source: value.source)
    renderer.nesting = 1
    renderer.render(value.loaded(limit: ValueFormatter.readLimit))
    return renderer.text
  }

  private func child(_ name: String, _ expression: String, index: UInt64?) -> SyntheticChild {
    do throws(ExpressionError) {
      return SyntheticChild(name: name, value: try evaluate(expression, index: index))
    } catch {
      _ = fail(expression, error.message)
      let lost = Value(type: .void, location: .unavailable(error.message), source: value.source)
      return SyntheticChild(name: name, value: lost)
    }
  }

  private func evaluate(_ expression: String, index: UInt64? = nil) throws(ExpressionError) -> Value {
    guard formatters.spend() else { throw ExpressionError("too much to evaluate for one value") }
    let members = MemberScope(value, in: scope, index: index)
    return members.released(try ExpressionEvaluator(scope: members).evaluate(expression))
  }

  private func fail(_ what: String, _ reason: String) -> String {
    formatters.report("\(formatter.place): \(formatter.pattern.text): \(what): \(reason)", of: formatter)
    return Self.placeholder(reason)
  }

  private static func placeholder(_ reason: String) -> String { "<error: \(reason)>" }
}

/// Children that are made when they are asked for.
private final class UserChildren: SyntheticChildren {
  private let count: UInt64
  private let make: (UInt64) -> SyntheticChild

  init(count: UInt64, _ make: @escaping (UInt64) -> SyntheticChild) {
    self.count = count
    self.make = make
  }

  func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }
  func child(at index: Int) -> SyntheticChild? {
    index >= 0 && UInt64(index) < count ? make(UInt64(index)) : nil
  }
}
