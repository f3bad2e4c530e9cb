import DebugInfo
import MachineModel

/// What `return EXPRESSION` leaves for a function's caller.
extension DebugSession {
  /// Puts an expression's value, as the type that the function returns, where its caller expects it.
  /// - Parameter function: nil where no debug information says what it returns: then it is the expression's own type.
  func setReturnValue(_ expression: String, function: EntryID?, _ state: inout ReturnedRegisters)
    async throws(SessionError)
  {
    let type = function.map { symbols.functionType($0)?.target ?? .void }
    let value = try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      let value = try evaluator.plain(evaluator.evaluate(expression))
      guard let type, type.stripped.kind != .void else { return value }
      return try evaluator.cast(value, to: type)
    }.result
    // As in gdb, what a `void` function returns is evaluated and forgotten.
    if let type, type.stripped.kind == .void { return }
    switch ReturnLocation.location(of: type ?? value.type, registers: state.registers) {
    case .memory?:
      notify(
        "Location at which to store the function's return value is unknown.\n"
          + "If you continue, the return value that you specified will be ignored.")
    case .register(let number)?:
      state.setReturned(
        try bytes(of: value), in: [LocationPiece(location: .register(number), bitSize: 0, bitOffset: 0)])
    case .pieces(let pieces)?: state.setReturned(try bytes(of: value), in: pieces)
    default: break
    }
  }
}

/// The registers that a function's caller is to find.
struct ReturnedRegisters {
  var registers: RegisterFile
  var floatingPoint: FloatingPointState

  /// Writes a result into its registers, in the order of its pieces; the last one takes what is left.
  fileprivate mutating func setReturned(_ bytes: [UInt8], in pieces: [LocationPiece]) {
    var rest = bytes[...]
    var stack: [[UInt8]] = []
    for (index, piece) in pieces.enumerated() {
      guard case .register(let number) = piece.location else { continue }
      let part = Array(index == pieces.count - 1 ? rest : rest.prefix(Int(piece.bitSize / 8)))
      rest = rest.dropFirst(part.count)
      switch VectorRegister(dwarfNumber: number) {
      case .xmm(let register)?: floatingPoint.setXMM(register, part)
      case .x87?: stack.append(part)
      case nil:
        guard let register = GeneralRegister(dwarfNumber: number) else { continue }
        registers[register] = part.prefix(8).enumerated().reduce(0) {
          $0 | UInt64($1.element) << (8 * UInt64($1.offset))
        }
      }
    }
    if !stack.isEmpty { floatingPoint.setX87Stack(stack) }
  }
}
