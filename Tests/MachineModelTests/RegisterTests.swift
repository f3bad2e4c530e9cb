import MachineModel
import Testing

@Test(arguments: [(0, GeneralRegister.rax), (7, .rsp), (16, .rip), (49, .eflags), (58, .fsBase)])
func dwarfNumbersNameRegisters(number: Int, register: GeneralRegister) {
  #expect(GeneralRegister(dwarfNumber: number) == register)
}

@Test func addressArithmeticWraps() {
  #expect(VirtualAddress(UInt64.max) + 2 as VirtualAddress == VirtualAddress(1))
  #expect(VirtualAddress(0) - 1 as VirtualAddress == VirtualAddress(UInt64.max))
}
