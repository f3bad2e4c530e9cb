import DebugInfo
package import MachineModel
import Tracing

/// What is asked of all threads at once.
extension DebugSession {
  /// Frames of one stack beyond this are left out.
  private static let deepestStack = 256

  /// The stacks of all threads, by the threads' numbers. Unwinds each stack once a stop, looks at no variable; linear
  /// in the number of threads. Throws without a stopped process.
  package func threadStacks() async throws(SessionError) -> [ThreadStack] {
    let process = try stoppedProcess()
    var found: [ThreadStack] = []
    await openStacks(of: process)
    for (thread, walker) in stacks {
      _ = walker.frame(Self.deepestStack - 1)
      found.append(
        ThreadStack(
          thread: threadSnapshot(thread), isCurrent: thread == selection.thread, registers: walker.registers,
          frames: walker.frames.prefix(Self.deepestStack).map { snapshot(of: $0, arguments: []) }))
    }
    return found.sorted { $0.thread.id < $1.thread.id }
  }

  /// How many stops there have been.
  package var stopCount: Int { generation }

  /// The thread that the last stop was about.
  package var stoppedThread: ThreadID? { lastStop?.thread.tid }

  /// The memory of the stopped process.
  package func stoppedMemory() throws(SessionError) -> any MemoryReader { try stoppedProcess().memory }

  /// `first`, `table+8`: the symbol that covers an address, where one does.
  package func symbolName(at address: VirtualAddress) -> String? { symbolText(address) }

  /// The variable, of the first of these frames that has one, that covers an address or leads to an object that does,
  /// by two pointers or references at most. Looks at the variables of these frames.
  package func object(
    at address: VirtualAddress, seenFrom thread: ThreadID, levels: some Sequence<Int>
  ) async -> FoundObject? {
    for level in levels {
      for (variable, value) in await variables(of: thread, level: level) {
        var search = ObjectSearch(address: address, arrow: value.type.language == .rust ? "." : "->")
        if let steps = search.steps(to: value, named: variable.name) { return FoundObject(steps: steps, level: level) }
      }
    }
    return nil
  }

  /// The variables of these frames whose type's name `isWanted` accepts, with what they refer to.
  package func referringObjects(
    of thread: ThreadID, levels: some Sequence<Int>, isWanted: @Sendable (String) -> Bool
  ) async -> [ReferringObject] {
    var found: [ReferringObject] = []
    for level in levels {
      for (variable, value) in await variables(of: thread, level: level) {
        guard let type = variable.type.stripped.name, isWanted(type) else { continue }
        var contents = ObjectContents()
        contents.add(value)
        found.append(
          ReferringObject(
            variable: variable.name, type: type, level: level, line: variable.declaration?.line,
            referents: contents.referents, flags: contents.flags))
      }
    }
    return found
  }

  private func variables(of thread: ThreadID, level: Int) async -> [(Variable, Value)] {
    guard let process, let frame = try? await walker(of: thread).frame(level), let entry = frame.scope?.entry else {
      return []
    }
    let scope = await frameScope(frame, thread: thread, process: process)
    return symbols.variables(in: entry, at: scope.lookupAddress).map { ($0, scope.value($0)) }
  }
}

/// What the members of an object, at any depth, refer to and say.
private struct ObjectContents {
  private(set) var referents: [Range<VirtualAddress>] = []
  private(set) var flags: [String: Bool] = [:]
  private var remaining = 100

  mutating func add(_ value: Value, named name: String? = nil) {
    remaining -= 1
    guard remaining > 0 else { return }
    let type = value.type.stripped
    if type.kind == .pointer || type.isReference {
      guard let size = type.target?.stripped.size, let start = try? value.pointed(), start.rawValue > 4096 else {
        return
      }
      let end = start + size
      if start < end { referents.append(start..<end) }
    } else if type.isAggregate {
      for member in type.members where member.kind != .staticField {
        if let part = value.part(member) { add(part, named: member.name) }
      }
    } else if type.kind == .base(.boolean), let name, let bits = try? value.integer() {
      flags[name] = bits.bits != 0
    }
  }
}
