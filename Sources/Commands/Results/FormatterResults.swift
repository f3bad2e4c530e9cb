package import Debugger

/// `info formatters`.
package struct FormatterList: CommandResult, Equatable {
  package let report: FormatterReport
  package init(report: FormatterReport) { self.report = report }

  package var text: String {
    guard !report.folders.isEmpty else { return "There are no formatters of your own." }
    return report.folders.map(Self.text).joined(separator: "\n")
  }

  private static func text(of folder: FormatterReport.Folder) -> String {
    let remark =
      switch folder.status {
      case .own: ""
      case .trusted: " (trusted)"
      case .refused: " (refused; \"formatter trust\" allows it)"
      case .unknown: " (not used until \"formatter trust\" allows it)"
      }
    var lines = [escapedName(folder.path) + remark + ":"]
    for file in folder.files {
      let types = file.types.map(escapedName).joined(separator: ", ")
      lines.append("  " + escapedName(file.name) + (types.isEmpty ? "" : ": " + types))
      lines += file.problems.map { "    error: " + escapedName($0) }
    }
    return lines.joined(separator: "\n")
  }

  package func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }
}
