import Elf
import Foundation
import TestSupport
import Testing

@testable import DebugInfo

/// Indexes on disk: what was stored comes back whole, or not at all.
@Suite struct IndexCacheTests {
  private let sandbox: Sandbox
  private let cache: IndexCache
  private let units: UnitTable
  private let names: NameIndex

  init() throws {
    sandbox = try Sandbox()
    cache = IndexCache(folder: sandbox.path("deep/er/index"))
    (units, names) = Self.index(of: 1000)
  }

  /// Some index; the numbers of its elements are odd, so that tables end where the next one may not begin.
  private static func index(of count: Int) -> (UnitTable, NameIndex) {
    let units = UnitTable(
      units: Table((0..<7).map { .init(offset: UInt64($0), skeletonNumber: nil) }),
      code: Table((0..<13).map { .init(start: UInt64($0) * 16, length: 16, unit: 1) }),
      files: Table((0..<5).map { .init(hash: UInt32($0), unit: 2) }))
    let records = (0..<count).map {
      NameIndex.Record(offset: UInt64($0), hash: UInt32($0) &* 0x9e37_79b9, file: 0, kind: .function)
    }
    return (units, NameIndex([records[...]]))
  }

  private var file: URL { URL(filePath: sandbox.path("deep/er/index/abcd")) }

  private func isKept() throws -> Bool {
    guard let kept = cache.load("abcd") else { return false }
    #expect(kept.names.records.bytes.elementsEqual(names.records.bytes))
    #expect(kept.names.groups.elementsEqual(names.groups))
    #expect(kept.units.units.bytes.elementsEqual(units.units.bytes))
    #expect(kept.units.code.bytes.elementsEqual(units.code.bytes))
    #expect(kept.units.files.bytes.elementsEqual(units.files.bytes))
    return true
  }

  @Test func whatWasStoredComesBack() throws {
    #expect(try !isKept())
    cache.store(units, names, for: "abcd")
    #expect(try isKept())
    #expect(cache.load("other") == nil)
  }

  @Test func itIsReplacedWhole() throws {
    let (small, few) = Self.index(of: 1)
    cache.store(small, few, for: "abcd")
    cache.store(units, names, for: "abcd")
    #expect(try isKept())
    let folder = file.deletingLastPathComponent().path()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["abcd"])
  }

  @Test(arguments: [
    "a byte of the header", "a byte changed", "cut short", "cut in the header", "grown", "empty", "of another kind",
    "of another version",
  ])
  func aDamagedOrForeignFileIsIgnored(damage: String) throws {
    cache.store(units, names, for: "abcd")
    var content = try Data(contentsOf: file)
    switch damage {
    case "a byte of the header": content[16] ^= 1
    case "a byte changed": content[content.count / 2] ^= 1
    case "cut short": content.removeLast(8)
    case "cut in the header": content.removeLast(content.count - 20)
    case "grown": content += Data(repeating: 0, count: 8)
    case "empty": content = Data()
    case "of another kind": content[0] ^= 0xff
    default: content[8] ^= 0xff
    }
    // As whoever damages it would: the index that is mapped stays as it is.
    try content.write(to: file, options: .atomic)
    #expect(try !isKept())
    cache.store(units, names, for: "abcd")
    #expect(try isKept())
  }

  /// Files of one build-id that have not the same sections are not taken for each other.
  @Test func strippedAndSeparateFilesHaveTheirOwn() throws {
    let program = try sandbox.program("names.cpp", as: "program")
    try sandbox.run("objcopy", "--only-keep-debug", "program", "whole")
    try sandbox.run("objcopy", "--remove-section=.debug_line", "whole", "partial")
    try sandbox.run("objcopy", "--strip-debug", "program", "stripped")
    func source(_ path: String) throws -> DwarfSource {
      DwarfSource(
        try ElfFile(path: path), image: 1, program: path, locator: DebugFileLocator(), notices: DebugInfoNotices())
    }
    let known = try #require(source(program).cacheKey)
    #expect(try source(sandbox.path("whole")).cacheKey == known)
    for other in ["partial", "stripped"] {
      let file = try source(sandbox.path(other))
      #expect(file.file.buildID == (try ElfFile(path: program).buildID))
      #expect(file.cacheKey != known, "\(other)")
    }
  }

  @Test func aFolderThatCannotBeMadeIsNoCache() throws {
    _ = try sandbox.file("taken", "a file, not a folder")
    let cache = IndexCache(folder: sandbox.path("taken/index"))
    cache.store(units, names, for: "abcd")
    #expect(cache.load("abcd") == nil)
  }

  @Test func whatNobodyFinishedIsCleanedUp() throws {
    cache.store(units, names, for: "abcd")
    let left = file.path() + ".4711"
    _ = FileManager.default.createFile(atPath: left, contents: Data("half".utf8))
    cache.store(units, names, for: "abcd")
    #expect(FileManager.default.fileExists(atPath: left), "somebody may be writing it")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: left)
    cache.store(units, names, for: "abcd")
    #expect(!FileManager.default.fileExists(atPath: left))
  }
}
