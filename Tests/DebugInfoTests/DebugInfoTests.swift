import DebugInfo
import MachineModel
import TestSupport
import Testing

/// An image on its own, at the addresses that its file states.
func symbols(of path: String) throws -> ProgramSymbols {
  let symbols = ProgramSymbols()
  _ = try symbols.add(ImageMapping(path: path, name: path, bias: 0))
  return symbols
}

/// The ways a fixture is compiled in for tests of places.
struct Build: CustomTestStringConvertible, Sendable {
  let compiler: String
  let flags: [String]
  var testDescription: String { "\(compiler) \(flags.joined(separator: " "))" }

  static let unoptimized = [
    Build(compiler: "gcc", flags: ["-g", "-O0"]),
    Build(compiler: "gcc", flags: ["-gdwarf-4", "-O0"]),
    Build(compiler: "gcc", flags: ["-g", "-O0", "-no-pie"]),
    Build(compiler: "gcc", flags: ["-g", "-O0", "-static"]),
    Build(compiler: "gcc", flags: ["-g", "-O0", "-gz"]),
    Build(compiler: "gcc", flags: ["-g", "-O0", "-ffunction-sections", "-Wl,--gc-sections"]),
    Build(compiler: "clang", flags: ["-g", "-O0"]),
    Build(compiler: "clang", flags: ["-gdwarf-4", "-O0"]),
  ]
  static let optimized = [
    Build(compiler: "gcc", flags: ["-g", "-O2"]),
    Build(compiler: "gcc", flags: ["-gdwarf-4", "-O2"]),
    Build(compiler: "clang", flags: ["-g", "-O2"]),
  ]

  func program(_ source: String) throws -> String {
    try Fixture.compile(source, flags: flags, compiler: compiler)
  }
}
