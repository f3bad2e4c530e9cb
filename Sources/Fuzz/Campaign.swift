import Dispatch
import Foundation
import Synchronization

/// Many rounds, in child processes; keeps what made one fail.
struct Campaign: Sendable {
  struct Failure: Sendable {
    let round: Int
    let signal: Int32
    let text: String
  }
  let seed: UInt64
  let programs: SeedPrograms
  /// Where failing inputs are kept.
  let kept: URL
  let provoked: Int?
  private static let chunk = 40

  /// Runs rounds `rounds` with as many children as there are processors; answers the failures, by round.
  func run(_ rounds: Range<Int>, jobs: Int) -> [Failure] {
    let next = Atomic(rounds.lowerBound)
    let failures = Mutex<[Failure]>([])
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      while true {
        let start = next.add(Self.chunk, ordering: .relaxed).oldValue
        guard start < rounds.upperBound else { return }
        var rest = start..<min(start + Self.chunk, rounds.upperBound)
        while !rest.isEmpty, let failure = runChild(rest, job: job) {
          failures.withLock { $0.append(failure) }
          print("fuzz: round \(failure.round) of seed \(seed): \(describe(failure.signal))\n\(failure.text)")
          keep(failure, job: job)
          rest = (failure.round + 1)..<max(failure.round + 1, rest.upperBound)
        }
      }
    }
    return failures.withLock { $0 }.sorted { $0.round < $1.round }
  }

  private func describe(_ signal: Int32) -> String {
    switch signal {
    case SIGXCPU, SIGALRM: "does not end"
    default: "dies of signal \(signal) (\(String(cString: strsignal(signal))))"
    }
  }

  /// nil where the child came through.
  private func runChild(_ rounds: Range<Int>, job: Int, edits: [Edit]? = nil) -> Failure? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sdb-fuzz-\(getpid())-\(job)")
    let log = folder.appendingPathExtension("log")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var words = [
        CommandLine.arguments[0], "--child", "--seed", "\(seed)", "--first", "\(rounds.lowerBound)", "--rounds",
        "\(rounds.count)", "--programs", programs.folder.path(), "--folder", folder.path(),
      ]
      if let provoked { words += ["--provoke", "\(provoked)"] }
      if let edits { words += ["--edits", EditText.text(edits)] }
      let status = try spawn(words, home: folder, log: log)
      defer { try? FileManager.default.removeItem(at: folder) }
      guard status != 0 else { return nil }
      let progress = try? String(contentsOf: folder.appending(path: "progress"), encoding: .utf8)
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      return Failure(
        round: progress.flatMap { Int($0) } ?? rounds.lowerBound, signal: status & 0x7f, text: String(text.prefix(2000))
      )
    } catch {
      return Failure(round: rounds.lowerBound, signal: 0, text: "the child cannot be run: \(error)")
    }
  }

  /// The child's wait status.
  private func spawn(_ words: [String], home folder: URL, log: URL) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log.path(), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let variables = ["PATH=/usr/bin:/bin", "HOME=\(folder.path())", "SWIFT_BACKTRACE=enable=no", "LC_ALL=C.UTF-8"]
    let arguments = words.map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { for word in arguments + environment { free(word) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, "/proc/self/exe", &actions, nil, arguments, environment)
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status
  }

  // MARK: What is kept

  /// The damaged file with as little damage as still does it, and how to do it again.
  private func keep(_ failure: Failure, job: Int) {
    guard var damage = Damage(round: failure.round, campaign: seed, seeds: programs.seeds) else { return }
    let round = failure.round..<failure.round + 1
    var index = 0
    var tries = 0
    while index < damage.mutation.edits.count, damage.mutation.edits.count > 1, tries < 40 {
      var fewer = damage.mutation.edits
      fewer.remove(at: index)
      tries += 1
      if runChild(round, job: job, edits: fewer)?.signal == failure.signal {
        damage.mutation.edits = fewer
      } else {
        index += 1
      }
    }
    let folder = kept.appending(path: "\(seed)-\(failure.round)")
    let edits = damage.mutation.edits.map { "at \($0.offset): \($0.bytes)" }.joined(separator: "\n")
    let words = """
      \(damage.seed.name)/\(damage.file), round \(failure.round) of seed \(seed): \(describe(failure.signal))
      again: sdb-fuzz --seed \(seed) --first \(failure.round) --rounds 1
      \(edits)
      length: \(damage.mutation.length.map(String.init) ?? "as it was")
      \(failure.text)

      """
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(damage.contents).write(to: folder.appending(path: damage.file))
      try Data(words.utf8).write(to: folder.appending(path: "README"))
      print("fuzz: kept in \(folder.path())\n\(edits)")
    } catch {
      print("fuzz: the input cannot be kept: \(error)")
    }
  }
}

/// Edits as a word of a command line.
enum EditText {
  static func text(_ edits: [Edit]) -> String {
    edits.map { edit in "\(edit.offset):" + edit.bytes.map(String.init).joined(separator: ".") }.joined(separator: ",")
  }
  static func edits(_ text: String) -> [Edit] {
    text.split(separator: ",").compactMap { part in
      let words = part.split(separator: ":")
      guard let offset = words.first.flatMap({ Int($0) }) else { return nil }
      return Edit(offset: offset, bytes: words.dropFirst().joined().split(separator: ".").compactMap { UInt8($0) })
    }
  }
}
