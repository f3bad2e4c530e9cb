import Foundation
import TestSupport
import Testing

/// Sessions with programs whose debug information or sources are not where they were compiled.
@Suite(.serialized) struct DebugFileSessionTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// A session's standard output and errors, in one.
  private func session(
    _ commands: [String], early: [String] = [], _ program: String, environment: [String: String] = [:]
  ) throws -> String {
    let words = early.flatMap { ["-iex", $0] } + commands.flatMap { ["-ex", $0] }
    let done = try Batch(["--batch"] + words + [program], in: sandbox, environment: environment)
    return done.output + done.errors
  }

  /// tour.c, compiled in the sandbox's folder `build` into `program`.
  private func build(_ flags: String..., compiler: String = "gcc") throws -> String {
    try FileManager.default.createDirectory(
      at: sandbox.folder.appending(path: "build"), withIntermediateDirectories: true)
    let text = try String(contentsOf: Fixture.sources.appending(path: "tour.c"), encoding: .utf8)
    let source = try sandbox.file("build/tour.c", text)
    let done = try FinishedCommand([compiler] + flags + [source, "-o", sandbox.path("program")], joined: true)
    #expect(done.status == 0, "\(done.output)")
    return sandbox.path("program")
  }

  private let line = "int slot = player->rounds % 4;"

  // MARK: Sources

  @Test func sourcesThatMoved() throws {
    let program = try build("-g")
    try sandbox.run("mv", "build", "moved")
    let (build, moved) = (sandbox.path("build"), sandbox.path("moved"))
    let missing = try session(["list add_score"], program)
    #expect(missing.contains("tour.c: No such file or directory."))
    #expect(try session(["directory \(moved)", "list add_score"], program).contains(line))
    #expect(try session(["set directories \(moved)", "list add_score"], program).contains(line))
    let substituted = try session(
      ["set substitute-path \(build) \(moved)", "list add_score", "show substitute-path"], program)
    #expect(substituted.contains(line) && substituted.contains("  `\(build)' -> `\(moved)'."))
    // Whole folders only.
    #expect(
      try !session(["set substitute-path \(build.dropLast()) \(moved)", "list add_score"], program).contains(line))
    let unset = try session(
      ["set substitute-path \(build) \(moved)", "unset substitute-path \(build)", "list add_score"], program)
    #expect(!unset.contains(line))
    #expect(try session(["unset substitute-path x"], program).contains("No substitution rule defined for `x'"))
  }

  @Test func sourceFilesInTheDebugInformation() throws {
    let program = try build("-g", "-gdwarf-5", "-gembed-source", compiler: "clang")
    try sandbox.run("rm", "-r", "build")
    #expect(try session(["list add_score", "break add_score", "run"], program).contains(line))
  }

  @Test(arguments: [
    ("clang", "is not the one that the program was compiled from."), ("gcc", "is more recent than executable."),
  ])
  func sourcesThatChanged(_ compiler: String, _ warning: String) throws {
    let program = try build("-g", "-gdwarf-5", compiler: compiler)
    #expect(try !session(["list add_score"], program).contains("warning"))
    try sandbox.run("touch", "-d", "2000-01-01", "program")
    // With a checksum, times count nothing.
    if compiler == "clang" { #expect(try !session(["list add_score"], program).contains("warning")) }
    try sandbox.run("sh", "-c", "echo >> build/tour.c")
    let output = try session(["list add_score", "list main"], program)
    #expect(output.components(separatedBy: warning).count == 2, "\(output)")
    let done = try Batch(["--batch", "--json", "-ex", "list add_score", program], in: sandbox)
    #expect(done.output.contains("\"doubt\": \"\(compiler == "clang" ? "changed" : "newer")\""))
  }

  // MARK: Files

  @Test func symbolsOfAnotherFile() throws {
    let program = try build("-g")
    try sandbox.run("objcopy", "--only-keep-debug", "program", "apart")
    try sandbox.run("strip", "program")
    #expect(try session(["break add_score"], program).contains("not defined"))
    let output = try session(["symbol-file \(sandbox.path("apart"))", "break add_score", "run", "bt"], program)
    #expect(output.contains("Reading symbols from \(sandbox.path("apart"))..."))
    #expect(output.contains(line) && output.contains("in main () at "))
    // Found by a link, it is told of.
    try sandbox.run("objcopy", "--add-gnu-debuglink=apart", "program")
    let file = try session(["file \(program)"], program)
    #expect(file.contains("Reading symbols from \(program)...\nReading symbols from \(sandbox.path("apart"))..."))
  }

  @Test func symbolsForAnAddress() throws {
    let program = try build("-g", "-no-pie")
    let twin = sandbox.path("twin")
    try sandbox.run("cp", "program", "twin")
    try sandbox.run("strip", "program")
    let output = try session(
      ["add-symbol-file \(twin) -o 0x10000000", "info line add_score", "info symbol add_score"], program)
    #expect(output.contains("add symbol table from file \"\(twin)\" with all sections offset by 0x10000000"))
    #expect(output.contains("starts at address 0x104"))
  }

  @Test func programBuiltAnewBetweenRuns() throws {
    let program = try build("-g")
    let source = sandbox.path("build/tour.c")
    let output = try session(
      [
        "break add_score", "run", "kill", "shell sed -i '1i\\\\' \(source) && gcc -g \(source) -o \(program)", "run",
      ], program)
    #expect(output.contains("`\(program)' has changed; re-reading symbols."))
    let number = try Fixture.line(of: line, in: "tour.c")
    #expect(output.contains("\n\(number)\t  \(line)") && output.contains("\n\(number + 1)\t  \(line)"), "\(output)")
  }

  /// A library that is replaced while the program runs it: its own text and names are shown, not its successor's.
  @Test func libraryReplacedWhileItIsMapped() throws {
    _ = try sandbox.file("library.c", "int from_library(int x) {\n  return x + 1;\n}\n")
    _ = try sandbox.file(
      "opens.c",
      """
      #include <dlfcn.h>
      #include <stdio.h>
      int (*from_library)(int);
      static void opened(void) {}
      int main(int argc, char **argv) {
        void *library = dlopen(argv[1], RTLD_NOW);
        from_library = (int (*)(int))dlsym(library, "from_library");
        remove(argv[1]);
        opened();
        return from_library(1);
      }
      """)
    try sandbox.run("gcc", "-g", "-shared", "-fPIC", "library.c", "-o", "library.so")
    try sandbox.run("gcc", "-g", "opens.c", "-o", "opens")
    let done = try Batch(
      ["--batch", "-ex", "break opened", "-ex", "run", "-ex", "break from_library", "-ex", "continue", "-ex", "bt"]
        + ["--args", sandbox.path("opens"), sandbox.path("library.so")], in: sandbox)
    #expect(done.output.contains("from_library (x=1) at "), "\(done.output)")
  }

  @Test func missingSplitFilesAreTold() throws {
    let program = try build("-g", "-gsplit-dwarf")
    try sandbox.run("sh", "-c", "rm -f *.dwo build/*.dwo program-tour.dwo")
    let output = try session(["break add_score", "run", "bt 2"], program)
    #expect(output.contains("warning: Could not find DWO CU "))
    #expect(output.contains("add_score () at ") && output.contains("in main () at "), "\(output)")
  }

  /// After exec, the other program is the one that is run again.
  @Test func runAfterExec() throws {
    let text = "#include <unistd.h>\nint main(void) { return execl(\"/bin/true\", \"true\", (char *)0); }\n"
    let source = try sandbox.file("exec.c", text)
    try sandbox.run("gcc", "-g", source, "-o", "exec")
    let output = try session(["run", "run", "info program"], sandbox.path("exec"))
    #expect(output.components(separatedBy: "exited normally").count == 3, "\(output)")
    #expect(!output.contains("has changed"), "\(output)")
  }

  // MARK: debuginfod

  @Test func serversByName() throws {
    let output = try session(
      [
        "show debuginfod urls", "set debuginfod urls http://a http://b", "show debuginfod urls",
        "set debuginfod urls", "show debuginfod urls", "show debuginfod enabled", "show debuginfod verbose",
        "set debuginfod verbose 0", "show debuginfod verbose",
      ], Fixture.compile("tour.c"))
    #expect(
      output == """
        Debuginfod URLs have not been set.
        Debuginfod URLs are currently set to:
        http://a http://b
        Debuginfod URLs have not been set.
        Debuginfod functionality is currently set to "ask".
        Debuginfod verbose output is set to 1.
        Debuginfod verbose output is set to 0.

        """)
  }

  /// A program whose debug information and source only the server has, with its library, and the server.
  private func serve() throws -> (program: String, server: FileServer) {
    try sandbox.run("mkdir", "-p", "tree/usr/src/tour", "archives")
    let text = try String(contentsOf: Fixture.sources.appending(path: "tour.c"), encoding: .utf8)
    let source = try sandbox.file("tree/usr/src/tour/tour.c", text)
    let library = try sandbox.file("tree/usr/src/tour/triple.c", "int triple(int x) { return 3 * x; }\n")
    let caller = try sandbox.file("caller.c", "int triple(int); int main(void) { return triple(2) - 6; }\n")
    let map = "-ffile-prefix-map=\(sandbox.path("tree"))="
    try sandbox.run("gcc", "-g", map, source, "-o", "program")
    try sandbox.run("gcc", "-g", map, "-shared", "-fPIC", library, "-o", "libtriple.so")
    try sandbox.run("gcc", "-g", caller, "./libtriple.so", "-Wl,-rpath,\(sandbox.path(""))", "-o", "caller")
    try sandbox.run("cp", "program", "libtriple.so", "tree/usr")
    try sandbox.run("tar", "-C", "tree", "-cf", "archives/tour.tar", ".")
    let ids = try ["program", "libtriple.so"].map { file in
      let notes = try sandbox.run("readelf", "-n", file)
      return try #require(
        notes.split(separator: "\n").first { $0.contains("Build ID: ") }?.split(separator: " ").last)
    }
    try sandbox.run("rm", "-r", "tree")
    try sandbox.run("strip", "program", "libtriple.so")
    let server = try FileServer(sandbox, archives: sandbox.path("archives"))
    for id in ids { try server.wait(for: String(id)) }
    return (sandbox.path("program"), server)
  }

  @Test func fetchedFromAServer() throws {
    let (program, server) = try serve()
    let environment = ["DEBUGINFOD_URLS": server.url, "DEBUGINFOD_CACHE_PATH": sandbox.path("fetched")]
    // Nobody can be asked.
    let asked = try session(["break add_score", "print 1", "print 2"], program, environment: environment)
    #expect(asked.components(separatedBy: server.url).count == 2 && asked.contains("not defined"))
    let off = try session(
      ["break add_score"], early: ["set debuginfod enabled off"], program, environment: environment)
    #expect(!off.contains(server.url) && off.contains("not defined"))
    let commands = ["break add_score", "run", "bt", "info source"]
    let on = try session(commands, early: ["set debuginfod enabled on"], program, environment: environment)
    #expect(on.contains(line) && on.contains("in main () at "), "\(on)")
    // A library's is there again when it is loaded again.
    let twice = try session(
      ["set breakpoint pending on", "break main", "run", "break triple", "continue", "run", "continue"],
      early: ["set debuginfod enabled on"], sandbox.path("caller"), environment: environment)
    #expect(twice.components(separatedBy: "triple (x=2) at ").count == 3, "\(twice)")
    // Servers that the user names, which the program does not see.
    let named = ["set debuginfod enabled on", "set debuginfod urls \(server.url)", "set debuginfod verbose 0"]
    let other = ["DEBUGINFOD_CACHE_PATH": sandbox.path("other")]
    #expect(try session(commands, early: named, program, environment: other).contains(line))
    let seen = try session(["run"], early: named, "/usr/bin/env", environment: other)
    #expect(seen.contains("DEBUGINFOD_CACHE_PATH=") && !seen.contains("DEBUGINFOD_URLS="), "\(seen)")
    server.end()
    // What was fetched is kept, and needs no server.
    let kept = try session(commands, early: ["set debuginfod enabled on"], program, environment: environment)
    #expect(kept.contains(line))
    var elsewhere = environment
    elsewhere["DEBUGINFOD_CACHE_PATH"] = sandbox.path("empty")
    let gone = try session(commands, early: ["set debuginfod enabled on"], program, environment: elsewhere)
    #expect(gone.components(separatedBy: "Download failed: ").count == 2, "\(gone)")
    #expect(gone.contains("Continuing without separate debug info for \(program)."))
    #expect(gone.contains("exited normally"))
  }
}

