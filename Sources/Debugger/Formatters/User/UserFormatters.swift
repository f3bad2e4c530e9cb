import DebugInfo
import Synchronization

/// All formatters of the user's, and which of them a type gets. Never changed: another set takes its place.
package final class UserFormatters: Sendable, Equatable {
  private struct State {
    /// What look-ups found, by the type's name.
    var found: [String: Int?] = [:]
    /// Evaluations for the value that is being shown.
    var spent = 0
    /// Formatters whose errors were told.
    var reported: Set<String> = []
    var problems: [String] = []
  }

  /// Those that win come first.
  package let formatters: [UserFormatter]
  private let exact: [String: Int]
  private let state = Mutex(State())

  /// Expressions that are evaluated for one value with all that is in it.
  private static let mostEvaluations = 10_000
  private static let mostRemembered = 10_000

  package init(_ formatters: [UserFormatter]) {
    self.formatters = formatters
    let names = formatters.enumerated().compactMap { index, formatter in
      formatter.pattern.exactName.map { ($0, index) }
    }
    exact = Dictionary(names) { first, _ in first }
  }

  package static func == (left: UserFormatters, right: UserFormatters) -> Bool { left === right }

  /// How a value is shown; nil where no formatter is for it. Costs a look-up by name and type, and what the formatter's
  /// expressions cost.
  func view(of value: Value, settings: SessionSettings) -> SyntheticView? {
    guard let formatter = formatter(for: value.type), let scope = value.source as? any EvaluationScope else {
      return nil
    }
    return UserFormatting(
      formatter: formatter, formatters: self, value: value, scope: scope, settings: settings
    ).view()
  }

  /// By the name that a value is declared with, then by those that it stands for. A name alone wins over a wildcard.
  func formatter(for type: DataType) -> UserFormatter? {
    var type = type.unqualified
    for _ in 0..<16 {
      if let name = type.name, let index = index(of: name) { return formatters[index] }
      guard type.kind == .typedef, let target = type.target else { return nil }
      type = target.unqualified
    }
    return nil
  }

  private func index(of name: String) -> Int? {
    if let known = state.withLock({ $0.found[name] }) { return known }
    let normalized = TypePattern.normalized(name)
    let index = exact[normalized] ?? formatters.firstIndex { $0.pattern.matches(normalized) }
    state.withLock { state in
      if state.found.count >= Self.mostRemembered { state.found = [:] }
      state.found[name] = .some(index)
    }
    return index
  }

  // MARK: Cost

  /// A value is shown from its beginning.
  func begin() { state.withLock { $0.spent = 0 } }

  /// False where a value has had its share of evaluations: templates may show values that have templates.
  func spend() -> Bool {
    state.withLock { state in
      state.spent += 1
      return state.spent <= Self.mostEvaluations
    }
  }

  // MARK: Problems

  /// Notes what went wrong, the first time for each formatter.
  func report(_ problem: String, of formatter: UserFormatter) {
    state.withLock { state in
      if state.reported.insert(formatter.place).inserted { state.problems.append(problem) }
    }
  }

  /// What went wrong since this was last asked.
  package func takeProblems() -> [String] {
    state.withLock { state in
      defer { state.problems = [] }
      return state.problems
    }
  }
}
