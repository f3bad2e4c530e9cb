import Debugger
import HostFiles

/// The user's own formatters.
enum FormatterCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "formatter", [], .data, "formatter reload | trust [FOLDER] | distrust [FOLDER]",
      "Read your own summaries of values anew, or agree to those of a project.",
      details: "They stand in formatters/*.toml of sdb's configuration folder, and in .sdb/formatters/*.toml of the\n"
        + "project that the working folder or the program lies in. Those of a project are used once you have\n"
        + "agreed to them, as they evaluate expressions; changed ones have to be agreed to again.",
      arguments: [.word(["reload", "trust", "distrust"]), .directory], handler: formatter)
  ]

  static let info = CommandDescriptor(
    "formatters", [], .data, "info formatters",
    "Your own summaries of values: files, types, and what is wrong in them.",
    handler: { FormatterList(report: await $0.session.loadFormatters()) })

  private static func formatter(_ context: CommandContext) async throws -> any CommandResult {
    let (word, rest) = context.arguments.firstWord
    let folder = rest.isEmpty ? nil : HostPath.absolute(HostPath.expandingHome(rest))
    switch word {
    case "reload": return FormatterList(report: await context.session.loadFormatters())
    case "trust": return FormatterList(report: try await context.session.trustFormatters(true, in: folder))
    case "distrust": return FormatterList(report: try await context.session.trustFormatters(false, in: folder))
    default: throw CommandError("\"formatter\" must be followed by reload, trust or distrust.")
    }
  }
}

extension CommandInterpreter {
  /// Reads the user's formatters when a program is taken. Whoever can be asked is asked about those of a project that
  /// are new; else the answer tells how they are allowed, and what is wrong with the others: lines for the user.
  package func loadFormatters() async -> [String] {
    var report = await session.loadFormatters()
    var remarks: [String] = []
    for folder in report.unknown {
      guard let ask = options.confirm else {
        remarks.append("\(folder.path) is not used until \"formatter trust\" allows it.")
        continue
      }
      let names = folder.files.map(\.name).joined(separator: ", ")
      let isTrusted = await ask(
        "This project has formatters of its own: \(names) in \(folder.path).\n"
          + "They evaluate expressions when values are shown. Use them?")
      do throws(SessionError) {
        report = try await session.trustFormatters(isTrusted, in: folder.path)
      } catch {
        remarks.append(error.description)
      }
    }
    return report.problems.map { "warning: \($0)" } + remarks
  }
}
