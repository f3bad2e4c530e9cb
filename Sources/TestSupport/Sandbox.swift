package import Foundation

/// A folder of one test's own: the home of what it runs, and where copies of programs stand, so that a process
/// left behind is recognised by its path. Removed with the value.
package final class Sandbox: Sendable {
  package let folder: URL

  package init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sdb-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    // What is left in the temporary folder is no reason to fail a test.
    _ = try? FileManager.default.removeItem(at: folder)
  }

  /// The program under test: what was built with the tests, or `SDB_UNDER_TEST`.
  package static let debugger =
    ProcessInfo.processInfo.environment["SDB_UNDER_TEST"]
    ?? Fixture.sources.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/debug/sdb")
    .path()

  /// A path in the sandbox; nothing needs to stand there.
  package func path(_ name: String) -> String { folder.appending(path: name).path() }

  /// Compiles a fixture (see `Fixture.compile`) and copies it here under `name`; answers its path.
  package func program(_ source: String, flags: [String] = ["-g", "-O0"], as name: String) throws -> String {
    // By another process: a child that some other test forks meanwhile would hold our descriptor of the file open for
    // writing, and nobody could execute it (execve(2), ETXTBSY).
    let copying = try FinishedCommand(["cp", try Fixture.compile(source, flags: flags), path(name)])
    guard copying.status == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: ["reason": copying.errors]) }
    return path(name)
  }

  /// Writes a file here with the given mode; answers its path.
  package func file(_ name: String, _ content: Data, mode: Int = 0o644) throws -> String {
    try content.write(to: folder.appending(path: name))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    return path(name)
  }

  package func file(_ name: String, _ content: String, mode: Int = 0o644) throws -> String {
    try file(name, Data(content.utf8), mode: mode)
  }

  /// Runs a tool in here, to its end; throws what it said where it fails.
  @discardableResult
  package func run(_ words: String...) throws -> String {
    let done = try FinishedCommand(["env", "--chdir=\(folder.path())"] + words, joined: true)
    guard done.status == 0 else {
      throw FinishedCommand.Failure(description: "\(words.joined(separator: " ")): \(done.output)")
    }
    return done.output
  }

  package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// What a program run in here gets: the machine's environment, with every folder of the user's settings moved here.
  package var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["HOME"] = folder.path()
    environment["XDG_CONFIG_HOME"] = path("config")
    environment["XDG_STATE_HOME"] = path("state")
    environment["XDG_DATA_HOME"] = path("data")
    // One for all tests: each would index the C library's debug information anew where it is installed.
    environment["XDG_CACHE_HOME"] = Fixture.cache.path()
    environment["LC_ALL"] = "C.UTF-8"
    environment["DEBUGINFOD_URLS"] = nil
    // A crash is to end sdb, and not to ask in the terminal what to do about it.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    return environment
  }

  /// Command lines of living processes that name this sandbox, by process id. Zombies have none.
  package func processes() throws -> [Int32: String] {
    var found: [Int32: String] = [:]
    for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      guard let id = Int32(entry), let raw = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else {
        continue
      }
      let line = String(decoding: raw.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
      if line.contains(folder.lastPathComponent) { found[id] = line }
    }
    return found
  }
}
