import DebugInfo
import Debuginfod
import HostFiles
import MachineModel

extension DebugSession {
  /// A file as the debug information names it, or a part of its path. Looked for on disk, then in the debug information
  /// itself, then on debuginfod servers, whose answer is waited for without holding anyone else up.
  package func sourceText(_ file: String) async throws(SessionError) -> SourceText {
    if let text = sources.text(of: file) { return text }
    if let text = try await readSource(file) { return text }
    // Looking through all files of all units takes time, and a whole path has no other; nor has one of a compilation whose folder
    // was hidden (`-fdebug-prefix-map`): `./nptl/../sysdeps/…`.
    guard !file.hasPrefix("/"), !file.hasPrefix("./"), !file.hasPrefix("../") else { throw .noSource(file) }
    try await indexed(.units)
    let known = await symbols.sourceFiles().first { $0 == file || $0.hasSuffix("/" + file) }
    if let known, let text = try await readSource(known) { return text }
    throw .noSource(file)
  }

  private func readSource(_ file: String) async throws(SessionError) -> SourceText? {
    let record = file.hasPrefix("/") ? try await sourceFileRecord(file) : nil
    if let (text, bytes) = sources.read(file, at: settings.sources.candidates(file)) {
      let doubt = record.flatMap { self.doubt(about: text.path, bytes, $0) }
      if let doubt { notify(doubt.warning(text.path)) }
      return sources.keep(file, text.doubted(doubt))
    }
    guard let record else { return nil }
    if let embedded = record.text { return sources.keep(file, bytes: embedded, path: file) }
    guard let path = await fetchSource(file, record.image) else { return nil }
    return sources.read(file, at: [path])?.text
  }

  /// The image that a file is asked about is mostly one that is known already: others are waited for only where it is not.
  private func sourceFileRecord(_ file: String) async throws(SessionError) -> SourceFileRecord? {
    if let record = symbols.sourceFileRecord(file, onlyKnown: true) { return record }
    try await indexed(.units)
    return symbols.sourceFileRecord(file)
  }

  /// Whether a file is what the program was compiled from. Its checksum tells for sure, where there is one; times only
  /// warn.
  private func doubt(about path: String, _ bytes: [UInt8], _ record: SourceFileRecord) -> SourceText.Doubt? {
    if let checksum = record.checksum { return MD5.checksum(bytes) == checksum ? nil : .changed }
    guard let source = FileIdentity(of: path), let program = FileIdentity(of: record.image.mapping.path) else {
      return nil
    }
    return source.modified / 1_000_000_000 > program.modified / 1_000_000_000 ? .newer : nil
  }
}
