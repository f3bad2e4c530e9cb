import Elf
import MachineModel
import TestSupport
import Testing

@testable import DebugInfo

/// Functions found without the index of all names: never others than those that it has.
@Suite struct FunctionFinderTests {
  /// Several units, and what tables and symbols see differently: templates, copies of inlined functions, one whose symbol has another
  /// name, local classes, namespaces without a name.
  private static let sources = [
    "first.cpp": """
    #include "shared.h"
    namespace { int hidden(int x) { return x + 1; } }
    int renamed(int x) __asm__("other_symbol");
    int renamed(int x) { return hidden(x) + doubled(x); }
    int first(int x) {
      struct Local { static int inner(int y) { return y + 3; } };
      auto lambda = [&](int y) { return x + y; };
      return zoo::largest(renamed(x), 2) + zoo::Dog{x}.bark(1) + Local::inner(x) + lambda(x);
    }
    """,
    "second.cpp": """
    #include "shared.h"
    static int only(int x) { return x * 5; }
    int second(int x) { return zoo::largest(1.5, 2.5) + doubled(only(x)) + zoo::Dog{x}.bark(2); }
    """,
    "plain.c": """
    int plain(int x) { return x * 7; }
    static int only(int x) { return x - 5; }
    int first(int), second(int);
    int _Z5firsti(int), _Z6secondi(int);
    int main(int argc, char **argv) { return plain(argc) + only(argc) + _Z5firsti(argc) + _Z6secondi(argc); }
    """,
    "shared.h": """
    namespace zoo {
    template <class T> T largest(T a, T b) { return a > b ? a : b; }
    struct Dog { int age; int bark(int x) const { return age * x; } };
    }
    static inline int doubled(int x) { return 2 * x; }
    """,
  ]

  /// How a program with tables is made: what compiles a unit (the last one: that of `plain.c`), what links, what is done then.
  struct Recipe: CustomTestStringConvertible, Sendable {
    let compile: String
    var compilePlain: String?
    var link = "clang++ *.o -o program"
    /// Whether everything plain is found by the table; else nothing is.
    var findsAll = true
    var testDescription: String { "\(compile); \(link)" }
  }

  private static let toVersion8 = """
     && objcopy --dump-section .gdb_index=index program && printf '\\010' | dd of=index conv=notrunc bs=1 count=1 \
    && objcopy --update-section .gdb_index=index program
    """

  static let recipes = [
    Recipe(compile: "clang -gdwarf-5 -gpubnames -O0"),
    Recipe(compile: "clang -gdwarf-5 -gpubnames -O2"),
    Recipe(compile: "clang -gdwarf-5 -gpubnames -O2", link: "clang++ -fuse-ld=lld -Wl,--debug-names *.o -o program"),
    Recipe(compile: "clang -gdwarf-5 -gdwarf64 -gpubnames -O2"),
    Recipe(compile: "clang -gdwarf-5 -gpubnames -fdebug-types-section -O1"),
    Recipe(compile: "clang -gdwarf-5 -gpubnames -O2 -gz"),
    // A unit that no table speaks of.
    Recipe(compile: "clang -gdwarf-5 -gpubnames -O2", compilePlain: "gcc -g -O2"),
    // As gdb makes it of such programs.
    Recipe(
      compile: "clang -g -ggnu-pubnames -O0",
      link: "clang++ -fuse-ld=lld -Wl,--gdb-index *.o -o program" + toVersion8),
    // Copies may be missing.
    Recipe(
      compile: "clang -g -ggnu-pubnames -O2",
      link: "clang++ -fuse-ld=lld -Wl,--gdb-index *.o -o program" + toVersion8, findsAll: false),
    Recipe(
      compile: "clang -g -ggnu-pubnames -O0", link: "clang++ -fuse-ld=lld -Wl,--gdb-index *.o -o program",
      findsAll: false),
    Recipe(compile: "gcc -g -O2", findsAll: false),
    Recipe(compile: "gcc -gdwarf-4 -O0", findsAll: false),
  ]

  private func program(_ recipe: Recipe) throws -> (Sandbox, path: String) {
    let sandbox = try Sandbox()
    for (name, text) in Self.sources { _ = try sandbox.file(name, text + "\n") }
    for source in ["first.cpp", "second.cpp", "plain.c"] {
      let compiler = source == "plain.c" ? recipe.compilePlain ?? recipe.compile : recipe.compile
      try sandbox.run("sh", "-c", "\(compiler) -c \(source)")
    }
    try sandbox.run("sh", "-c", recipe.link)
    return (sandbox, sandbox.path("program"))
  }

