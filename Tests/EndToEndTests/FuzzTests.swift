import Foundation
import TestSupport
import Testing

/// A short run of the fuzzer; `make fuzz` is the long one.
@Suite struct FuzzTests {
  private let sandbox: Sandbox
  private static let fuzzer = URL(filePath: Sandbox.debugger).deletingLastPathComponent().appending(path: "sdb-fuzz")

  init() throws { sandbox = try Sandbox() }

  private func run(_ options: String...) throws -> (status: Int32, output: String) {
    let programs = Fixture.sources.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: ".build/fuzz/programs")
    let places = ["--programs", programs.path(), "--sources", Fixture.sources.path(), "--kept", sandbox.path("kept")]
    let done = try FinishedCommand([Self.fuzzer.path()] + places + options, joined: true)
    return (done.status, done.output)
  }

  @Test func damagedFilesAreSurvived() throws {
    let (status, output) = try run("--seed", "4711", "--rounds", "150", "--jobs", "2")
    #expect(status == 0, "\(output)")
    #expect(output.contains("150 rounds, 0 failures"))
  }

  /// What fails is noticed, told with what does it again, and kept.
  @Test func failuresAreKept() throws {
    let (status, output) = try run("--seed", "4711", "--rounds", "12", "--jobs", "1", "--provoke", "5")
    #expect(status == 1)
    #expect(output.contains("fuzz: round 5 of seed 4711: dies of signal 11"))
    #expect(output.contains("12 rounds, 1 failures"))
    #expect(try sandbox.read("kept/4711-5/README").contains("again: sdb-fuzz --seed 4711 --first 5 --rounds 1"))
  }
}
