/// One thread's general registers at a stop.
package struct RegisterFile: Sendable, Equatable {
  private var values: InlineArray<27, UInt64> = .init(repeating: 0)

  package init() {}

  package subscript(register: GeneralRegister) -> UInt64 {
    get { values[Int(register.rawValue)] }
    set { values[Int(register.rawValue)] = newValue }
  }

  /// All values at once, in the order of `GeneralRegister`'s raw values.
  package mutating func withUnsafeMutableValues<Result>(_ body: (UnsafeMutableBufferPointer<UInt64>) -> Result)
    -> Result
  {
    var span = values.mutableSpan
    return span.withUnsafeMutableBufferPointer { body($0) }
  }

  package var programCounter: VirtualAddress {
    get { VirtualAddress(self[.rip]) }
    set { self[.rip] = newValue.rawValue }
  }
  package var stackPointer: VirtualAddress { VirtualAddress(self[.rsp]) }

  package static func == (left: Self, right: Self) -> Bool {
    GeneralRegister.allCases.allSatisfy { left[$0] == right[$0] }
  }
}
