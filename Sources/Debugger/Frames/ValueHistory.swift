/// The values that `print` has shown, and the variables that the user made. They outlive their stop: what they
/// showed was read when they were recorded.
final class ValueHistory {
  private var values: [Value] = []
  var convenience: [String: Value] = [:]
  var count: Int { values.count }

  /// Answers the number, from 1.
  func record(_ value: Value) -> Int {
    values.append(value.loaded())
    return values.count
  }
  func value(number: Int) -> Value? { values.indices.contains(number - 1) ? values[number - 1] : nil }
}