  private func image(_ path: String) throws -> LoadedImage {
    LoadedImage(
      number: 1, mapping: ImageMapping(path: path, name: path, bias: 0), elf: try ElfFile(path: path),
      locator: DebugFileLocator(), notices: DebugInfoNotices(), indexJobs: IndexJobs())
  }

  private func finder(_ image: LoadedImage) throws -> FunctionFinder {
    FunctionFinder(try #require(IndexBuilder(image.source)).reader)
  }

  @Test(arguments: recipes)
  func whatIsFoundInPartsIsAll(_ recipe: Recipe) throws {
    let (sandbox, path) = try program(recipe)
    defer { _ = sandbox }
    let image = try image(path)
    let finder = try finder(image)
    let names = try #require(image.names)
    let kinds: [NameIndex.Kind] = [.function, .inlined, .linkage]
    let entries = kinds.flatMap { names.all($0).compactMap(image.entry) }
    let all = Set(entries.flatMap { [$0.name, $0.linkageName, $0.functionName.qualified].compactMap { $0 } })
    #expect(all.isSuperset(of: ["main", "plain", "first", "renamed", "doubled", "other_symbol"]))
    var found: Set<String> = []
    for name in all.union(["only", "largest", "zoo::Dog::bark", "nowhere"]) {
      let query = NameQuery(name)
      let units = image.unitsOfFunction(query, finder)
      if units != nil { found.insert(name) }
      // What a table leads to, and what a search does.
      let parts = [units.flatMap { finder.reader.names(of: Array($0)) }, finder.reader.names(named: query.keys)]
      for some in parts.compactMap({ $0 }) {
        for kind in kinds {
          for key in Set([query.baseName, query.text]) {
            let (whole, part) = (names.candidates(kind, key), some.candidates(kind, key))
            #expect(part.map(\.offset) == whole.map(\.offset), "\(name)")
          }
        }
      }
    }
    for name in ["main", "plain", "only", "largest", "zoo::Dog::bark", "renamed", "nowhere"] {
      #expect(found.contains(name) == recipe.findsAll, "\(name)")
    }
    // Not all of the units.
    if recipe.findsAll { #expect(image.unitsOfFunction(NameQuery("second"), finder)?.count ?? 3 < 3) }
  }

  /// Tables that are damaged are not used, or lead to other units; whatever they say, they are read to their end.
  @Test(arguments: [recipes[1], recipes[7]])
  func damage(_ recipe: Recipe) throws {
    let (sandbox, path) = try program(recipe)
    let file = try ElfFile(path: path)
    let section = try #require(file.section(".debug_names") ?? file.section(".gdb_index"))
    let start = Int(section.offset.rawValue)
    let bytes = Array(file.mapping.bytes)
    for place in stride(from: 0, to: min(Int(section.size), 600), by: 3) {
      for value: UInt8 in [0, 0x7f, 0xff] {
        var damaged = bytes
        damaged[start + place] = value
        let mapping = FileMapping(contents: damaged, path: path)
        let source = DwarfSource(
          try ElfFile(mapping), image: 1, program: path, locator: DebugFileLocator(), notices: DebugInfoNotices())
        let reader = try #require(IndexBuilder(source)).reader
        let units = UnitNames(reader)?.units(of: ["main", "plain"]) ?? []
        #expect(units.allSatisfy(reader.units.indices.contains))
      }
    }
    withExtendedLifetime(sandbox) {}
  }

  @Test(arguments: [
    ("main", "main"), ("a::b<c::d>::f<int>", "f<int>"), ("f(std::vector<int>)", "f"), ("a::f<int>(c::d)", "f<int>"),
    ("(anonymous namespace)::f", "f"), ("(anonymous namespace)", "(anonymous namespace)"), ("", ""), ("a::", ""),
    ("x::(anonymous namespace)::y::z(void (*)(int))", "z"),
  ])
  func lastComponents(_ name: String, _ last: String) {
    var name = name
    name.withUTF8 { text in
      #expect(String(decoding: lastComponent(UnsafeRawBufferPointer(text)), as: UTF8.self) == last)
    }
  }
}
