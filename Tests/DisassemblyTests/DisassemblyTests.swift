import Disassembly
import MachineModel
import TestSupport
import Testing

@Suite struct DisassemblyTests {
  private static let address = VirtualAddress(0x40_1000)

  /// Bytes, and what the GNU tools print for them in AT&T and in Intel syntax.
  private static let table: [([UInt8], String, String)] = [
    ([0x55], "push %rbp", "push rbp"),
    ([0x48, 0x89, 0xe5], "mov %rsp,%rbp", "mov rbp,rsp"),
    ([0xc3], "ret", "ret"),
    ([0xc9], "leave", "leave"),
    ([0x90], "nop", "nop"),
    ([0x66, 0x90], "xchg %ax,%ax", "xchg ax,ax"),
    ([0xf3, 0x0f, 0x1e, 0xfa], "endbr64", "endbr64"),
    ([0x48, 0x83, 0xec, 0x08], "sub $0x8,%rsp", "sub rsp,0x8"),
    ([0x48, 0x83, 0xe4, 0xf0], "and $0xfffffffffffffff0,%rsp", "and rsp,0xfffffffffffffff0"),
    ([0x83, 0xf8, 0xff], "cmp $0xffffffff,%eax", "cmp eax,0xffffffff"),
    ([0xc7, 0x45, 0xfc, 0, 0, 0, 0], "movl $0x0,-0x4(%rbp)", "mov DWORD PTR [rbp-0x4],0x0"),
    ([0x8b, 0x45, 0xfc], "mov -0x4(%rbp),%eax", "mov eax,DWORD PTR [rbp-0x4]"),
    ([0x0f, 0xb6, 0x00], "movzbl (%rax),%eax", "movzx eax,BYTE PTR [rax]"),
    ([0x48, 0x98], "cltq", "cdqe"),
    ([0xd1, 0xf8], "sar %eax", "sar eax,1"),
    ([0xc1, 0xe0, 0x04], "shl $0x4,%eax", "shl eax,0x4"),
    ([0xd3, 0x65, 0xfc], "shll %cl,-0x4(%rbp)", "shl DWORD PTR [rbp-0x4],cl"),
    ([0x48, 0x8d, 0x3d, 0x9b, 0x0e, 0, 0], "lea 0xe9b(%rip),%rdi", "lea rdi,[rip+0xe9b]"),
    ([0xff, 0x25, 0xe2, 0x2f, 0, 0], "jmp *0x2fe2(%rip)", "jmp QWORD PTR [rip+0x2fe2]"),
    ([0xff, 0xd0], "call *%rax", "call rax"),
    ([0x0f, 0x1f, 0x44, 0, 0], "nopl 0x0(%rax,%rax,1)", "nop DWORD PTR [rax+rax*1+0x0]"),
    ([0x8b, 0x04, 0x8a], "mov (%rdx,%rcx,4),%eax", "mov eax,DWORD PTR [rdx+rcx*4]"),
    ([0xf3, 0x48, 0xab], "rep stos %rax,%es:(%rdi)", ""),
    ([0x66, 0x48, 0x0f, 0x6e, 0xc0], "movq %rax,%xmm0", "movq xmm0,rax"),
    ([0xf2, 0x0f, 0x58, 0xc1], "addsd %xmm1,%xmm0", "addsd xmm0,xmm1"),
    ([0xf2, 0x0f, 0x2a, 0xc0], "cvtsi2sd %eax,%xmm0", "cvtsi2sd xmm0,eax"),
    ([0x64, 0x48, 0x8b, 0x04, 0x25, 0x28, 0, 0, 0], "mov %fs:0x28,%rax", "mov rax,QWORD PTR fs:0x28"),
    ([0x6a, 0xff], "push $0xffffffffffffffff", "push 0xffffffffffffffff"),
  ]

  @Test(arguments: table)
  func textIsWhatTheGNUToolsPrint(_ bytes: [UInt8], _ att: String, _ intel: String) throws {
    for (syntax, expected) in [(Disassembler.Syntax.att, att), (.intel, intel)] where !expected.isEmpty {
      let found = Disassembler(syntax: syntax).instructions(bytes, at: Self.address, limit: 9)
      #expect(found.map(\.bytes) == [bytes])
      let text = found.map { $0.operands.isEmpty ? $0.mnemonic : "\($0.mnemonic) \($0.operands)" }
      #expect(text == [expected])
    }
  }

