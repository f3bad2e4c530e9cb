/// Where the user's formatters come from, and what became of them.
package struct FormatterReport: Sendable, Equatable, Encodable {
  /// Whether a folder's files are used.
  package enum Status: String, Sendable, Encodable {
    /// The user's own.
    case own
    case trusted
    case refused
    /// A project's, that the user was not asked about, or that has changed since.
    case unknown
  }

  package struct File: Sendable, Equatable, Encodable {
    package let name: String
    /// Types that it has formatters for, as it writes them; none while its folder is not used.
    package let types: [String]
    /// What is wrong with it, each with its place.
    package let problems: [String]
  }

  package struct Folder: Sendable, Equatable, Encodable {
    package let path: String
    package let status: Status
    package let files: [File]
  }

  /// Formatters of the first ones win.
  package let folders: [Folder]

  /// Projects' folders that wait for an answer.
  package var unknown: [Folder] { folders.filter { $0.status == .unknown } }
  package var problems: [String] { folders.flatMap { folder in folder.files.flatMap(\.problems) } }
}
