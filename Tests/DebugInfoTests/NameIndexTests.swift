import Elf
import MachineModel
import Synchronization
import TestSupport
import Testing

@testable import DebugInfo

/// What an image's index holds, and how it is made.
@Suite struct NameIndexTests {
  /// Formats, forms and languages that differ in how names, ranges and lines are written down.
  static let builds: [(source: String, build: Build)] = [
    ("names.cpp", Build(compiler: "g++", flags: ["-g", "-O0"])),
    ("names.cpp", Build(compiler: "g++", flags: ["-g", "-O2"])),
    ("names.cpp", Build(compiler: "g++", flags: ["-gdwarf-4", "-fdebug-types-section"])),
    ("names.cpp", Build(compiler: "g++", flags: ["-gdwarf-5", "-fdebug-types-section", "-gdwarf64"])),
    ("names.cpp", Build(compiler: "g++", flags: ["-gdwarf-2"])),
    ("names.cpp", Build(compiler: "g++", flags: ["-g", "-gz", "-flto", "-O2"])),
    ("names.cpp", Build(compiler: "clang++", flags: ["-g", "-O2"])),
    ("names.cpp", Build(compiler: "clang++", flags: ["-gdwarf-4", "-O0"])),
    ("shapes.cpp", Build(compiler: "g++", flags: ["-g", "-O2", "-gsplit-dwarf"])),
    ("optimised.c", Build(compiler: "gcc", flags: ["-g", "-O2", "-gdwarf-4", "-gsplit-dwarf"])),
    ("optimised.c", Build(compiler: "gcc", flags: ["-g", "-O3", "-ffunction-sections", "-Wl,--gc-sections"])),
    ("places.c", Build(compiler: "gcc", flags: ["-g", "-static"])),
    ("values.rs", Build(compiler: "rustc", flags: ["-g"])),
  ]

  private func source(_ path: String) throws -> DwarfSource {
    DwarfSource(
      try ElfFile(path: path), image: 1, program: path, locator: DebugFileLocator(), notices: DebugInfoNotices())
  }

