import TestSupport
import Testing

/// A run of a program that makes other processes, to the end of all that it has made.
struct ForkScript {
  let run: Batch
  private let sandbox: Sandbox

  init(
    _ source: String, _ arguments: [String], _ commands: [String], options: [String] = [], in sandbox: Sandbox
  ) throws {
    let program = try sandbox.program(source, flags: ["-g", "-O0", "-pthread"], as: "program")
    // Whatever the program has made holds the lock until it ends.
    run = try Batch(
      commands: commands + ["shell flock lock echo all have ended"], options: options, program: [program] + arguments,
      in: sandbox)
    self.sandbox = sandbox
  }

  /// What has to be read of it, in this order.
  func shows(_ lines: [String], _ location: SourceLocation) throws {
    var rest = run.output[...]
    for line in lines + ["all have ended"] {
      guard let found = rest.firstRange(of: line) else {
        Issue.record(
          "no \"\(line)\" (in this place) in:\n\(run.output)\nerrors:\n\(run.errors)", sourceLocation: location)
        return
      }
      rest = rest[found.upperBound...]
    }
    #expect(try sandbox.processes().isEmpty, sourceLocation: location)
  }
}
