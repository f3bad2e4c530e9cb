import Debugger
import TestSupport
import Testing

/// Values of Rust's language and library, unoptimised and optimised.
@Suite(.enabled(if: Fixture.has("rustc"), "rustc is not installed")) struct RustValueTests {
  private static let levels = [["-g"], ["-g", "-C", "opt-level=2"]]

  @Test(arguments: levels) func numbers(flags: [String]) async throws {
    try await expect(RustValueExpectations.numbers, at: "// in numbers", flags)
  }
  @Test(arguments: levels) func enums(flags: [String]) async throws {
    try await expect(RustValueExpectations.enums, at: "// in enums", flags)
    try await expect(
      [("some_u128", "core::option::Option<u128>::Some(1)"), ("never", "rusty::Big::Never")], at: "// in enums", flags)
  }
  @Test(arguments: levels) func structures(flags: [String]) async throws {
    try await expect(
      RustValueExpectations.structures + RustValueExpectations.widePointers, at: "// in structures", flags)
  }
  @Test(arguments: levels) func containers(flags: [String]) async throws {
    try await expect(RustValueExpectations.containers + RustValueExpectations.others, at: "// in containers", flags)
  }

  @Test func rawForm() async throws {
    let program = try await SessionFixture("rusty.rs", flags: ["-g"])
    _ = try await program.run(toMark: "// in containers")
    let raw = try await program.session.evaluate("vector", format: ValueFormat(.raw)).variable.value
    #expect(raw.hasPrefix("alloc::vec::Vec<i32, alloc::alloc::Global> {buf: alloc::raw_vec::RawVec<"))
    #expect(raw.hasSuffix(", len: 3}"))
  }

  /// A level of optimisation may leave a variable nowhere, but not say what is not so.
  private func expect(_ table: [(String, String)], at mark: String, _ flags: [String]) async throws {
    let program = try await SessionFixture("rusty.rs", flags: flags)
    _ = try await program.run(toMark: mark)
    var rows = table
    if flags.count > 1 {
      for (index, row) in table.enumerated().reversed() {
        let text = try await program.value(row.0)
        if text.contains("<optimized out>") || text.contains("<synthetic pointer>") { rows.remove(at: index) }
      }
      #expect(rows.count * 4 >= table.count * 3)
    }
    await program.expectValues(rows)
  }
}
