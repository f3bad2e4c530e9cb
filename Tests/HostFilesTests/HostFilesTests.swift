import Glibc
import HostFiles
import TestSupport
import Testing

@Suite struct HostFileTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test(arguments: [0, 1, 1000, 65_535, 65_536, 65_537, 200_000])
  func aFileComesBackAsItWasWritten(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try HostFile.replace(sandbox.path("a"), with: bytes, survivesPowerLoss: size == 1000)
    #expect(try HostFile.contents(of: sandbox.path("a"), limit: 200_000, onlyRegular: true) == bytes)
    #expect(try HostFile.beginning(of: sandbox.path("a"), count: 70_000) == Array(bytes.prefix(70_000)))
    // Nothing unfinished stays beside it.
    #expect(HostFolder.names(in: sandbox.path("")) == ["a"])
  }

  @Test func filesOfProcHaveContentsButNoSize() throws {
    #expect(try !HostFile.contents(of: "/proc/self/maps", limit: 1 << 24).isEmpty)
  }

  @Test func whatCannotBeReadSaysWhy() throws {
    let path = try sandbox.file("large", "12345")
    #expect(throws: FileError(path: path, reason: .tooLarge(limit: 4))) { try HostFile.contents(of: path, limit: 4) }
    #expect(throws: FileError(path: "/proc/self/maps", reason: .tooLarge(limit: 10))) {
      try HostFile.contents(of: "/proc/self/maps", limit: 10)
    }
    #expect(throws: FileError(path: "/dev/zero", reason: .notRegular)) {
      try HostFile.contents(of: "/dev/zero", limit: 10, onlyRegular: true)
    }
    // Would wait for a writer for ever.
    let pipe = sandbox.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileError(path: pipe, reason: .notRegular)) {
      try HostFile.contents(of: pipe, limit: 10, onlyRegular: true)
    }
    let missing = FileError(path: "/nonexistent/x", reason: .system(ENOENT))
    #expect(throws: missing) { try HostFile.contents(of: "/nonexistent/x", limit: 10) }
    #expect(missing.description == "/nonexistent/x: No such file or directory.")
    #expect(throws: FileError(path: "/proc", reason: .system(EISDIR))) { try HostFile.contents(of: "/proc", limit: 10) }
  }

  @Test func foldersAreMadeForTheUserAlone() throws {
    try HostFile.append(Array("a\n".utf8), to: sandbox.path("x/y/log"))
    try HostFile.append(Array("b\n".utf8), to: sandbox.path("x/y/log"))
    #expect(try sandbox.read("x/y/log") == "a\nb\n")
    var status = stat()
    #expect(stat(sandbox.path("x/y"), &status) == 0 && status.st_mode & 0o777 == 0o700)
    #expect(throws: FileError(path: "/proc/sdb", reason: .system(ENOENT))) {
      try HostFile.append([1], to: "/proc/sdb/log")
    }
  }

  @Test func replacingKeepsALink() throws {
    _ = try sandbox.file("real", "old")
    #expect(symlink(sandbox.path("real"), sandbox.path("link")) == 0)
    try HostFile.replace(sandbox.path("link"), with: Array("new".utf8))
    #expect(try sandbox.read("real") == "new")
    #expect(HostPath.linkTarget(sandbox.path("link")) == sandbox.path("real"))
    #expect(HostPath.linkTarget(sandbox.path("real")) == nil)
  }

  @Test func anotherStateIsAnotherIdentity() throws {
    let path = try sandbox.file("f", "one")
    let first = try #require(FileIdentity(of: path))
    #expect(FileIdentity(of: path) == first)
    _ = try sandbox.file("f", "three")
    #expect(FileIdentity(of: path) != first)
    #expect(FileIdentity(of: sandbox.path("none")) == nil)
  }
}

@Suite struct HostPathTests {
  @Test(arguments: [
    ("/a/b/c", "/a/b", "c"), ("/a", "", "a"), ("a", "", "a"), ("a/b/", "a/b", ""), ("", "", ""),
  ])
  func partsOfAPath(_ path: String, _ parent: String, _ last: String) {
    #expect(HostPath.parent(of: path) == parent)
    #expect(HostPath.lastComponent(of: path) == last)
  }

  @Test func pathsAreMadeAbsolute() throws {
    let folder = try #require(HostPath.workingDirectory)
    #expect(HostPath.absolute("x/y") == folder + "/x/y")
    #expect(HostPath.absolute(".") == folder)
    #expect(HostPath.absolute("/x") == "/x")
    #expect(HostPath.expandingHome("~x") == "~x")
    #expect(HostPath.resolved("/proc/../proc") == "/proc")
  }
}

@Suite struct SHA256Tests {
  /// FIPS 180-2, appendix B, and the lengths around a block's end.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
  ])
  func digestsAreTheStandards(_ text: String, _ expected: String) {
    #expect(SHA256.digest(of: Array(text.utf8)) == expected)
  }
}
