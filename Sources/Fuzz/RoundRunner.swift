import Foundation

/// Carries rounds out, in a process of their own that may crash, hang or run out of memory.
struct RoundRunner {
  /// Room for all that rounds need, and none for blow-ups.
  private static let memoryLimit: rlim_t = 3 << 30
  /// Of processor time and of time, a round.
  static let secondsPerRound = 20

  let seeds: [SeedPrograms.Seed]
  /// Where the damaged files stand while they are read; the working folder.
  let folder: URL
  let isVerbose: Bool
  /// A round that crashes of itself.
  let provoked: Int?

  /// The rounds of `campaign`, one after another. Tells in `progress` which one it is at.
  func run(_ rounds: Range<Int>, campaign: UInt64, edits: [Edit]? = nil) async throws {
    var limit = rlimit(rlim_cur: Self.memoryLimit, rlim_max: Self.memoryLimit)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    var cores = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &cores)
    for round in rounds {
      try Data("\(round)".utf8).write(to: folder.appending(path: "progress"))
      limitTime()
      let damage = Damage(round: round, campaign: campaign, seeds: seeds)
      guard var damage else { continue }
      if let edits { damage.mutation.edits = edits }
      if isVerbose { print("round \(round): \(damage.seed.name)/\(damage.file), \(damage.mutation.edits.count) edits") }
      try prepare(damage)
      if round == provoked { raise(SIGSEGV) }
      var workload = Workload(path: "./program", random: damage.random, isVerbose: isVerbose)
      await workload.run()
      alarm(0)
    }
  }

  private func limitTime() {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let spent = rlim_t(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    var limit = rlimit(rlim_cur: spent + rlim_t(Self.secondsPerRound), rlim_max: rlim_t.max)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    // What waits for ever uses no processor.
    alarm(UInt32(3 * Self.secondsPerRound))
  }

  /// Lays a seed's files out, one of them damaged.
  private func prepare(_ damage: Damage) throws {
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: folder.path()) where name != "progress" {
      try manager.removeItem(at: folder.appending(path: name))
    }
    for name in try manager.contentsOfDirectory(atPath: damage.seed.folder.path()) where name != damage.file {
      try manager.createSymbolicLink(
        at: folder.appending(path: name), withDestinationURL: damage.seed.folder.appending(path: name))
    }
    try Data(damage.contents).write(to: folder.appending(path: damage.file))
  }
}

/// What a round does to which file.
struct Damage {
  let seed: SeedPrograms.Seed
  let file: String
  private let original: [UInt8]
  var mutation: Mutation
  /// What goes on from there.
  let random: FuzzRandom

  var contents: [UInt8] { mutation.applied(to: original) }

  init?(round: Int, campaign: UInt64, seeds: [SeedPrograms.Seed]) {
    var random = FuzzRandom(campaign: campaign, round: round)
    guard let seed = random.element(of: seeds), let file = random.element(of: seed.files),
      let data = try? Data(contentsOf: seed.folder.appending(path: file)),
      var mutator = Mutator([UInt8](data), random: random)
    else { return nil }
    mutator.mutate()
    self.seed = seed
    self.file = file
    original = [UInt8](data)
    mutation = mutator.mutation
    self.random = mutator.random
  }
}
