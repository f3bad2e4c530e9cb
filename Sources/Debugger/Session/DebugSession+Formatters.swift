import Configuration
import HostFiles

/// The user's own formatters: finding, trusting, reading them.
extension DebugSession {
  /// Reads them anew, all that may be used: the user's own, and those of a project that was agreed to. Costs some
  /// system calls where there are none.
  @discardableResult
  package func loadFormatters() -> FormatterReport {
    let trust = FormatterTrust()
    var formatters: [UserFormatter] = []
    var folders: [FormatterReport.Folder] = []
    for folder in FormatterFolder.all(program: program) {
      let status: FormatterReport.Status =
        if !folder.isProject { .own } else {
          switch trust.answer(for: folder) {
          case true?: .trusted
          case false?: .refused
          case nil: .unknown
          }
        }
      var files = folder.problems.map {
        FormatterReport.File(name: $0.name, types: [], problems: ["\(folder.path)/\($0.name): \($0.reason)"])
      }
      for file in folder.files {
        guard status == .own || status == .trusted else {
          files.append(FormatterReport.File(name: file.name, types: [], problems: []))
          continue
        }
        do throws(ConfigurationError) {
          let parsed = try UserFormatterFile(path: "\(folder.path)/\(file.name)", contents: file.contents)
          formatters += parsed.formatters
          files.append(
            FormatterReport.File(
              name: file.name, types: parsed.formatters.map(\.pattern.text), problems: parsed.problems))
        } catch {
          files.append(FormatterReport.File(name: file.name, types: [], problems: [error.description]))
        }
      }
      folders.append(FormatterReport.Folder(path: folder.path, status: status, files: files))
    }
    let had = settings.userFormatters != nil
    settings.userFormatters = formatters.isEmpty ? nil : UserFormatters(formatters)
    // What is on the screen may look different now.
    if had || !formatters.isEmpty { sink.yield(.dataChanged) }
    return FormatterReport(folders: folders)
  }

  /// Agrees to a project's formatters as they are now, or refuses them, and reads all anew. `path` is its
  /// `.sdb/formatters`, or a folder that has them; nil: all of the projects at hand.
  @discardableResult
  package func trustFormatters(_ isTrusted: Bool, in path: String?) throws(SessionError) -> FormatterReport {
    let wanted = path.map { HostPath.resolved($0) ?? $0 }
    let folders = FormatterFolder.all(program: program).filter { folder in
      guard folder.isProject else { return false }
      return wanted.map {
        folder.path == $0 || folder.path == "\($0)/.sdb/formatters" || folder.path == "\($0)/formatters"
      }
        ?? true
    }
    guard !folders.isEmpty else {
      throw .refused("There are no formatters of a project\(path.map { " in \($0)" } ?? "").")
    }
    for folder in folders {
      do throws(FileError) { try FormatterTrust().remember(isTrusted, folder) } catch {
        throw .refused("The answer can't be kept: \(error)")
      }
    }
    return loadFormatters()
  }

  /// Tells of formatters that failed since this was last called.
  func reportFormatterProblems() {
    for problem in settings.userFormatters?.takeProblems() ?? [] { notify("warning: " + problem) }
  }
}
