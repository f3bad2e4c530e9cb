import DebugInfo
import Elf
import Glibc
import HostFiles
import MachineModel

extension DebugSession {
  /// Takes a program (searched in `PATH` where it has no slash), checks that it can be debugged, and maps its
  /// symbols. Breakpoints stay, and are resolved anew.
  package func load(program name: String) async throws(SessionError) {
    guard process == nil else { throw .refused("The program is being debugged already: kill it first.") }
    let path = try ProgramFile.find(name)
    let file = try ProgramFile(path: path)
    program = path
    try await readProgram(file.image)
  }

  /// Makes a file the one that the program's symbols are read from.
  func readProgram(_ path: String) async throws(SessionError) {
    if let programImage { symbols.remove(image: programImage) }
    programImage = nil
    programIdentity = FileIdentity(of: path)
    do throws(ElfError) {
      programImage = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
    } catch {
      throw .unusableProgram(path: path, reason: error.words)
    }
    sources.forget()
    beginIndexing()
    await resolveBreakpoints()
    sink.yield(.imagesChanged)
    fetchMissingDebugFiles()
  }

  /// A program that was built anew since it was read is read again.
  func reloadChangedProgram() async throws(SessionError) {
    guard let image = symbols.images.first(where: { $0.number == programImage }) else { return }
    // One that a process has executed was read through that process.
    let path = image.mapping.name
    guard FileIdentity(of: path) != programIdentity else { return }
    notify("`\(path)' has changed; re-reading symbols.")
    try await readProgram(path)
  }

  /// `exec-file`: what is run; symbols stay, where there are any.
  package func setExecutable(_ name: String) async throws(SessionError) {
    guard process == nil else { throw .refused("The program is being debugged already: kill it first.") }
    let path = try ProgramFile.find(name)
    let file = try ProgramFile(path: path)
    program = path
    if programImage == nil { try await readProgram(file.image) }
  }

  /// `symbol-file`: reads the program's symbols from another file, its unstripped twin or separate debug file. Without a
  /// program, the file is all there is.
  package func setSymbolFile(_ path: String) async throws(SessionError) {
    guard let programImage else { return try await readProgram(path) }
    do throws(ElfError) {
      try symbols.setDebugFile(path, ofImage: programImage)
    } catch {
      throw .unusableProgram(path: path, reason: error.words)
    }
    await takeNewSymbols()
  }

  /// `add-symbol-file`: reads symbols for code that no loader tells of.
  /// - Parameter textAt: where its `.text` is in the process; nil: as it says itself, and `offset`.
  package func addSymbolFile(_ path: String, textAt: UInt64?, offset: UInt64) async throws(SessionError) {
    do throws(ElfError) {
      let file = try ElfFile(path: path)
      guard file.loadedRange != nil else {
        throw ElfError(path: path, reason: .damaged("it has nothing that is loaded, as an object file"))
      }
      let text = file.section(".text")?.address.rawValue ?? 0
      let bias = textAt.map { $0 &- text } ?? offset
      addedImages.insert(try symbols.add(ImageMapping(path: path, name: path, bias: bias)))
    } catch {
      throw .unusableProgram(path: path, reason: error.words)
    }
    await takeNewSymbols()
  }

  /// Frames and breakpoints are resolved anew.
  private func takeNewSymbols() async {
    forgetStacks()
    await resolveBreakpoints()
    sink.yield(.imagesChanged)
    sink.yield(.dataChanged)
  }

  /// The file that the program's debug information was read from, where it is not its own.
  package var separateDebugFile: String? {
    guard let image = symbols.images.first(where: { $0.number == programImage }), image.hasDebugInfo,
      image.debugFile != image.mapping.path
    else { return nil }
    return image.debugFile
  }

  /// True while a program that is linked dynamically has not been started: what it does not have itself may be in a
  /// library that it will load.
  package var isBeforeLibraries: Bool {
    guard process == nil, let programImage else { return false }
    return symbols.linkerDebugPointer(ofImage: programImage) != nil
  }

  /// True where the program has DWARF.
  package var hasDebugInfo: Bool {
    symbols.images.first { $0.number == programImage }?.hasDebugInfo ?? false
  }
}

/// A program as `execve(2)` sees it: an ELF file, or a script that names its interpreter.
struct ProgramFile {
  /// What is executed.
  let path: String
  /// The ELF file whose code runs: the program, or a script's interpreter.
  let image: String

  private static let longestChain = 5

  init(path: String) throws(SessionError) {
    self.path = path
    var image = path
    for _ in 0..<Self.longestChain {
      guard let interpreter = try Self.interpreter(ofScript: image) else {
        self.image = image
        return
      }
      image = interpreter
    }
    throw .unusableProgram(path: path, reason: "its chain of #! interpreters is too long")
  }

  /// Looks a name without a slash up in `PATH`, as a shell does; answers an absolute path.
  static func find(_ name: String) throws(SessionError) -> String {
    guard !name.isEmpty else { throw .noProgram }
    let candidates: [String]
    if name.contains("/") {
      candidates = [name]
    } else {
      let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
      // A program of the current folder comes last: gdb finds it too.
      candidates =
        folders.split(separator: ":").map { "\($0)/\(name)" }.filter { access($0, X_OK) == 0 } + [name]
    }
    let chosen = candidates[0]
    guard let resolved = realpath(chosen, nil) else {
      throw .unusableProgram(path: name, reason: errno == ENOENT ? "No such file or directory" : errorText(errno))
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The interpreter that a `#!` line names; nil where the file is ELF.
  private static func interpreter(ofScript path: String) throws(SessionError) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unusableProgram(path: path, reason: errorText(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .unusableProgram(path: path, reason: "it is a directory")
    case S_IFREG: break
    default: throw .unusableProgram(path: path, reason: "it is not a regular file")
    }
    let head: [UInt8]
    do throws(FileError) {
      head = try HostFile.beginning(of: path, count: 256)
    } catch {
      throw .unusableProgram(path: path, reason: error.words)
    }
    guard access(path, X_OK) == 0 else {
      throw .unusableProgram(path: path, reason: "it is not executable (\(errorText(errno))); chmod +x it")
    }
    if head.starts(with: [0x7f, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]) { return nil }
    guard head.starts(with: "#!".utf8) else {
      throw .unusableProgram(
        path: path, reason: head.isEmpty ? "it is empty" : "it is neither an ELF program nor a script with a #! line")
    }
    let line = head[2...].prefix { $0 != UInt8(ascii: "\n") }
    let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = words.first else {
      throw .unusableProgram(path: path, reason: "its #! line names no interpreter")
    }
    let interpreter = String(decoding: first, as: UTF8.self)
    // `#!/usr/bin/env NAME` runs NAME in env's place: that is the program one wants to debug.
    if interpreter.hasSuffix("/env"), words.count > 1, words[1].first != UInt8(ascii: "-") {
      return try find(String(decoding: words[1], as: UTF8.self))
    }
    return try find(interpreter)
  }
}

extension ElfError {
  /// Why the file is of no use, to follow its name.
  var words: String {
    switch reason {
    case .cannotOpen(let number): errorText(number)
    case .empty: "it is empty"
    case .notElf: "it is not an ELF file"
    case .foreignMachine(let name): "it is built for \(name); sdb debugs 64-bit x86 programs"
    case .damaged(let what): "it is damaged: \(what)"
    }
  }
}
