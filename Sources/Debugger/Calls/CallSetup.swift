import DebugInfo
import MachineModel
import Tracing

/// All that a call changes in the program before it begins, worked out beforehand.
struct CallSetup {
  let memory: [(address: VirtualAddress, bytes: [UInt8])]
  let registers: RegisterFile
  let floatingPoint: FloatingPointState
  let returnAddress: VirtualAddress
  /// Where a result that is returned in memory will be.
  let result: VirtualAddress?
  /// What the stack pointer is once the function has returned.
  let stackPointer: VirtualAddress

  /// - Parameter layout: where the arguments go.
  init(of function: VirtualAddress, _ layout: CallLayout, in before: ThreadState, returningTo address: VirtualAddress) {
    let entry = VirtualAddress(layout.stackPointer.rawValue &- 8)
    let returnBytes = IntegerBits(bits: UInt128(address.rawValue), width: 64, isSigned: false).littleEndian
    memory = layout.copies + [(entry, returnBytes + layout.stack)]
    var registers = before.registers
    for (register, value) in layout.integers { registers[register] = value }
    registers[.rax] = UInt64(layout.vectors.count)
    registers[.rsp] = entry.rawValue
    registers.programCounter = function
    // The direction flag is clear on entry (psABI §3.2.1); a trap flag is not the function's.
    registers[.eflags] &= ~0x500
    // No system call is to be restarted: the function's is another.
    registers[.origRax] = .max
    self.registers = registers
    var floating = before.floatingPoint
    floating.clearX87Stack()
    for (index, bytes) in layout.vectors.enumerated() {
      floating.setXMM(index, bytes + .init(repeating: 0, count: max(0, 16 - bytes.count)))
    }
    floatingPoint = floating
    returnAddress = address
    result = layout.result
    stackPointer = entry + 8
  }
}
