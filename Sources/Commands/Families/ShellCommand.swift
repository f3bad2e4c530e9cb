import Debugger
import Glibc
import HostFiles

/// `shell`.
enum ShellCommand {
  /// What a shell's command printed, and how it ended.
  struct Result: CommandResult, Equatable {
    let status: Int32
    /// Where it was captured.
    let output: String?
    var text: String { output.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 } ?? "" }
  }

  /// Output beyond this is read but not kept.
  private static let mostOutput = 1 << 20

  /// Runs `$SHELL -c COMMAND`, or `$SHELL` alone, to its end.
  static func run(_ command: String, output: InterpreterOptions.ShellOutput) throws(CommandError) -> Result {
    let shell = getenv("SHELL").map { String(cString: $0) } ?? "/bin/sh"
    let words = command.isEmpty ? [shell] : [shell, "-c", command]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    switch output {
    case .inherited: break
    case .standardError: posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    case .captured:
      guard pipe(&ends) == 0 else { throw CommandError("Cannot make a pipe: \(errorText(errno)).") }
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
      posix_spawn_file_actions_addclose(&actions, ends[0])
      posix_spawn_file_actions_addclose(&actions, ends[1])
    }
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in arguments { free(word) } }
    let failure = posix_spawn(&child, shell, &actions, nil, &arguments, environ)
    if ends[1] >= 0 { close(ends[1]) }
    defer { if ends[0] >= 0 { close(ends[0]) } }
    guard failure == 0 else { throw CommandError("Cannot execute \(shell): \(errorText(failure)).") }
    let text = ends[0] >= 0 ? readAll(ends[0]) : nil
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // wait(2): the low seven bits are the signal that ended it.
    return Result(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F), output: text)
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let got = read(descriptor, &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      if bytes.count < mostOutput { bytes += chunk[..<got] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
