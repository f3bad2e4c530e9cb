import Foundation

/// One run of the built sdb without a terminal.
package struct Batch: Sendable {
  package let status: Int32
  package let output: String
  package let errors: String

  /// Runs sdb with `arguments` to its end, standard input being `input`. A run that takes longer than a minute is
  /// ended and has status 124 (timeout(1)).
  package init(
    _ arguments: [String], in sandbox: Sandbox, input: String = "", environment: [String: String] = [:]
  ) throws {
    let name = UUID().uuidString
    for (stream, content) in [("in", input), ("out", ""), ("err", "")] {
      _ = try sandbox.file("\(name).\(stream)", content)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["--kill-after=5", "60", Sandbox.debugger] + arguments
    process.environment = sandbox.environment.merging(environment) { $1 }
    process.currentDirectoryURL = sandbox.folder
    // Files, not pipes: neither stream can block the other.
    process.standardInput = try FileHandle(forReadingFrom: sandbox.folder.appending(path: "\(name).in"))
    process.standardOutput = try FileHandle(forWritingTo: sandbox.folder.appending(path: "\(name).out"))
    process.standardError = try FileHandle(forWritingTo: sandbox.folder.appending(path: "\(name).err"))
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    output = try sandbox.read("\(name).out")
    errors = try sandbox.read("\(name).err")
  }

  /// Runs `sdb --batch` with each of `commands` by `-ex`, then `program` and its arguments.
  package init(
    commands: [String], options: [String] = [], program: [String], in sandbox: Sandbox, input: String = ""
  ) throws {
    let words = commands.flatMap { ["-ex", $0] }
    try self.init(["--batch"] + options + words + ["--args"] + program, in: sandbox, input: input)
  }

  /// Standard output line by line as JSON objects; throws where a line is none.
  package func objects() throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw NotAnObject(line: String(line))
      }
      return object
    }
  }

  package struct NotAnObject: Error {
    package let line: String
  }
}
