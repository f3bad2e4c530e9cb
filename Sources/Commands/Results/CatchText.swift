package import Debugger
import MachineModel

/// What a stop at a catchpoint says, in gdb's words.
package enum CatchText {
  static func lines(_ report: CatchReport, who: String, frame: String) -> [String] {
    let name = who + (report.isTemporary ? "Temporary catchpoint" : "Catchpoint") + " \(report.id)"
    switch report.event {
    case .load(let names):
      return ["", name, "  Inferior loaded " + names.map(escapedName).joined(separator: "\n    "), frame]
    case .unload(let names):
      return ["", name, "  Inferior unloaded " + names.map(escapedName).joined(separator: "\n    "), frame]
    default: return ["", "\(name) (\(words(report.event))), \(frame)"] + remarks(report.event)
    }
  }

  /// `forked process 4711`.
  package static func words(_ event: CatchReport.Event) -> String {
    switch event {
    case .exception(.throw, _, _): "exception thrown"
    case .exception(.catch, _, _): "exception caught"
    case .exception(.rethrow, _, _): "exception rethrown"
    case .exception(.panic, _, _): "panic"
    case .fork(let child): "forked process \(child)"
    case .vfork(let child): "vforked process \(child)"
    case .exec(let path): "exec'd \(escapedName(path))"
    case .systemCall(let call, isEntry: true): "call to syscall \(call.name)"
    case .systemCall(let call, isEntry: false): "returned from syscall \(call.name)"
    case .signal(let signal): "signal \(signal.name)"
    case .load(let names): "loaded " + names.map(escapedName).joined(separator: ", ")
    case .unload(let names): "unloaded " + names.map(escapedName).joined(separator: ", ")
    }
  }

  /// `std::runtime_error: no such file`.
  private static func remarks(_ event: CatchReport.Event) -> [String] {
    guard case .exception(_, let type, let what) = event else { return [] }
    let parts = [type, what].compactMap { $0 }
    return parts.isEmpty ? [] : [parts.map(escapedName).joined(separator: ": ")]
  }
}
