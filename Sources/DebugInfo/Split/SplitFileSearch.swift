import Elf

/// Where an image's split units are looked for: in `PROGRAM.dwp` beside the program or its debug file, else as the
/// compiler named their files, else by the same name beside the program and below the folders of debug files.
struct SplitFileSearch: Sendable {
  /// The program as the user names it.
  let program: String
  /// The file that has the skeletons.
  let debugFile: String
  let directories: [String]
  let notices: DebugInfoNotices

  /// Without doubles.
  private func unique(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }

  var packages: [String] {
    let name = program.split(separator: "/").last.map { "\($0).dwp" } ?? ""
    var beside = ["\(program).dwp", "\(debugFile).dwp"]
    if debugFile.hasSuffix(".debug") { beside.append("\(debugFile.dropLast(6)).dwp") }
    return unique(beside + directories.map { "\($0)/\(name)" })
  }

  func candidates(_ skeleton: Skeleton) -> [String] {
    let name = skeleton.name
    let base = name.split(separator: "/").last.map(String.init) ?? name
    let folders =
      [DebugFileLocator.directory(of: program), DebugFileLocator.directory(of: debugFile), "."] + directories
    if name.hasPrefix("/") { return unique([name] + folders.map { "\($0)/\(base)" }) }
    let recorded = skeleton.directory.map { ["\($0)/\(name)"] } ?? []
    return unique(recorded + folders.flatMap { ["\($0)/\(name)", "\($0)/\(base)"] })
  }

  func tellMissing(_ skeleton: Skeleton) {
    notices.add(
      "warning: Could not find DWO CU \(skeleton.name)(0x\(hexadecimal(skeleton.signature))) referenced by CU "
        + "at offset 0x\(String(skeleton.offset, radix: 16)) [in module \(program)]")
  }

  private func hexadecimal(_ number: UInt64) -> String { String(number, radix: 16) }
}
