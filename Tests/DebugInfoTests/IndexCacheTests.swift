import Foundation
import TestSupport
import Testing

@testable import DebugInfo

/// Name indexes on disk: what was stored comes back whole, or not at all.
@Suite struct IndexCacheTests {
  private let sandbox: Sandbox
  private let cache: IndexCache
  private let records: [UInt64] = (0..<1000).map { $0 &* 0x9e37_79b9_7f4a_7c15 }

  init() throws {
    sandbox = try Sandbox()
    cache = IndexCache(folder: sandbox.path("deep/er/index"))
  }

  private var file: URL { URL(filePath: sandbox.path("deep/er/index/abcd")) }

  @Test func whatWasStoredComesBack() {
    #expect(cache.load("abcd", as: UInt64.self) == nil)
    cache.store(records, for: "abcd")
    #expect(cache.load("abcd", as: UInt64.self) == records)
    #expect(cache.load("other", as: UInt64.self) == nil)
  }

  @Test func itIsReplacedWhole() throws {
    cache.store(records, for: "abcd")
    cache.store([7], for: "abcd")
    #expect(cache.load("abcd", as: UInt64.self) == [7])
    let folder = file.deletingLastPathComponent().path()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["abcd"])
  }

  @Test(arguments: ["a byte changed", "cut short", "grown", "empty", "of another kind", "of another version"])
  func aDamagedOrForeignFileIsIgnored(damage: String) throws {
    cache.store(records, for: "abcd")
    var content = try Data(contentsOf: file)
    switch damage {
    case "a byte changed": content[content.count / 2] ^= 1
    case "cut short": content.removeLast(8)
    case "grown": content += Data(repeating: 0, count: 8)
    case "empty": content = Data()
    case "of another kind": content[0] ^= 0xff
    default: content[8] ^= 0xff
    }
    try content.write(to: file)
    #expect(cache.load("abcd", as: UInt64.self) == nil)
    cache.store(records, for: "abcd")
    #expect(cache.load("abcd", as: UInt64.self) == records)
  }

  /// Records of another size are another format.
  @Test func recordsOfAnotherSizeAreForeign() {
    cache.store(records, for: "abcd")
    #expect(cache.load("abcd", as: UInt32.self) == nil)
  }

  @Test func aFolderThatCannotBeMadeIsNoCache() throws {
    _ = try sandbox.file("taken", "a file, not a folder")
    let cache = IndexCache(folder: sandbox.path("taken/index"))
    cache.store(records, for: "abcd")
    #expect(cache.load("abcd", as: UInt64.self) == nil)
  }
}
