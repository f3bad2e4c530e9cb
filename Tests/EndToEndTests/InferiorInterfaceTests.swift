import TestSupport
import Testing

/// Several processes in the interface.
@Suite(.serialized) struct InferiorInterfaceTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private static let commands = ["break work", "run"]

  @Test func childIsFollowedWhereOneSaysYes() async throws {
    let terminal = try await desk.open("forks.c", commands: ["set follow-fork-mode ask"] + Self.commands)
    try await terminal.wait("Follow child ")
    try terminal.press("y")
    try await terminal.wait("thread 2.1 program")
    try await desk.waitForLine("__attribute__((noinline))", in: terminal)
    try await desk.quit(terminal)
  }

  @Test func parentIsFollowedWhereOneSaysNo() async throws {
    let terminal = try await desk.open("forks.c", commands: ["set follow-fork-mode ask"] + Self.commands)
    try await terminal.wait("Follow child ")
    try terminal.press("n")
    try await terminal.wait("thread 1 program")
    try await desk.waitForLine("__attribute__((noinline))", in: terminal)
    try await desk.quit(terminal)
  }

  @Test func panesFollowTheCurrentInferior() async throws {
    let terminal = try await desk.open("family.c", commands: ["set detach-on-fork off"] + Self.commands)
    try await terminal.wait("thread 1.1 program")
    try await desk.command("inferior 2", in: terminal)
    try await terminal.wait("thread 2.1 program")
    try await desk.command("continue", in: terminal)
    try await desk.waitForLine("__attribute__((noinline))", in: terminal)
    try await desk.command("thread 1.1", in: terminal)
    try await terminal.wait("thread 1.1 program")
    try await desk.quit(terminal)
  }
}
