package import Debugger
package import MachineModel

/// The calls of a function that took a lock to read, by its instructions in their order in memory, up to where it
/// waits. Branches are not followed, so what it finds is likely, not certain.
package struct ReadLockScan {
  /// The function's instructions in AT&T syntax; the last one is the call that has not returned.
  private let rows: [InstructionRow]

  package init(_ rows: [InstructionRow]) { self.rows = rows }

  /// Where a function's first argument comes from.
  private enum Source: Equatable {
    case address(VirtualAddress)
    /// `-0x8(%rbp)`, with what is added to it.
    case place([String])
  }

  /// Registers that a call leaves as they are (psABI figure 3.4).
  private static let saved: Set<String> = ["%rbx", "%rbp", "%r12", "%r13", "%r14", "%r15"]

  /// The last call that took this lock to read and has none behind it that releases one: where its argument is the
  /// lock's address, or comes from the same place as that of the call which has not returned.
  package func lastTaken(_ lock: VirtualAddress) -> InstructionRow? {
    guard let waiting = rows.lastIndex(where: isCall) else { return nil }
    let wanted = firstArgument(ofCallAt: waiting)
    var taken: InstructionRow?
    for index in rows.indices where isCall(rows[index]) {
      let callee = rows[index].text + (rows[index].comment ?? "")
      if callee.contains("unlock") {
        taken = nil
      } else if callee.contains("rdlock") || callee.contains("lock_shared"),
        let source = firstArgument(ofCallAt: index), source == .address(lock) || source == wanted
      {
        taken = rows[index]
      }
    }
    return taken
  }

  private func isCall(_ row: InstructionRow) -> Bool { row.text.hasPrefix("call") }

  /// By the instructions before the call, back to the one that has it from memory or knows the address.
  private func firstArgument(ofCallAt call: Int) -> Source? {
    var register = "%rdi"
    var additions: [String] = []
    for row in rows[..<call].reversed() {
      if isCall(row) {
        guard Self.saved.contains(register) else { return nil }
        continue
      }
      // The lower half, too: an address of four bytes is put there.
      let isLower = register == "%rdi" && row.text.hasSuffix(",%edi")
      guard isLower || row.text.hasSuffix("," + register), let blank = row.text.firstIndex(of: " ") else { continue }
      let operands = row.text[blank...].drop { $0 == " " }.dropLast(register.count + 1)
      switch row.text[..<blank] {
      case "lea" where operands.hasSuffix("(%rip)"):
        let digits = row.comment?.prefix { $0 != " " }.dropFirst(2)
        guard additions.isEmpty, let address = digits.flatMap({ UInt64($0, radix: 16) }) else { return nil }
        return .address(VirtualAddress(address))
      case "mov" where operands.hasPrefix("$"):
        // Code that is not to be moved has addresses as they are.
        guard additions.isEmpty, let address = UInt64(operands.dropFirst(3), radix: 16) else { return nil }
        return .address(VirtualAddress(address))
      case "mov" where operands.hasPrefix("%") && !operands.contains("("): register = String(operands)
      case "mov": return .place([String(operands)] + additions)
      case "add": additions.append(String(operands))
      case "lea": return .place([String(operands)] + additions)
      default: return nil
      }
    }
    return Self.saved.contains(register) ? .place([register] + additions) : nil
  }
}
