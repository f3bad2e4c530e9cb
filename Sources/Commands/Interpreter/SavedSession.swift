import HostFiles

/// What of a program's last session is kept, in a file of the program's own: breakpoints as commands, and watch expressions.
struct SavedSession: Equatable {
  var breakpoints: [BreakpointScript.Entry] = []
  var expressions: [String] = []

  /// Why a file is not what this makes, in a user's words.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let heading = "# sdb session of "
  private static let expression = "expression "
  /// Larger ones were written by something else.
  private static let largest = 1 << 20
  /// What makes a breakpoint. Nothing else is carried out of such a file, whoever wrote it.
  private static let makers = [
    "break", "hbreak", "watch", "rwatch", "awatch", "catch", "dprintf", "logpoint",
  ]
  /// What is said of one.
  private static let remarks = ["condition", "ignore", "disable"]

  var isEmpty: Bool { breakpoints.isEmpty && expressions.isEmpty }

  /// Where a program's session is kept; nil where the user has no folder for that. Found again by the path without symbolic links.
  static func path(of program: String) -> String? {
    let name = HostPath.lastComponent(of: program)
    let digest = SHA256.digest(of: Array(program.utf8)).prefix(16)
    return BaseDirectory.state.folder.map { "\($0)/sessions/\(name.prefix(64))-\(digest)" }
  }

  /// As the file has it.
  func text(of program: String) -> String {
    let lines = [Self.heading + program] + breakpoints.flatMap { $0 } + expressions.map { Self.expression + $0 }
    return lines.map { $0 + "\n" }.joined()
  }

  init() {}

  /// nil where there is no file.
  init?(of program: String, at path: String) throws(Failure) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try HostFile.contents(of: path, limit: Self.largest, onlyRegular: true)
    } catch {
      if case .system(let number) = error.reason, number == 2 { return nil }
      throw Failure(description: error.words)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(description: "it is no text") }
    var lines = text.split(separator: "\n").map(String.init)[...]
    guard let first = lines.popFirst(), first.hasPrefix(Self.heading) else {
      throw Failure(description: "it is no file of sdb's")
    }
    guard first.dropFirst(Self.heading.count) == program else {
      throw Failure(description: "it is another program's")
    }
    try read(lines)
  }

  private mutating func read(_ lines: ArraySlice<String>) throws(Failure) {
    var commands: [String] = []
    for line in lines {
      let word = line.firstWord.word
      if !commands.isEmpty {
        commands.append(line)
        guard ScriptParser.openBlocks(in: commands) == 0 else { continue }
        breakpoints[breakpoints.count - 1] += commands
        commands = []
      } else if line.hasPrefix(Self.expression) {
        expressions.append(String(line.dropFirst(Self.expression.count)))
      } else if Self.makers.contains(word) {
        breakpoints.append([line])
      } else if word == "commands", !breakpoints.isEmpty {
        commands = [line]
      } else if Self.remarks.contains(word), !breakpoints.isEmpty {
        breakpoints[breakpoints.count - 1].append(line)
      } else {
        throw Failure(description: "\"\(word)\" is nothing that belongs there")
      }
    }
    guard commands.isEmpty else { throw Failure(description: "it ends within a block of commands") }
  }
}
