import TestSupport
import Testing

/// `set language`, `show language`.
struct LanguageSettingTests {
  @Test func languageOfTheFrameOrChosen() throws {
    let sandbox = try Sandbox()
    let program = try sandbox.program("counter.c", as: "counter")
    let run = try Batch(
      commands: [
        "show language", "print 1 == 1", "set language rust", "show language", "print 1_000u64 as u8", "print 1 == 1",
        "set language c", "show language", "set language klingon", "set language auto", "print 1_000",
      ], program: [program], in: sandbox)
    #expect(
      run.output == """
        The current source language is "auto; currently c".
        $1 = 1
        The current source language is "rust".
        Warning: the current language does not match this frame.
        $2 = 232
        $3 = true
        The current source language is "c".

        """)
    #expect(
      run.errors == """
        Undefined item: "klingon".
        Invalid number "1_000".

        """)
  }
}
