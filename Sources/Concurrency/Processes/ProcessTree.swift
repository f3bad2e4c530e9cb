package import Debugger
import HostFiles
package import MachineModel

/// A process and its descendants, as the system sees them just now.
package struct ProcessTree: Sendable, Encodable, Equatable {
  package let id: ProcessID
  /// Its arguments, or its name in brackets where it has none left.
  package let commandLine: String
  package let state: State
  /// The system call that it sleeps in, by name; nil where it sleeps in none, or may not be asked.
  package let systemCall: String?
  package let threads: Int
  /// Its number among the inferiors, where there are several.
  package let inferior: Int?
  package let children: [ProcessTree]

  /// The letters of proc(5), /proc/PID/stat.
  package enum State: String, Sendable, Encodable {
    case running = "R"
    case sleeping = "S"
    case uninterruptible = "D"
    case stopped = "T"
    case traced = "t"
    case zombie = "Z"
    case other = "?"

    package var word: String {
      switch self {
      case .running: "running"
      case .sleeping: "sleeping"
      case .uninterruptible: "waiting for a device"
      case .stopped: "stopped"
      case .traced: "stopped by a debugger"
      case .zombie: "ended, not waited for"
      case .other: "unknown"
      }
    }
    package func encode(to encoder: any Encoder) throws { try word.encode(to: encoder) }
  }

  package init(
    id: ProcessID, commandLine: String, state: State, systemCall: String?, threads: Int, inferior: Int? = nil,
    children: [ProcessTree]
  ) {
    self.id = id
    self.commandLine = commandLine
    self.state = state
    self.systemCall = systemCall
    self.threads = threads
    self.inferior = inferior
    self.children = children
  }

  /// What a session debugs: from the current process on, or from the first of its inferiors where the current one descends from that. nil
  /// without a process. Takes as long as the other initializer.
  package init?(debuggedBy session: DebugSession) async {
    let rows = await session.inferiorRows().filter { $0.process != nil }
    guard let current = rows.first(where: \.current)?.process, let first = rows.first?.process else { return nil }
    var numbers: [ProcessID: Int] = [:]
    if await session.hasSeveralInferiors { for row in rows { row.process.map { numbers[$0] = row.id } } }
    guard let tree = ProcessTree(of: first, inferiors: numbers), tree.contains(current) else {
      self.init(of: current, inferiors: numbers)
      return
    }
    self = tree
  }

  private func contains(_ process: ProcessID) -> Bool {
    id == process || children.contains { $0.contains(process) }
  }

  /// nil where there is no such process. Reads the file of each process of the system once.
  /// - Parameter inferiors: the numbers of those that have some.
  package init?(of process: ProcessID, inferiors: [ProcessID: Int] = [:]) {
    var children: [Int32: [Int32]] = [:]
    var records: [Int32: ProcessRecord] = [:]
    for name in HostFolder.names(in: "/proc") {
      guard let id = Int32(name), let record = ProcessRecord(of: id) else { continue }
      records[id] = record
      children[record.parent, default: []].append(id)
    }
    guard let tree = Self.tree(process.rawValue, records, children, inferiors) else { return nil }
    self = tree
  }

  private static func tree(
    _ id: Int32, _ records: [Int32: ProcessRecord], _ children: [Int32: [Int32]], _ inferiors: [ProcessID: Int]
  ) -> ProcessTree? {
    guard let record = records[id] else { return nil }
    return ProcessTree(
      id: ProcessID(id), commandLine: record.commandLine, state: record.state, systemCall: record.systemCall,
      threads: record.threads, inferior: inferiors[ProcessID(id)],
      children: (children[id] ?? []).sorted().compactMap { tree($0, records, children, inferiors) })
  }
}

/// What /proc tells of one process (proc(5)).
private struct ProcessRecord {
  private let id: Int32
  private let name: String
  let parent: Int32
  let state: ProcessTree.State
  let threads: Int

  init?(of id: Int32) {
    guard let text = Self.text("/proc/\(id)/stat"), let open = text.firstIndex(of: "("),
      let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 17, let parent = Int32(fields[1]), let threads = Int(fields[17]) else { return nil }
    self.id = id
    self.parent = parent
    self.threads = threads
    name = String(text[text.index(after: open)..<close])
    state = ProcessTree.State(rawValue: String(fields[0])) ?? .other
  }

  /// Arguments are ended by zero bytes; the kernel's own threads and those that have ended have none.
  var commandLine: String {
    let words = Self.text("/proc/\(id)/cmdline")?.split(separator: "\0").joined(separator: " ") ?? ""
    return words.isEmpty ? "[\(name)]" : words
  }

  /// The number comes first; what runs has a word instead.
  var systemCall: String? {
    guard let text = Self.text("/proc/\(id)/syscall"), let number = Int(text.prefix { $0 != " " && $0 != "\n" }),
      number >= 0
    else { return nil }
    return SystemCall(number: number).name
  }

  private static func text(_ path: String) -> String? {
    (try? HostFile.contents(of: path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }
}
