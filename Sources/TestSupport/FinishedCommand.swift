import Foundation

/// A command that ran to its end, and what it said.
///
/// Started by posix_spawn(3) and not by Foundation's `Process`, which waits for a socket that every descendant
/// inherits: a command that leaves a server behind (tmux) would never be seen to end.
package struct FinishedCommand: Sendable {
  /// The exit status; 128 and the signal's number where a signal ended it.
  package let status: Int32
  package let output: String
  /// Standard error; empty where it went into `output`.
  package let errors: String

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs `words` (the first is searched in `PATH`).
  /// - Parameters:
  ///   - environment: all of it; nil for our own.
  ///   - joined: standard error goes into `output`, in the order written.
  package init(
    _ words: [String], input: String = "", environment: [String: String]? = nil, joined: Bool = false
  ) throws {
    // Files, not pipes: no stream can block another, and a server left behind holds nothing up.
    let name = FileManager.default.temporaryDirectory.appending(path: "sdb-command-\(UUID().uuidString)").path()
    let paths = ["in", "out", "err"].map { "\(name).\($0)" }
    defer { for path in paths { unlink(path) } }
    try Data(input.utf8).write(to: URL(filePath: paths[0]))

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, paths[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, paths[1], O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, paths[joined ? 1 : 2], O_WRONLY | O_CREAT | O_APPEND, 0o600)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
    let arguments = words.map { strdup($0) } + [nil]
    let environmentBlock = variables.map { strdup($0) } + [nil]
    defer { for word in arguments + environmentBlock { free(word) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, words[0], &actions, &attributes, arguments, environmentBlock)
    guard code == 0 else {
      throw Failure(description: "\(words.joined(separator: " ")): \(String(cString: strerror(code)))")
    }
    var wait: Int32 = 0
    while waitpid(id, &wait, 0) < 0 {
      guard errno == EINTR else { throw Failure(description: "waitpid: \(String(cString: strerror(errno)))") }
    }
    // waitpid(2): the low seven bits hold the signal, the next byte the exit status.
    status = wait & 0x7f == 0 ? (wait >> 8) & 0xff : 128 + (wait & 0x7f)
    output = String(decoding: try Data(contentsOf: URL(filePath: paths[1])), as: UTF8.self)
    errors = joined ? "" : String(decoding: try Data(contentsOf: URL(filePath: paths[2])), as: UTF8.self)
  }
}
