import Foundation

/// A process beside the test: one to attach to, or an sdb that is to be ended. Killed with the value.
package final class Companion: Sendable {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  package init(_ words: [String], in sandbox: Sandbox) throws {
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = sandbox.environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  deinit {
    if process.isRunning { kill(id, SIGKILL) }
  }

  package var id: Int32 { process.processIdentifier }

  package func send(_ signal: Int32) { kill(id, signal) }

  package func write(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

  /// Waits for a line that has this text, through all that comes before; nil where the output ends without.
  package func line(with text: String) -> String? {
    var line: [UInt8] = []
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
      if byte != UInt8(ascii: "\n") {
        line.append(byte)
        continue
      }
      let complete = String(decoding: line, as: UTF8.self)
      if complete.contains(text) { return complete }
      line = []
    }
    return nil
  }

  /// Waits for its end; answers the exit status, or the signal that ended it.
  package func end() -> (status: Int32, isSignal: Bool) {
    process.waitUntilExit()
    return (process.terminationStatus, process.terminationReason == .uncaughtSignal)
  }

  /// As proc(5) has it: R, S, T and so on.
  package var state: Character? {
    let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    return text.split(separator: ")").last?.split(separator: " ").first?.first
  }

  /// The process that traces it; nil while none does.
  package var tracer: Int32? {
    let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("TracerPid:") }
    return line?.split(separator: "\t").last.flatMap { Int32($0) }.flatMap { $0 == 0 ? nil : $0 }
  }
}
