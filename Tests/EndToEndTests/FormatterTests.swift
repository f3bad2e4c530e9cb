import Foundation
import TestSupport
import Testing

/// The user's own formatters and those of a project, by the built sdb.
@Suite(.serialized) struct FormatterTests {
  let desk: Desk
  private var sandbox: Sandbox { desk.sandbox }

  init() throws {
    desk = try Desk()
    for folder in ["config/sdb/formatters", ".sdb/formatters"] {
      try FileManager.default.createDirectory(
        at: desk.sandbox.folder.appending(path: folder), withIntermediateDirectories: true)
    }
    _ = try desk.sandbox.file("config/sdb/formatters/own.toml", "vec3 = \"own {x}\"\nring = \"own ring\"\n")
    _ = try desk.sandbox.file(".sdb/formatters/project.toml", "vec3 = \"project {x}\"\nsecret = \"{\"\n")
  }

  private func printed(_ commands: [String] = []) throws -> (output: String, errors: String) {
    let program = sandbox.path("program")
    if !sandbox.exists("program") { _ = try sandbox.program("formatters.cpp", as: "program") }
    let line = try Fixture.line(of: "// here", in: "formatters.cpp")
    let run = try Batch(
      commands: commands + ["break formatters.cpp:\(line)", "run", "print v", "print r"], program: [program],
      in: sandbox)
    #expect(run.status == 0)
    return (run.output, run.errors)
  }

  @Test func aProjectsFormattersAreUsedOnceTheyAreTrusted() throws {
    let before = try printed()
    #expect(before.output.contains("$1 = own 1"))
    #expect(before.output.contains("$2 = own ring"))
    #expect(before.errors.contains(".sdb/formatters is not used until \"formatter trust\" allows it."))
    let trusting = try printed(["formatter trust"])
    #expect(trusting.output.contains("(trusted):\n  project.toml: vec3, secret\n    error: "))
    #expect(trusting.output.contains("$1 = project 1"))
    // It is remembered, until the files change.
    let after = try printed(["info formatters"])
    #expect(after.output.contains("$1 = project 1"))
    #expect(after.errors.contains("project.toml:2: secret: a { has no } behind it"))
    _ = try sandbox.file(".sdb/formatters/project.toml", "vec3 = \"other {x}\"\n")
    let changed = try printed()
    #expect(changed.output.contains("$1 = own 1"))
    #expect(changed.errors.contains("is not used"))
    // A refusal is remembered too, and no more is said.
    #expect(try printed(["formatter distrust"]).output.contains("(refused;"))
    #expect(try printed().errors == "")
  }

  @Test func theInterfaceAsksOnceAndShowsThem() async throws {
    let line = try Fixture.line(of: "// here", in: "formatters.cpp")
    let terminal = try await desk.open(
      "formatters.cpp", commands: ["break formatters.cpp:\(line)", "run"], columns: 200, rows: 60)
    try await terminal.wait("This project has formatters of its own", "project.toml", "own 1")
    try terminal.press("y")
    try await terminal.wait("project 1")
    try await desk.quit(terminal)
    #expect(try sandbox.read("state/sdb/trusted-formatters").hasPrefix("trusted "))
  }
}