/// A debuginfod server of a test's own, on the loopback interface. Ends with the value.
private final class FileServer: Sendable {
  let url: String
  private let process: pid_t

  init(_ sandbox: Sandbox, archives: String) throws {
    let port = try Self.freePort()
    url = "http://127.0.0.1:\(port)"
    // Left behind by a shell: Foundation's `Process` cannot be waited for here (see `FinishedCommand`).
    let said = try sandbox.run(
      "sh", "-c", "debuginfod -Z .tar -p \(port) -d server.db \(archives) >server.log 2>&1 </dev/null & echo $!")
    process = try #require(pid_t(said.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  deinit { end() }

  /// Returns when nobody answers any more.
  func end() {
    kill(process, SIGKILL)
    _ = try? FinishedCommand(["sh", "-c", "while curl --silent --output /dev/null \(url)/metrics; do :; done"])
  }

  /// Returns when the server has found a build.
  func wait(for buildID: String) throws {
    let done = try FinishedCommand(
      [
        "curl", "--silent", "--fail", "--output", "/dev/null", "--retry", "60", "--retry-delay", "1",
        "--retry-all-errors", "\(url)/buildid/\(buildID)/debuginfo",
      ])
    #expect(done.status == 0, "the server has no \(buildID)")
  }

  /// A port that nobody listens at just now.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) | getsockname(descriptor, generic, &length)
      }
    }
    guard descriptor >= 0, status == 0 else { throw CocoaError(.fileReadUnknown) }
    return UInt16(bigEndian: address.sin_port)
  }
}