  private func index(_ path: String) throws -> (units: UnitTable, names: NameIndex) {
    let builder = try #require(IndexBuilder(source(path)))
    return (builder.units(), try #require(builder.reader.names { _ in true }))
  }

  @Test(arguments: builds)
  func workersDoNotChangeTheResult(_ source: String, _ build: Build) throws {
    let builder = try #require(IndexBuilder(self.source(build.program(source))))
    let serial = try #require(builder.reader.names(workers: 1) { _ in true })
    for workers in [2, 5] {
      let parallel = try #require(builder.reader.names(workers: workers) { _ in true })
      #expect(parallel.records.bytes.elementsEqual(serial.records.bytes))
      #expect(parallel.groups.elementsEqual(serial.groups))
    }
  }

  /// libdw reads the same names, and the same addresses.
  @Test(arguments: builds)
  func itIsWhatLibdwReads(_ source: String, _ build: Build) throws {
    let path = try build.program(source)
    let (units, names) = try index(path)
    let dwarf = try #require(try self.source(path).open())
    let libdw = LibdwScan(dwarf)
    let sections = try #require(DwarfSections(dwarf.sources.mapping))
    let headers =
      UnitHeader.all(of: sections.info, isTypes: false) + UnitHeader.all(of: sections.types, isTypes: true)
    let wanted = NameIndex((headers.map { libdw.records(of: $0) } + [libdw.otherRecords()]).map { $0[...] })
    #expect(names.records.count > 10)
    #expect(names.records.bytes.elementsEqual(wanted.records.bytes))

    // DW_TAG_compile_unit, DW_TAG_skeleton_unit.
    let all = dwarf.stubs.map { Unit(dwarf, $0) }.filter { [0x11, 0x4a].contains($0.stub.tag) }
    #expect(units.units.map(\.offset) == all.map(\.stub.offset))
    #expect(units.units.map(\.skeletonNumber) == all.map(\.skeleton?.number))
    for (number, unit) in all.enumerated() {
      let ranges = unit.ranges
      let own = units.code.filter { Int($0.unit) == number }.map { $0.start..<$0.start + UInt64($0.length) }
      #expect(own == ranges)
    }
  }

  /// A search answers what the index does, or nothing.
  @Test(arguments: builds)
  func searchesFindWhatTheIndexHas(_ source: String, _ build: Build) throws {
    let path = try build.program(source)
    let builder = try #require(IndexBuilder(self.source(path)))
    let names = try #require(builder.reader.names { _ in true })
    let dwarf = try #require(try self.source(path).open())
    var asked: [String] = ["absentFromAll"]
    for record in names.records {
      let entry = dwarf.entry(EntryID(image: 1, file: record.file, offset: record.offset))
      guard asked.count < 200, let name = entry?.name else { continue }
      asked.append(String(decoding: baseName(Array(name.utf8)), as: UTF8.self))
    }
    let kinds: [NameIndex.Kind] = [.function, .linkage, .inlined, .global, .type, .enumerator, .namespace]
    var answered = 0
    for name in Set(asked) {
      guard let found = builder.reader.names(named: [name]) else { continue }
      answered += 1
      for kind in kinds {
        #expect(found.candidates(kind, name).map(\.offset) == names.candidates(kind, name).map(\.offset), "\(name)")
      }
    }
    // Two units of which each may have it are read as a whole.
    let mayNotAnswer = !builder.reader.isSelfContained || builder.reader.units.count < 4
    #expect(answered > 0 || mayNotAnswer)
  }

  /// Names enough that offsets of strings are not like other numbers.
  private static func padding(_ number: Int) -> String {
    let fields = (0..<300).map { "int field_\($0)_\(number)_\(String(repeating: "x", count: 70));" }.joined()
    return "struct Padding\(number) { \(fields) } padding\(number);"
  }

  /// Only the units that have a name are read: of many, few.
  @Test(arguments: [
    ("g++", ["-g", "-O2"]), ("g++", ["-gdwarf-4", "-O0"]), ("clang++", ["-g", "-O2"]), ("clang++", ["-g", "-O0"]),
  ])
  func searchesReadFewUnits(_ compiler: String, _ flags: [String]) throws {
    let sandbox = try Sandbox()
    let sources = try (0..<12).map { number in
      try sandbox.file(
        "part\(number).cpp",
        """
        \(Self.padding(number))
        extern "C" int puts(const char *); int elsewhere(int);
        namespace n\(number) {
        struct Own\(number) { int x; int get() const { return x; } };
        template <class T> __attribute__((noinline)) T twice(T t) { return t + t; }
        inline int common(int x) { if (x > 5) return elsewhere(x); return x * \(number); }
        int special_\(number)(int x) { Own\(number) o{x}; puts("x"); return twice(o.get()) + (int)twice((long)x) + common(x); }
        }
        \(number == 4 ? "int elsewhere(int x) { return x + 1; } int main() { return n4::special_4(1); }" : "")
        """)
    }
    let path = sandbox.path("parts")
    let done = try Fixture.run([compiler] + flags + sources + ["-o", path])
    try #require(done.code == 0, "\(done.output)")
    let builder = try #require(IndexBuilder(source(path)))
    let names = try #require(builder.reader.names { _ in true })
    for name in ["special_3", "Own7", "main"] {
      let answer = builder.reader.names(named: [name])
      let found = try #require(answer, "\(name)")
      #expect(!found.records.isEmpty)
      for kind in [NameIndex.Kind.function, .type, .inlined] {
        #expect(found.candidates(kind, name).map(\.offset) == names.candidates(kind, name).map(\.offset))
      }
    }
    let absent = builder.reader.names(named: ["special_99"])
    #expect(absent?.records.isEmpty == true)
    // What most units have takes the index.
    let common = builder.reader.names(named: ["twice"])
    #expect(common == nil)
  }

  /// Units that call a function of another's only declare it.
  @Test(arguments: [("gcc", ["-g", "-O2"]), ("gcc", ["-gdwarf-4", "-O0"]), ("clang", ["-gdwarf-4", "-O2"])])
  func searchesPassDeclarations(_ compiler: String, _ flags: [String]) throws {
    let sandbox = try Sandbox()
    let sources = try (0..<12).map { number in
      try sandbox.file(
        "part\(number).c",
        number == 4
          ? "int elsewhere(int x) { return x + 1; } int main(void) { return elsewhere(4); }"
          : """
          \(Self.padding(number))
          extern int shared_\(number); int shared_\(number); int elsewhere(int);
          int caller_\(number)(int x) { return elsewhere(x) * 2 + elsewhere(x + \(number)); }
          """)
    }
    let path = sandbox.path("parts")
    let done = try Fixture.run([compiler] + flags + sources + ["-o", path])
    try #require(done.code == 0, "\(done.output)")
    let builder = try #require(IndexBuilder(source(path)))
    let names = try #require(builder.reader.names { _ in true })
    let answer = builder.reader.names(named: ["elsewhere"])
    let found = try #require(answer)
    #expect(found.candidates(.function, "elsewhere").count == 1)
    #expect(found.candidates(.inlined, "elsewhere").count == names.candidates(.inlined, "elsewhere").count)
  }

  @Test(arguments: [
    (NameIndex.Kind.function, "bark", 2), (.function, "main", 1), (.function, "add", 2), (.function, "largest", 2),
    (.function, "operator<", 1), (.function, "hidden", 1), (.inlined, "bark", 0), (.global, "nothing", 0),
  ])
  func functionsWithTheirTemplateCopies(_ kind: NameIndex.Kind, _ name: String, _ count: Int) throws {
    let names = try index(Fixture.compile("names.cpp")).names
    #expect(names.candidates(kind, name).count == count)
  }

  @Test func typesAndNamespaces() throws {
    let names = try index(Fixture.compile("names.cpp")).names
    for name in ["Dog", "Counter", "int"] { #expect(!names.candidates(.type, name).isEmpty, "\(name)") }
    for name in ["zoo", "std"] { #expect(!names.candidates(.namespace, name).isEmpty, "\(name)") }
    #expect(names.candidates(.namespace, "Dog").isEmpty)
  }

  @Test func inlinedCopiesGlobalsAndEnumerators() throws {
    let optimised = try index(Fixture.compile("optimised.c", flags: ["-g", "-O2"])).names
    #expect(!optimised.candidates(.inlined, "scaled").isEmpty)
    #expect(optimised.candidates(.global, "sink").count == 1)
    let types = try index(Fixture.compile("types.cpp")).names
    #expect(!types.all(.enumerator).isEmpty)
  }

  @Test func sourceFiles() throws {
    let (units, _) = try index(Fixture.compile("names.cpp"))
    #expect(units.units(ofFile: "names.cpp") == [0])
    #expect(units.units(ofFile: "/any/where/names.cpp") == [0])
    #expect(units.units(ofFile: "basic_string.h") == [0])
    #expect(units.units(ofFile: "absent.cpp").isEmpty)
  }

  /// A mangled name is found by the name within it, an alias by itself.
  @Test func linkageNames() throws {
    let symbols = try symbols(of: Fixture.compile("names.cpp"))
    #expect(symbols.locations(ofFunction: "_ZN3zoo3Dog4barkEi").map { $0.function?.full } == ["zoo::Dog::bark(int)"])
    #expect(symbols.locations(ofFunction: "_ZN3zoo3Dog4barkEl").isEmpty)
  }

  /// A question is answered once for an image, until it is moved.
  @Test func placesFollowTheirImage() throws {
    let path = try Fixture.compile("names.cpp")
    let symbols = ProgramSymbols()
    let image = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    let places = { symbols.locations(ofFunction: "bark") + symbols.locations(ofLine: 22, inFile: "names.cpp") }
    let first = places()
    #expect(first.count == 3)
    #expect(places() == first)
    symbols.rebase(image: image, bias: 0x10_0000)
    #expect(places().map(\.address) == first.map { $0.address + 0x10_0000 as VirtualAddress })
    let copy = try symbols.add(ImageMapping(path: path, name: path, bias: 0x20_0000))
    #expect(symbols.locations(ofFunction: "bark").count == 4)
    symbols.remove(image: copy)
    #expect(places().count == 3)
  }

  @Test func cancelledByItsProgress() throws {
    let builder = try #require(IndexBuilder(source(Fixture.compile("names.cpp"))))
    #expect(builder.reader.names { _ in false } == nil)
  }
}

/// Waiting for an index that others make.
@Suite struct IndexJobTests {
  private func job(_ report: @escaping @Sendable (IndexJob) -> Void = { _ in }) throws -> IndexJob {
    let file = try ElfFile(path: Fixture.compile("names.cpp"))
    let source = DwarfSource(
      file, image: 1, program: "names", locator: DebugFileLocator(), notices: DebugInfoNotices())
    return IndexJob(source, name: "names", onProgress: report)
  }

  @Test func everybodyIsToldOfItsEnd() async throws {
    let job = try job()
    let waiters = (0..<8).map { _ in Task { await job.reached(.names) } }
    job.start()
    for waiter in waiters { #expect(await waiter.value) }
    #expect(await job.reached(.units))
    #expect(job.names()?.candidates(.function, "main").count == 1)
    #expect(job.isOver && !job.isAwaited)
  }

  @Test func whoWaitsGoesOnWhenItIsCancelled() async throws {
    let job = try job()
    let waiter = Task { await job.reached(.names) }
    while !job.isAwaited { await Task.yield() }
    job.cancel()
    #expect(await !waiter.value)
    #expect(job.names() == nil)
    #expect(job.isOver && job.isCancelled)
  }

  /// What is asked for anew is made anew.
  @Test func theNextQuestionBeginsAnew() async throws {
    let symbols = ProgramSymbols()
    let path = try Fixture.compile("names.cpp")
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    for job in symbols.pendingIndexes(.names) { job.cancel() }
    #expect(symbols.locations(ofFunction: "main").count == 1)
    #expect(symbols.pendingIndexes(.units).isEmpty)
  }

  /// A search that was given up is begun anew by the next question.
  @Test func searchesThatWereCancelled() async throws {
    let symbols = ProgramSymbols()
    let path = try Fixture.compile("names.cpp", flags: ["-g", "-O0", "-Wl,--build-id=none"])
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    for job in symbols.pendingIndexes(.functions, forFunction: "main") { #expect(await job.reached(.functions)) }
    let first = try #require(symbols.searches(forFunction: "main").first)
    first.cancel()
    #expect(await !first.finished())
    let second = try #require(symbols.searches(forFunction: "main").first)
    #expect(await second.finished())
    #expect(symbols.locations(ofFunction: "main").count == 1)
    #expect(symbols.indexJobs.isAwaited == false && second.found != nil)
  }

  /// So is one whose wait for the whole index was given up: of a name that is too short to look for.
  @Test func searchesWhoseIndexWasCancelled() async throws {
    let symbols = ProgramSymbols()
    let path = try Fixture.compile("names.cpp", flags: ["-g", "-O0", "-Wl,--build-id=none"])
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    let job = try #require(symbols.pendingIndexes(.functions).first)
    #expect(await job.reached(.functions))
    let first = try #require(symbols.searches(forFunction: "ab").first)
    job.cancel()
    #expect(await !first.finished())
    #expect(symbols.pendingIndexes(.functions).first !== job)
    let second = try #require(symbols.searches(forFunction: "ab").first)
    #expect(second !== first)
    #expect(await second.finished())
  }

  /// Names that nobody asks for are not looked for, nor is their image kept for them.
  @Test func itGoesAsFarAsIsWanted() async throws {
    let symbols = ProgramSymbols()
    // Of this test alone: see below.
    let path = try Fixture.compile("names.cpp", flags: ["-g", "-O1", "-Wl,--build-id=none"])
    let image = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    let job = try #require(symbols.pendingIndexes(.functions).first)
    #expect(await job.reached(.functions))
    #expect(symbols.locations(ofFunction: "main").count == 1)
    #expect(symbols.pendingIndexes(.names, forFunction: "main").isEmpty)
    #expect(!job.hasReached(.names) && !symbols.indexJobs.isAwaited)
    #expect(await !symbols.functionNames(prefix: "bar", limit: 4).isEmpty)
    #expect(job.hasReached(.names))
    symbols.remove(image: image)

    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    let parked = try #require(symbols.pendingIndexes(.functions).first)
    #expect(await parked.reached(.functions))
    for number in symbols.images.map(\.number) { symbols.remove(image: number) }
    #expect(parked.isCancelled)
  }

  @Test func progressIsToldAndEnds() async throws {
    let told = Mutex<[IndexProgress?]>([])
    let symbols = ProgramSymbols(
      indexJobs: IndexJobs(delay: 0) { progress in told.withLock { $0.append(progress) } })
    // Of this test alone, so that no index is kept of it: it has no build-id.
    let path = try Fixture.compile("shapes.cpp", flags: ["-g", "-O1", "-Wl,--build-id=none"])
    _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    for job in symbols.pendingIndexes(.names) { #expect(await job.reached(.names)) }
    let list = told.withLock { $0 }
    #expect(list.count >= 2)
    #expect(list.first??.image == path)
    #expect(list.dropLast().allSatisfy { $0.map { (0...1).contains($0.fraction) } ?? false })
    #expect(list.last == .some(nil))
  }
}

/// Walks over all names and files do not hold up whoever has other questions.
@Suite struct TurnTests {
  private actor Desk {
    private let symbols = ProgramSymbols()
    private var answers = 0

    /// How many other questions were answered before each of the walks had ended.
    func walk(_ path: String) async throws -> [Int] {
      _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
      symbols.longestTurn = 0
      var counts: [Int] = []
      let walks: [(isolated Desk) async -> Int] = [
        { await $0.symbols.sourceFiles().count },
        { await $0.symbols.sourceFilesByImage { _ in true }.count },
        { await $0.symbols.symbolEntries(.function) { _ in true }.count },
        { await $0.symbols.symbolEntries(.type) { $0 == "nothing" }.count + 1 },
        { await $0.symbols.undescribedSymbols(.function) { _ in true }.count },
        { await $0.symbols.typeNames(prefix: "D", limit: 10).count },
      ]
      for walk in walks {
        let before = answers
        let other = Task { answer() }
        #expect(await walk(self) > 0)
        counts.append(answers - before)
        await other.value
      }
      return counts
    }

    private func answer() { answers += 1 }
  }

  @Test func othersHaveTheirTurn() async throws {
    let counts = try await Desk().walk(Fixture.compile("names.cpp"))
    #expect(counts == [Int](repeating: 1, count: 6))
  }
}