  @Test func flow() {
    let table: [([UInt8], Instruction.Flow)] = [
      ([0xe8, 0x0b, 0, 0, 0], .call(target: VirtualAddress(0x40_1010))),
      ([0xff, 0xd0], .call(target: nil)),
      ([0xeb, 0xfe], .jump(target: VirtualAddress(0x40_1000), isConditional: false)),
      ([0xff, 0xe0], .jump(target: nil, isConditional: false)),
      ([0x74, 0x10], .jump(target: VirtualAddress(0x40_1012), isConditional: true)),
      ([0xe2, 0x10], .jump(target: VirtualAddress(0x40_1012), isConditional: true)),
      ([0xe3, 0x10], .jump(target: VirtualAddress(0x40_1012), isConditional: true)),
      ([0xc3], .return), ([0xc2, 0x08, 0x00], .return), ([0x0f, 0x05], .systemCall), ([0xcd, 0x80], .systemCall),
      ([0xcc], .next), ([0x48, 0x89, 0xe5], .next),
    ]
    for syntax in [Disassembler.Syntax.att, .intel] {
      for (bytes, flow) in table {
        #expect(Disassembler(syntax: syntax).instructions(bytes, at: Self.address, limit: 1).first?.flow == flow)
      }
    }
  }

  @Test func whatAnOperandRefersTo() {
    let lea = Disassembler().instructions([0x48, 0x8d, 0x3d, 0x9b, 0x0e, 0, 0], at: Self.address, limit: 1)
    #expect(lea.first?.referenced == VirtualAddress(0x40_1ea2))
    #expect(Disassembler().instructions([0x8b, 0x45, 0xfc], at: Self.address, limit: 1).first?.referenced == nil)
  }

  /// Whatever the bytes, all of them are accounted for.
  @Test func garbage() {
    let disassembler = Disassembler()
    #expect(disassembler.instructions([], at: Self.address, limit: 9).isEmpty)
    #expect(disassembler.instructions([0x06, 0x06], at: Self.address, limit: 9).map(\.mnemonic) == ["(bad)", "(bad)"])
    #expect(disassembler.instructions([0xe8, 0x00], at: Self.address, limit: 9).first?.mnemonic == "(bad)")
    #expect(disassembler.instructions([0x90, 0x90, 0x90], at: Self.address, limit: 2).count == 2)
    var state: UInt64 = 99
    let bytes = (0..<20_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let found = disassembler.instructions(bytes, at: Self.address, limit: .max)
    #expect(found.flatMap(\.bytes) == bytes)
    for (one, next) in zip(found, found.dropFirst()) { #expect(next.address == one.address + one.bytes.count) }
  }

  /// Every instruction of a real program, as objdump has it.
  @Test(arguments: [("att", Disassembler.Syntax.att), ("intel", .intel)])
  func agreesWithObjdump(_ option: String, _ syntax: Disassembler.Syntax) throws {
    let path = try Fixture.compile("names.cpp", flags: ["-O2"])
    let listing = try Fixture.run(["objdump", "-d", "-w", "-M", option, "-j", ".text", path]).output
    var compared = 0
    for line in listing.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 3, let address = UInt64(parts[0].drop { $0 == " " }.dropLast(), radix: 16) else { continue }
      let bytes = parts[1].split(separator: " ").compactMap { UInt8($0, radix: 16) }
      let found = Disassembler(syntax: syntax).instructions(bytes, at: VirtualAddress(address), limit: 1)
      let instruction = try #require(found.first)
      // objdump names targets without 0x, and appends symbols.
      if case .next = instruction.flow {
        var expected = parts[2].split(separator: " ").joined(separator: " ")
        if let comment = expected.firstRange(of: " #") { expected = String(expected[..<comment.lowerBound]) }
        let text =
          instruction.operands.isEmpty ? instruction.mnemonic : "\(instruction.mnemonic) \(instruction.operands)"
        if !expected.contains("stos") { #expect(text == expected, "at \(address)") }
      }
      compared += 1
    }
    #expect(compared > 150)
  }
}
