import MachineModel
import Synchronization
import Testing

@testable import Tracing

/// Carries out what it can of each instruction, then has the processor do so, and compares.
private struct Comparison: ThreadPlan {
  struct Prediction {
    let before: VirtualAddress
    let registers: RegisterFile
    let undefinedFlags: UInt64
    let writes: [Write]
  }
  struct Write {
    let address: VirtualAddress
    let value: UInt64
    let size: Int
  }
  final class Record: Sendable {
    let differences = Mutex<[String]>([])
    let compared = Mutex(0)
  }

  let needsProcessor = true
  let record: Record
  var left: Int
  private var prediction: Prediction?

  init(_ record: Record, count: Int) {
    self.record = record
    left = count
  }

  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    if let prediction { compare(prediction, observation) }
    // The first step ends the system call that executed the program (ptrace(2)).
    prediction = observation.isStart ? nil : predict(observation)
    left -= 1
    return left < 0 ? .finished : .singleStep
  }

  private func predict(_ observation: PlanObservation) -> Prediction? {
    let pc = observation.registers.programCounter
    guard let bytes = try? observation.memory.bytes(pc, count: 15),
      let instruction = bytes.withUnsafeBytes({ PatchedInstruction($0, at: pc) })
    else { return nil }
    var registers = observation.registers
    let memory = observation.memory as! ProcessMemory
    var writes: [Write] = []
    let isDone = instruction.execute(&registers, memory) { address, value, size in
      writes.append(Write(address: address, value: value, size: size))
      return true
    }
    return isDone
      ? Prediction(
        before: pc, registers: registers, undefinedFlags: instruction.undefinedFlags, writes: writes) : nil
  }

  /// Carry, parity, zero, sign and overflow; the adjust flag is undefined after some (Intel SDM volume 2).
  private static let flags: UInt64 = 0x8C5

  private func compare(_ prediction: Prediction, _ observation: PlanObservation) {
    record.compared.withLock { $0 += 1 }
    let bytes = (try? observation.memory.bytes(prediction.before, count: 12)) ?? []
    func differs(_ what: String) {
      let code = bytes.map { String($0, radix: 16) }.joined(separator: " ")
      record.differences.withLock { $0.append("\(code): \(what)") }
    }
    for register in GeneralRegister.allCases where register != .origRax {
      let mask: UInt64 = register == .eflags ? Self.flags & ~prediction.undefinedFlags : .max
      let (expected, actual) = (prediction.registers[register] & mask, observation.registers[register] & mask)
      if expected != actual { differs("\(register) \(String(expected, radix: 16)) is \(String(actual, radix: 16))") }
    }
    for write in prediction.writes {
      let actual = try? observation.memory.unsigned(write.address, size: write.size)
      let mask: UInt64 = write.size == 8 ? .max : (1 << UInt64(write.size * 8)) - 1
      if actual != write.value & mask { differs("wrote \(write.value), has \(actual ?? 0)") }
    }
  }
}

@Suite(.timeLimit(.minutes(2))) struct PatchedInstructionTests {
  /// From the first instruction on: the dynamic linker, the C library and unoptimised code.
  @Test(arguments: [("call", "100"), ("threads", "1")]) func behavesAsTheProcessor(scenario: String, argument: String)
    async throws
  {
    let scenario = try await Scenario(scenario, argument, "1")
    let record = Comparison.Record()
    try await scenario.go(plan: Comparison(record, count: 60_000))
    #expect(try await scenario.stop().reason == .planFinished)
    let differences = record.differences.withLock { $0 }
    #expect(differences.isEmpty, "\(differences.prefix(5))")
    #expect(record.compared.withLock { $0 } > 30_000)
    await scenario.process.kill()
  }

  @Test func whatItDoesNotKnowIsLeft() {
    // syscall, cpuid, movss, a prefix of a segment, adc, too few bytes.
    let others: [[UInt8]] = [
      [0x0F, 0x05], [0x0F, 0xA2], [0xF3, 0x0F, 0x10, 0x00], [0x64, 0x48, 0x8B, 0x04, 0x25, 0x28, 0, 0, 0],
      [0x11, 0xC0], [0x48],
      [0xE8, 0, 0], [],
    ]
    for bytes in others { #expect(bytes.withUnsafeBytes { PatchedInstruction($0, at: VirtualAddress(0x1000)) } == nil) }
  }
}
