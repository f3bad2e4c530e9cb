import Debugger
import TestSupport
import Testing

/// Values and types of compiled programs, with the text that gdb 13 has for the same ones.
@Suite struct ValueSessionTests {
  @Test func typesOfC() async throws {
    let session = try await stopped("values.c")
    await expectTypes(CExpectations.types, session, expanded: false)
    await expectTypes(CExpectations.bodies, session, expanded: true)
  }

  @Test func valuesAndTypesOfCpp() async throws {
    let session = try await stopped("values.cpp", flags: ["-g", "-O0", "-std=c++20"])
    await expectValues(CppExpectations.values, session)
    await expectTypes(CppExpectations.types, session, expanded: false)
    await expectTypes(CppExpectations.bodies, session, expanded: true)
  }

  @Test(.enabled(if: hasRust, "rustc is not installed")) func valuesAndTypesOfRust() async throws {
    let session = try await stopped("values.rs", flags: ["-g"])
    await expectValues(RustExpectations.values, session)
    await expectTypes(RustExpectations.types, session, expanded: false)
    await expectTypes(RustExpectations.bodies, session, expanded: true)
  }

  private static let hasRust = (try? Fixture.run(["rustc", "--version"]))?.code == 0

  /// A session in the program of a source, at the line marked `stop here`.
  private func stopped(_ source: String, flags: [String] = ["-g", "-O0"]) async throws -> DebugSession {
    let fixture = try await SessionFixture(source, flags: flags)
    _ = try await fixture.run(toMark: "stop here")
    return fixture.session
  }

  private func expectValues(_ table: [(String, String)], _ session: DebugSession) async {
    for (expression, expected) in table {
      let text: String
      do { text = try await session.evaluate(expression).variable.value } catch { text = error.description }
      #expect(text == expected, "\(expression)")
    }
  }

  private func expectTypes(_ table: [(String, String)], _ session: DebugSession, expanded: Bool) async {
    for (expression, expected) in table {
      let text: String
      do {
        text = try await session.typeDescription(
          of: expression, expanded: expanded ? TypePrinter.Options() : nil
        ).text
      } catch {
        text = error.description
      }
      #expect(text == expected, "\(expression)")
    }
  }
}
