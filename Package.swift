// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with: warnings are errors, and an import is visible outside of its
/// file only where it says so, so that no C type leaks through a signature.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// A C target of ours: fixed-argument shims over system libraries, imported by one wrapper alone.
func shim(_ name: String, _ dependencies: [Target.Dependency] = [], linking libraries: String...) -> Target {
  .target(name: name, dependencies: dependencies, linkerSettings: libraries.map { .linkedLibrary($0) })
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "sdb",
  products: [.executable(name: "sdb", targets: ["sdb"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    shim("CCompression", linking: "deflate", "zstd", "lzma"),
    shim("CFault"),
    shim("CPtrace", ["CFault"]),
    shim("CElf", ["CFault"], linking: "elf"),
    shim("CDw", ["CFault"], linking: "dw"),
    shim("CDemangle", linking: "stdc++"),
    shim("CDebuginfod"),
    shim("CCapstone"),
    shim("CNcurses", ["CFault"], linking: "ncursesw"),
    shim("CVTerm", linking: "vterm"),

    room("HostFiles"),
    room("Configuration", ["HostFiles", toml]),
    room("MachineModel"),
    room("Compression", ["CCompression"]),
    room("Elf", ["MachineModel", "Compression", "CElf"]),
    room("DebugInfo", ["HostFiles", "MachineModel", "Elf", "CDw", "CDemangle"]),
    room("Debuginfod", ["CDebuginfod"]),
    room("Disassembly", ["MachineModel", "CCapstone"]),
    room("Tracing", ["HostFiles", "MachineModel", "CPtrace"]),
    room(
      "Debugger",
      ["HostFiles", "Configuration", toml, "MachineModel", "Elf", "DebugInfo", "Debuginfod", "Disassembly", "Tracing"]),
    room("Commands", ["HostFiles", "Configuration", "MachineModel", "DebugInfo", "Disassembly", "Debugger"]),
    room("Concurrency", ["HostFiles", "MachineModel", "DebugInfo", "Debugger", "Commands"]),
    room("Logbook", ["HostFiles", "Configuration", toml, "DebugInfo", "Debugger", "Commands", logging]),
    room("VirtualTerminal", ["CVTerm"]),
    room(
      "TerminalInterface",
      [
        "HostFiles", "Configuration", "MachineModel", "DebugInfo", "Debugger", "Commands", "Concurrency",
        "VirtualTerminal", toml,
      ]),
    room("NcursesScreen", ["TerminalInterface", "CNcurses"]),
    .executableTarget(
      name: "sdb",
      dependencies: [
        "HostFiles", "Configuration", "MachineModel", "Debugger", "Commands", "Concurrency", "Logbook",
        "VirtualTerminal", "TerminalInterface", "NcursesScreen", argumentParser, logging,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "sdb-fuzz",
      dependencies: ["MachineModel", "Elf", "DebugInfo", "Debugger", "Commands", argumentParser], path: "Sources/Fuzz",
      swiftSettings: strict),
    room("TestSupport", ["MachineModel"]),

    tests("HostFilesTests", ["HostFiles"]),
    tests("MachineModelTests", ["MachineModel"]),
    tests("ElfTests", ["Elf", "Compression", "MachineModel"]),
    tests("DebugInfoTests", ["DebugInfo", "Elf", "MachineModel"]),
    tests("DisassemblyTests", ["Disassembly", "MachineModel"]),
    tests("TracingTests", ["Tracing", "MachineModel"]),
    tests("DebuggerTests", ["Debugger", "DebugInfo", "Tracing", "MachineModel"]),
    tests("CommandsTests", ["Commands", "Debugger", "DebugInfo", "MachineModel"]),
    tests("ConcurrencyTests", ["Concurrency", "Debugger", "MachineModel"]),
    tests("LogbookTests", ["Logbook", "Configuration", "Debugger", "MachineModel", logging]),
    tests("VirtualTerminalTests", ["VirtualTerminal"]),
    tests(
      "TerminalInterfaceTests",
      [
        "TerminalInterface", "VirtualTerminal", "Commands", "Concurrency", "Logbook", "Debugger", "Configuration",
        "DebugInfo", "MachineModel",
      ]),
    tests("NcursesScreenTests", ["NcursesScreen", "TerminalInterface"]),
    tests("EndToEndTests", ["sdb", "sdb-fuzz"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
