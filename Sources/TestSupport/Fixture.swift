package import Foundation

/// Programs that tests debug: compiled from `Tests/Fixtures` by the machine's own compilers, once per
/// source, compiler and flags; kept beside the build products.
package enum Fixture {
  package struct CompilationFailure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The folder `Tests/Fixtures`.
  package static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Tests/Fixtures")

  /// What programs under test keep between runs.
  static let cache = sources.deletingLastPathComponent().deletingLastPathComponent().appending(
    path: ".build/test-cache")

  private static let products = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: ".build/fixtures")

  /// Compiles `source` (a name in `Tests/Fixtures`) with the compiler that its ending asks for, or `compiler`;
  /// answers the program's path. The name of the result tells the flags, so variants live side by side.
  package static func compile(_ source: String, flags: [String] = ["-g", "-O0"], compiler: String? = nil) throws
    -> String
  {
    let input = sources.appending(path: source)
    let chosen = compiler ?? defaultCompiler(for: source)
    let variant = ([chosen] + flags).joined().map { $0.isLetter || $0.isNumber ? $0 : "_" }
    let output = products.appending(path: "\(source.replacing(".", with: "_"))-\(String(variant))")
    try FileManager.default.createDirectory(at: products, withIntermediateDirectories: true)
    if try isNewer(output, than: input) { return output.path() }
    // Compile beside the target and move it there: tests in parallel may want the same one. Compilers name what they
    // leave in between by what stands before a dot.
    let unfinished = "\(output.path())-\(UUID().uuidString)"
    let arguments: [String] =
      switch chosen {
      case "rustc", "swiftc": [chosen] + flags + [input.path(), "-o", unfinished]
      case "go": [chosen, "build"] + flags + ["-o", unfinished, input.path()]
      // It leaves its modules in the working directory, where it is not told better.
      case "gfortran": [chosen, input.path(), "-o", unfinished, "-J", products.path()] + flags
      default: [chosen, input.path(), "-o", unfinished] + flags
      }
    let status = try run(arguments)
    guard status.code == 0 else {
      throw CompilationFailure(description: "\(arguments.joined(separator: " ")): \(status.output)")
    }
    guard rename(unfinished, output.path()) == 0 else {
      throw CompilationFailure(description: "cannot move \(unfinished): errno \(errno)")
    }
    return output.path()
  }

  /// True where a compiler is installed.
  package static func has(_ compiler: String, by option: String = "--version") -> Bool {
    (try? run([compiler, option]))?.code == 0
  }

  package struct NoSuchLine: Error {
    package let text: String
  }

  /// The number of the first line of a fixture that holds `text`: tests name lines by what stands there.
  package static func line(of text: String, in source: String) throws -> Int {
    let content = try String(contentsOf: sources.appending(path: source), encoding: .utf8)
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(where: { $0.contains(text) }) else { throw NoSuchLine(text: text) }
    return index + 1
  }

  /// Runs a command (found in `PATH`) to its end; its standard output and error together.
  @discardableResult
  package static func run(_ words: [String], input: String? = nil) throws -> (code: Int32, output: String) {
    let done = try FinishedCommand(words, input: input ?? "", joined: true)
    return (done.status, done.output)
  }

  private static func defaultCompiler(for source: String) -> String {
    switch (source as NSString).pathExtension {
    case "cpp": "g++"
    case "rs": "rustc"
    case "f90": "gfortran"
    case "go": "go"
    case "swift": "swiftc"
    default: "gcc"
    }
  }

  private static func isNewer(_ output: URL, than input: URL) throws -> Bool {
    guard FileManager.default.fileExists(atPath: output.path()) else { return false }
    func date(_ url: URL) throws -> Date? {
      try url.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
    }
    guard let built = try date(output), let written = try date(input) else { return false }
    return built >= written
  }
}
