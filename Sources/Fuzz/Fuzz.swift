import ArgumentParser
import Foundation

/// Damages programs, and asks sdb about them.
@main struct Fuzz: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sdb-fuzz", abstract: "Looks for damaged ELF and DWARF files that sdb does not survive.")

  @Option(help: "How many damaged files to try.") var rounds = 2000
  @Option(help: "The first round's number.") var first = 0
  @Option(help: "What the damage is derived from; by default another one each time.") var seed: UInt64?
  @Option(help: "Children at once; by default as many as there are processors.") var jobs: Int?
  @Option(help: "Where the valid programs are kept.") var programs = ".build/fuzz/programs"
  @Option(help: "Where inputs that fail are kept.") var kept = ".build/fuzz/failures"
  @Option(help: "The folder of the programs' sources.") var sources = "Tests/Fixtures"
  @Option(help: "A round to crash in, to see that it is noticed.") var provoke: Int?
  @Flag(help: .hidden) var child = false
  @Flag(help: .hidden) var verbose = false
  @Option(help: .hidden) var folder: String?
  @Option(help: .hidden) var edits: String?

  func run() async throws {
    let seed = seed ?? UInt64.random(in: 0..<1_000_000)
    let programs = try SeedPrograms(in: URL(filePath: self.programs).absoluteURL, sources: URL(filePath: sources))
    if child {
      let here = URL(filePath: folder ?? ".")
      guard FileManager.default.changeCurrentDirectoryPath(here.path()) else { throw ExitCode.failure }
      try await RoundRunner(seeds: programs.seeds, folder: here, isVerbose: verbose, provoked: provoke)
        .run(first..<first + rounds, campaign: seed, edits: edits.map(EditText.edits))
      return
    }
    guard !programs.seeds.isEmpty else { throw ValidationError("no program can be compiled here") }
    print("fuzz: seed \(seed), rounds \(first) to \(first + rounds - 1), \(programs.seeds.count) programs")
    let campaign = Campaign(seed: seed, programs: programs, kept: URL(filePath: kept), provoked: provoke)
    let failures = campaign.run(first..<first + rounds, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    print("fuzz: \(rounds) rounds, \(failures.count) failures")
    if !failures.isEmpty { throw ExitCode.failure }
  }
}
