/// What becomes of a signal that the program gets.
package struct SignalDisposition: Sendable, Equatable {
  /// The process stops, and the stop is reported.
  package var stops: Bool
  /// That it came is told.
  package var prints: Bool
  /// The program gets it when it goes on.
  package var passes: Bool

  package init(stops: Bool, prints: Bool, passes: Bool) {
    self.stops = stops
    self.prints = prints
    self.passes = passes
  }
}

/// The dispositions of all signals: gdb's until they are changed.
package struct SignalDispositions: Sendable, Equatable {
  /// By number; the first is nobody's.
  private var rows = (0...Signal.count).map { number in
    let signal = Signal(Int32(number))
    return SignalDisposition(
      stops: signal.stopsByDefault, prints: signal.stopsByDefault, passes: signal.isPassedByDefault)
  }

  package init() {}

  /// Of one outside of 1…64: to be passed on, and no more.
  package subscript(signal: Signal) -> SignalDisposition {
    get {
      let index = Int(signal.number)
      return rows.indices.contains(index) ? rows[index] : SignalDisposition(stops: false, prints: false, passes: true)
    }
    set { if rows.indices.contains(Int(signal.number)) { rows[Int(signal.number)] = newValue } }
  }
}
