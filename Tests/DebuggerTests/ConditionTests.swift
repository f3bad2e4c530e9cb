import MachineModel
import TestSupport
import Testing

@testable import Debugger

/// Conditions, which are answered on the tracer thread where they can be.
@Suite struct ConditionTests {
  /// With the first `i` for which each holds.
  static let compiled: [(condition: String, first: String)] = [
    ("i == 500", "500"), ("p->next->key == 7 && i == 12", "12"), ("p->next->flag == 5 && i > 3", "4"),
    ("p->low == 6 && p->next->low == -4 && i == 2", "2"), ("p->name[1] == 'w' && i > 998", "999"),
    ("total + i == 1000", "997"), ("(signed char)c < -126 && i > 100", "128"), ("i % 7 == 3 && i / 100 == 9", "906"),
    ("*(int *)p == 9 && i == 77", "77"), ("!(i < 999)", "999"),
    ("p->next == &first && sizeof(*p) == 32 && i == 5", "5"),
    ("i == 3 ? p->key == 9 : 0", "3"), ("-i < -998", "999"), ("~i == -6", "5"), ("(i << 4) == 160", "10"),
    ("table[i % 4] == 30 && i > 4", "6"), ("*(table + 3) == 40 && i == 1", "1"), ("r.key == 7 && i == 8", "8"),
    ("k == colour::red", "1"), ("seen == 0", "0"), ("this->weight == 40 && i == 6", "6"),
    ("weight == 40 && i == 7", "7"),
    ("$rdi != 0 && i == 9", "9"), ("i == 4294967295 || i == 30", "30"), ("(unsigned)i - 5 > 4294967290", "0"),
    ("i > 20 ^ i > 22", "21"), ("i & 64 && i | 1", "64"), ("i == 40 || p->next->next != 0", "40"),
  ]

  @Test(arguments: compiled) func areCompiled(condition: String, first: String) async throws {
    let fixture = try await SessionFixture("conditions.cpp")
    _ = try await fixture.session.addBreakpoint(
      .fileLine(file: "conditions.cpp", line: fixture.line("in hot")), condition: condition)
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("i") == first)
    #expect(await fixture.session.areCompiled == [true])
    #expect(await fixture.session.breakpoints().first?.hits == 1)
  }

  /// What takes more than integers is evaluated at each hit, with the same outcome.
  @Test(arguments: [("d == 2.5", "5"), ("$count++ == 6", "6"), ("i == $limit", "9")])
  func areEvaluated(condition: String, first: String) async throws {
    let fixture = try await SessionFixture("conditions.cpp")
    _ = try await fixture.session.evaluate("$limit = 9")
    _ = try await fixture.session.evaluate("$count = 0")
    _ = try await fixture.session.addBreakpoint(
      .fileLine(file: "conditions.cpp", line: fixture.line("in hot")), condition: condition)
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("i") == first)
    #expect(await fixture.session.areCompiled == [false])
  }

  /// Optimised, where variables are in registers and lists say where.
  @Test(arguments: ["i == 500 && p->key == 9", "c == 7 && i > 256"]) func optimised(condition: String) async throws {
    let fixture = try await SessionFixture("conditions.cpp", flags: ["-g", "-O2"])
    _ = try await fixture.session.addBreakpoint(.function("counter::hot"), condition: condition)
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("i") == (condition.hasPrefix("i") ? "500" : "263"))
    #expect(await fixture.session.areCompiled.allSatisfy { $0 })
  }

  @Test func countsAreOfHitsForWhichItHolds() async throws {
    let fixture = try await SessionFixture("conditions.cpp")
    let breakpoint = try await fixture.session.addBreakpoint(
      .fileLine(file: "conditions.cpp", line: fixture.line("in hot")), condition: "i % 10 == 0")
    try await fixture.session.ignore(breakpoint: breakpoint.id, count: 5)
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("i") == "50")
    #expect(await fixture.session.breakpoints().first?.hits == 6)
    try await fixture.session.setCondition(breakpoint: breakpoint.id, "i == 60")
    guard case .stopped = try await fixture.session.proceed(.continue) else { throw Missing() }
    #expect(try await fixture.value("i") == "60")
    try await fixture.session.setCondition(breakpoint: breakpoint.id, nil)
    guard case .stopped = try await fixture.session.proceed(.continue) else { throw Missing() }
    #expect(try await fixture.value("i") == "61")
  }

  @Test func aDivisionByZeroStopsAndIsTold() async throws {
    let fixture = try await SessionFixture("conditions.cpp")
    _ = try await fixture.session.addBreakpoint(
      .fileLine(file: "conditions.cpp", line: fixture.line("in hot")), condition: "100 / (i - 5) == 1000")
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("i") == "5")
    let notices = await fixture.session.takeUnreported().compactMap { event in
      if case .notice(let text) = event { text } else { nil }
    }
    #expect(notices.contains("Error in testing condition for breakpoint 1:\nDivision by zero"))
  }

  private struct Missing: Error {}
}

extension DebugSession {
  /// For each condition that was tried at a place, whether it could be.
  fileprivate var areCompiled: [Bool] { policies.compiled.values.map { $0 != nil } }
}
