import Foundation

/// The valid files that are damaged: small programs, compiled once in as many ways as compilers and linkers
/// lay debug information out.
struct SeedPrograms {
  /// A folder with `program` and what belongs to it.
  struct Seed {
    let name: String
    let folder: URL
    /// Names of the ELF files in it: any of them may be damaged.
    let files: [String]
  }
  let seeds: [Seed]

  /// Debug information that names its files relative to where the round runs.
  private static let relative = "-ffile-prefix-map=$PWD=."

  private static let recipes: [(name: String, sources: [String], script: String)] = [
    ("c-dwarf5", ["locals.c"], "gcc -g -O0 \(relative) locals.c -o program"),
    ("c-dwarf4-o2", ["optimised.c"], "gcc -gdwarf-4 -g3 -O2 \(relative) optimised.c -o program"),
    ("c-dwarf64", ["values.c"], "gcc -gdwarf-5 -gdwarf64 -O1 \(relative) values.c -o program -lm"),
    ("clang-dwarf5", ["optimised.c"], "clang -g -O2 \(relative) optimised.c -o program"),
    ("clang-names", ["values.c"], "clang -g -gpubnames -gdwarf-5 \(relative) values.c -o program -lm"),
    (
      "gdb-index", ["names.cpp"],
      // Linkers write version 7; the same as version 8 is gdb's.
      """
      clang++ -g -ggnu-pubnames \(relative) names.cpp -c -o o.o && clang++ -fuse-ld=lld -Wl,--gdb-index o.o -o program &&
      objcopy --dump-section .gdb_index=index program && printf '\\010' | dd of=index conv=notrunc bs=1 count=1 &&
      objcopy --update-section .gdb_index=index program && rm index
      """
    ),
    ("cpp-dwarf5", ["types.cpp"], "g++ -g -O0 \(relative) types.cpp -o program"),
    ("type-units-4", ["shapes.cpp"], "g++ -gdwarf-4 -fdebug-types-section -O1 \(relative) shapes.cpp -o program"),
    ("type-units-5", ["names.cpp"], "g++ -gdwarf-5 -fdebug-types-section \(relative) names.cpp -o program"),
    ("split-5", ["names.cpp"], "g++ -gdwarf-5 -gsplit-dwarf \(relative) names.cpp -c -o o.o && g++ o.o -o program"),
    (
      "split-4", ["values.c"],
      "gcc -gdwarf-4 -gsplit-dwarf -O2 \(relative) values.c -c -o o.o && gcc o.o -o program -lm"
    ),
    (
      "dwp", ["names.cpp"],
      """
      g++ -gdwarf-5 -gsplit-dwarf -fdebug-types-section \(relative) names.cpp -c -o o.o && g++ o.o -o program &&
      llvm-dwp o.dwo -o program.dwp && rm o.dwo
      """
    ),
    ("zlib", ["values.c"], "gcc -g -gz=zlib \(relative) values.c -o program -lm"),
    ("zlib-gnu", ["values.c"], "gcc -g -gz=zlib-gnu \(relative) values.c -o program -lm"),
    (
      "zstd", ["values.c"],
      "gcc -g \(relative) values.c -o plain -lm && objcopy --compress-debug-sections=zstd plain program; rm plain"
    ),
    (
      "debug-frame", ["locals.c"],
      "gcc -g -fno-asynchronous-unwind-tables -fno-unwind-tables \(relative) locals.c -o program"
    ),
    ("static", ["stepping.c"], "gcc -g -static \(relative) stepping.c -o program"),
    (
      "mini", ["values.c"],
      """
      gcc -g \(relative) values.c -o full -lm && objcopy --strip-debug --keep-symbols=/dev/null full mini.debug;
      objcopy -S --keep-symbol=main full mini.debug; xz -f mini.debug; strip -s full -o program;
      objcopy --add-section .gnu_debugdata=mini.debug.xz program; rm full mini.debug.xz
      """
    ),
    (
      "debuglink", ["names.cpp"],
      """
      g++ -g -O2 \(relative) names.cpp -o program && objcopy --only-keep-debug program program.debug &&
      strip -g program && objcopy --add-gnu-debuglink=program.debug program
      """
    ),
    (
      "dwz", ["names.cpp", "shapes.cpp"],
      """
      g++ -gdwarf-4 \(relative) names.cpp -o program && g++ -gdwarf-4 \(relative) shapes.cpp -o other &&
      dwz -m common.debug -r program other && rm other
      """
    ),
    ("rust", ["values.rs"], "rustc -g -C prefer-dynamic --remap-path-prefix=$PWD=. values.rs -o program"),
    ("rust-o", ["values.rs"], "rustc -g -O -C prefer-dynamic --remap-path-prefix=$PWD=. values.rs -o program"),
    ("assembler", ["bare.s"], "gcc -g -nostdlib -static \(relative) bare.s -o program"),
  ]

  /// Where they are.
  let folder: URL

  /// Those that the compilers of this machine can make, kept in `folder` from run to run.
  init(in folder: URL, sources: URL) throws {
    let manager = FileManager.default
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    // Another campaign may be making them just now.
    let lock = open(folder.appending(path: "lock").path(), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
    var made: [Seed] = []
    for recipe in Self.recipes {
      let place = folder.appending(path: recipe.name)
      if !manager.fileExists(atPath: place.appending(path: "program").path()) {
        try manager.createDirectory(at: place, withIntermediateDirectories: true)
        for source in recipe.sources + ["snapshot.h"] {
          let copy = place.appending(path: source)
          if !manager.fileExists(atPath: copy.path()) {
            try manager.copyItem(at: sources.appending(path: source), to: copy)
          }
        }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "{ \(recipe.script)\n} >log 2>&1; rm -f o.o"]
        process.currentDirectoryURL = place
        try process.run()
        process.waitUntilExit()
      }
      guard manager.fileExists(atPath: place.appending(path: "program").path()) else {
        print("fuzz: no program \(recipe.name) can be made here (see \(place.path())/log)")
        continue
      }
      let files = try manager.contentsOfDirectory(atPath: place.path()).filter { name in
        (try? FileHandle(forReadingFrom: place.appending(path: name)).read(upToCount: 4))
          == Data([0x7f, 0x45, 0x4c, 0x46])
      }
      made.append(Seed(name: recipe.name, folder: place, files: files.sorted()))
    }
    seeds = made
    self.folder = folder
  }
}
