import DebugInfo

/// Lets an expression call functions of the program, though it is evaluated at once and the program runs for as long as
/// it likes: an evaluation that needs a call ends with a request, and is begun anew when the request was answered. What
/// it had found before the call stands in here, so that nothing happens twice, and nothing is decided otherwise.
///
/// The steps that are complete are kept in the order of their end, each with its depth; those inside of a complete one
/// are dropped. What is left is exactly what lies to the left of the call.
package final class EvaluationJournal {
  private struct Entry {
    let depth: Int
    let value: Value
  }
  private var entries: [Entry] = []
  /// Of the entries, how many the present evaluation has come by.
  private var position = 0
  private var depth = 0
  /// The depth that the answer belongs to.
  private var requestDepth = 0
  /// The call that has to be carried out before the evaluation can go on.
  private(set) var request: FunctionCall?

  package init() {}

  /// Begins the evaluation, from the start or anew.
  func begin() {
    position = 0
    depth = 0
  }

  /// A part of the evaluation: carried out, unless it was before.
  func step(_ body: () throws(ExpressionError) -> Value) throws(ExpressionError) -> Value {
    if let known = replayed() { return known }
    depth += 1
    defer { depth -= 1 }
    let first = position
    let value = try body()
    entries.removeSubrange(first...)
    entries.append(Entry(depth: depth, value: value))
    position = entries.count
    return value
  }

  private func replayed() -> Value? {
    guard position < entries.count, entries[position].depth == depth + 1 else { return nil }
    position += 1
    return entries[position - 1].value
  }

  /// What a call answers; throws where it is still to be carried out.
  func call(_ call: FunctionCall) throws(ExpressionError) -> Value {
    if let known = replayed() { return known }
    request = call
    requestDepth = depth + 1
    throw ExpressionError("The program has to run for this.")
  }

  /// The call was carried out: the evaluation can be begun anew.
  func answer(_ value: Value) {
    entries.append(Entry(depth: requestDepth, value: value))
    request = nil
  }
}
