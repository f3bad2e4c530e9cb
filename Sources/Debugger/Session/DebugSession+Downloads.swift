import DebugInfo
import Debuginfod
import Elf
import HostFiles
import MachineModel
import Synchronization

/// What is fetched from debuginfod servers, and what came of it.
struct Downloads {
  /// Build-ids that were asked for; each is, once.
  var asked: Set<String> = []
  /// nil until the user was asked.
  var isAllowed: Bool?
  /// A server failed, and the user was told: the others would, too, after as long a time.
  var hasFailed = false
  /// Debug files that came, by build-id: for images that are there, and for the same ones in the next process.
  var files: [String: String] = [:]
}

/// A download under way, for those who watch.
package struct DownloadProgress: Sendable, Equatable {
  /// What it is, as in `separate debug info for /usr/bin/x`.
  package let subject: String
  /// Bytes; a total of 0 is not known yet.
  package let done: Int
  package let total: Int
}

/// `set debuginfod enabled`.
package enum DebuginfodUse: String, Sendable, CaseIterable {
  case on, off, ask
}

extension DebugSession {
  /// Asks debuginfod servers for the debug information that images have not, unless that is switched off; returns at once.
  /// What comes is taken over between stops, and breakpoints are resolved anew.
  func fetchMissingDebugFiles() {
    guard settings.debuginfod != .off, !isDownloading, !settings.debuginfodServers.isEmpty, missingDebugFile != nil
    else { return }
    downloading.withLock { $0 = Task { [weak self] in await self?.fetchDebugFiles() } }
  }

  /// Returns when nothing is being fetched any more.
  package nonisolated func downloadsEnded() async { await downloading.withLock { $0 }?.value }

  private var missingDebugFile: ImageInfo? {
    symbols.images.first { image in
      !image.hasDebugInfo && image.mapping.name != "[vdso]"
        && image.buildID.map { !downloads.asked.contains($0) } ?? false
    }
  }

  private func fetchDebugFiles() async {
    while await mayDownload(), !downloads.hasFailed, !Task.isCancelled, let image = missingDebugFile,
      let id = image.buildID
    {
      downloads.asked.insert(id)
      let subject = "separate debug info for \(image.mapping.name)"
      guard let path = await fetch(.debugInfo, id, subject: subject) else { continue }
      downloads.files[id] = path
      await takeArrivedDebugFiles()
    }
    downloading.withLock { $0 = nil }
  }

  /// Takes over what was fetched, where no running process can be in the way of new breakpoints.
  func takeArrivedDebugFiles() async {
    if case .running = state { return }
    guard takeFetchedDebugFiles() else { return }
    forgetStacks()
    await resolveBreakpoints()
    sink.yield(.imagesChanged)
  }

  /// Gives what was fetched to those images that have no debug information; false where there is none for any.
  @discardableResult
  func takeFetchedDebugFiles() -> Bool {
    guard !downloads.files.isEmpty else { return false }
    var isTaken = false
    for image in symbols.images where !image.hasDebugInfo {
      guard let id = image.buildID, let path = downloads.files[id] else { continue }
      do {
        try symbols.setDebugFile(path, ofImage: image.number)
        isTaken = true
      } catch {
        downloads.files[id] = nil
        notify("warning: \(path): \(error.words)")
      }
    }
    return isTaken
  }

  /// A source file of an image, by the name that its compiler had; nil where no server has it, or none is to be asked.
  func fetchSource(_ file: String, _ image: ImageInfo) async -> String? {
    guard let id = image.buildID, settings.debuginfod != .off, !settings.debuginfodServers.isEmpty,
      !downloads.hasFailed,
      await mayDownload()
    else { return nil }
    return await fetch(.source(file), id, subject: "source file \(file)")
  }

  private func fetch(_ artifact: Debuginfod.Artifact, _ buildID: String, subject: String) async -> String? {
    let sink = sink
    let isShown = settings.debuginfodVerbosity > 0
    let result = await Debuginfod.find(
      artifact, buildID: bytes(ofDigits: buildID), servers: settings.debuginfodServers
    ) { progress in
      guard isShown else { return }
      sink.yield(.download(DownloadProgress(subject: subject, done: progress.done, total: progress.total)))
    }
    sink.yield(.downloadEnded)
    switch result {
    case .success(let path):
      return path
    case .failure(.notFound), .failure(.cancelled): return nil
    case .failure(.noLibrary):
      downloads.hasFailed = true
      notify("warning: There are debuginfod URLs, but libdebuginfod.so.1 is not installed.")
    case .failure(.failed(let number)):
      downloads.hasFailed = true
      notify("Download failed: \(errorText(number)).  Continuing without \(subject).")
    }
    return nil
  }

  /// Asks the user, once; where nobody can answer, no.
  private func mayDownload() async -> Bool {
    switch settings.debuginfod {
    case .on: return true
    case .off: return false
    case .ask: break
    }
    if let known = downloads.isAllowed { return known }
    let servers = settings.debuginfodServers.map { "  <\($0)>" }.joined(separator: "\n")
    let offer = "sdb can download debug information from the following URLs:\n\(servers)\n"
    let answer: Bool
    if let consent {
      answer = await consent(offer + "Enable debuginfod for this session?")
    } else {
      answer = false
      notify(
        offer + "Debuginfod is not used: nobody can be asked.\n"
          + "To use it, \"set debuginfod enabled on\"; to silence this, \"set debuginfod enabled off\".")
    }
    downloads.isAllowed = answer
    return answer
  }

  private func bytes(ofDigits digits: String) -> [UInt8] {
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}
