/// A thread's calls that have not returned, as far as they are watched: outermost first. What control has left by an exception or
/// longjmp(3) is dropped as soon as the stack shows it.
package struct PendingCalls<Content: Sendable>: Sendable {
  package struct Call: Sendable {
    /// The stack pointer once the call has returned (the canonical frame address).
    package let frame: VirtualAddress
    /// Where its caller goes on.
    package let returnAddress: VirtualAddress
    /// Where the function was entered.
    package let entry: VirtualAddress
    package let content: Content
  }

  package private(set) var calls: [Call] = []

  package init() {}

  /// A function has been entered. Answers the calls that can't be there any more: a frame further down the stack, or in the very place.
  @discardableResult
  package mutating func enter(
    at entry: VirtualAddress, frame: VirtualAddress, returnAddress: VirtualAddress, _ content: Content
  ) -> [Call] {
    // A function that another has jumped to (a tail call) has its frame, and returns to where that would have.
    let dropped = remove {
      $0.frame < frame || $0.frame == frame && ($0.returnAddress != returnAddress || $0.entry == entry)
    }
    calls.append(Call(frame: frame, returnAddress: returnAddress, entry: entry, content: content))
    return dropped
  }

  /// The thread has come to an address that calls return to. Answers those that have returned there, innermost first, and those
  /// that can't be there any more.
  package mutating func arrive(
    at address: VirtualAddress, stackPointer: VirtualAddress
  ) -> (returned: [Call], dropped: [Call]) {
    let dropped = remove { $0.frame < stackPointer }
    let returned = remove { $0.frame == stackPointer && $0.returnAddress == address }
    return (returned.reversed(), dropped)
  }

  /// Takes away those that something holds for.
  package mutating func remove(where isWanted: (Call) -> Bool) -> [Call] {
    guard calls.contains(where: isWanted) else { return [] }
    let removed = calls.filter(isWanted)
    calls.removeAll(where: isWanted)
    return removed
  }
}
