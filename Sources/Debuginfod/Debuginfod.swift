import CDebuginfod
import Dispatch
import Glibc
import Synchronization

/// Debug information, programs and source files from debuginfod servers (debuginfod(8)): those that `DEBUGINFOD_URLS`
/// names unless the user says others, through a cache on disk that all programs with the same library share (debuginfod_find_debuginfo(3)).
package enum Debuginfod {
  package enum Artifact: Sendable, Hashable {
    case debugInfo, executable
    /// By its absolute path, as the compiler had it.
    case source(String)
  }

  package enum Failure: Error, Sendable, Equatable {
    /// No server has it.
    case notFound
    /// It was given up: the task was cancelled.
    case cancelled
    /// The library is not installed.
    case noLibrary
    /// The connection failed, as errno has it.
    case failed(Int32)
  }

  /// How far a download is, in bytes; 0 of a total that is not known yet.
  package struct Progress: Sendable, Equatable {
    package let done: Int
    package let total: Int
  }

  /// What the library takes the servers from.
  package static let variable = "DEBUGINFOD_URLS"
  /// Its value at the first question about it; `find` changes it.
  package static let inherited = getenv(variable).map { String(cString: $0) }

  /// The servers that the environment names.
  package static var servers: [String] { inherited?.split(separator: " ").map(String.init) ?? [] }

  /// The path of a file of a build. Asks one of `servers` after another on a thread of its own, until one has it; ends within a
  /// second where the task is cancelled, and where a server keeps silent, after `DEBUGINFOD_TIMEOUT` seconds (90).
  package static func find(
    _ artifact: Artifact, buildID: [UInt8], servers: [String],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async -> Result<String, Failure> {
    let request = Request(progress: progress)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue(for: artifact).async { continuation.resume(returning: request.carryOut(artifact, buildID, servers)) }
      }
    } onCancel: {
      request.isCancelled.store(true, ordering: .relaxed)
    }
  }

  // One download at a time each: a source file does not wait for the debug information of all libraries.
  private static let files = DispatchQueue(label: "debuginfod.files", qos: .utility)
  private static let sources = DispatchQueue(label: "debuginfod.sources", qos: .utility)

  private static func queue(for artifact: Artifact) -> DispatchQueue {
    if case .source = artifact { return sources }
    return files
  }
}

/// A search under way, as the library's thread sees it.
private final class Request: Sendable {
  let isCancelled = Atomic(false)
  private let progress: @Sendable (Debuginfod.Progress) -> Void

  init(progress: @escaping @Sendable (Debuginfod.Progress) -> Void) { self.progress = progress }

  func carryOut(_ artifact: Debuginfod.Artifact, _ buildID: [UInt8], _ servers: [String]) -> Result<
    String, Debuginfod.Failure
  > {
    guard !isCancelled.load(ordering: .relaxed) else { return .failure(.cancelled) }
    let kind: sdb_debuginfod_kind
    var source: String?
    switch artifact {
    case .debugInfo: kind = SDB_DEBUGINFOD_DEBUGINFO
    case .executable: kind = SDB_DEBUGINFOD_EXECUTABLE
    case .source(let path):
      kind = SDB_DEBUGINFOD_SOURCE
      source = path
    }
    var path: UnsafeMutablePointer<CChar>?
    let status = sdb_debuginfod_find(
      servers.joined(separator: " "), kind, buildID, buildID.count, source,
      { context, done, total in
        guard let context else { return false }
        return Unmanaged<Request>.fromOpaque(context).takeUnretainedValue().report(done, total)
      }, Unmanaged.passUnretained(self).toOpaque(), &path)
    defer { free(path) }
    switch -status {
    case 0: return path.map { .success(String(cString: $0)) } ?? .failure(.notFound)
    case ENOENT: return .failure(.notFound)
    case EINTR: return .failure(.cancelled)
    case ENOSYS: return .failure(.noLibrary)
    default: return .failure(.failed(-status))
    }
  }

  private func report(_ done: Int, _ total: Int) -> Bool {
    progress(Debuginfod.Progress(done: max(0, done), total: max(0, total)))
    return !isCancelled.load(ordering: .relaxed)
  }
}
