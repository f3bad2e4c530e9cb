package import MachineModel

/// A catchpoint that a stop is due to, and what it has caught.
package struct CatchReport: Sendable, Equatable {
  package enum Event: Sendable, Equatable {
    /// With the name of the exception's type and what its `what()` says, where these are known.
    case exception(ExceptionStage, type: String?, what: String?)
    case fork(ProcessID)
    case vfork(ProcessID)
    /// The program's path.
    case exec(String)
    case systemCall(SystemCall, isEntry: Bool)
    case signal(Signal)
    case load([String])
    case unload([String])
  }
  package let id: Int
  package let isTemporary: Bool
  package let event: Event

  package init(id: Int, isTemporary: Bool, event: Event) {
    self.id = id
    self.isTemporary = isTemporary
    self.event = event
  }
}

extension CatchReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case event, process, program, syscall, number, signal, libraries, exception, what
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func put(_ name: String) throws { try container.encode(name, forKey: .event) }
    switch event {
    case .exception(let stage, let type, let what):
      try put(stage.rawValue)
      try container.encode(type, forKey: .exception)
      try container.encode(what, forKey: .what)
    case .fork(let child):
      try put("fork")
      try container.encode(child.rawValue, forKey: .process)
    case .vfork(let child):
      try put("vfork")
      try container.encode(child.rawValue, forKey: .process)
    case .exec(let path):
      try put("exec")
      try container.encode(path, forKey: .program)
    case .systemCall(let call, let isEntry):
      try put(isEntry ? "syscall-entry" : "syscall-return")
      try container.encode(call.name, forKey: .syscall)
      try container.encode(call.number, forKey: .number)
    case .signal(let signal):
      try put("signal")
      try container.encode(signal.name, forKey: .signal)
    case .load(let names):
      try put("load")
      try container.encode(names, forKey: .libraries)
    case .unload(let names):
      try put("unload")
      try container.encode(names, forKey: .libraries)
    }
  }
}
