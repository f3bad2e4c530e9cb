import Glibc
import HostFiles

/// Lines in a file, which is put aside when it is full or its time is over, if that is wanted.
struct FileOutput: LogOutput {
  let path: String
  let rotation: FileRotation?
  /// Folders that are missing are made.
  private let makesFolders: Bool
  private var file: AppendedFile?
  /// The second from which on the file that is open is no longer the current one.
  private var end: Int64 = .max

  init(path: String, rotation: FileRotation? = nil, makesFolders: Bool = false) {
    self.path = path
    self.rotation = rotation
    self.makesFolders = makesFolders
  }

  mutating func open() throws(LogbookError) { _ = try opened() }

  mutating func write(_ line: String, of record: LogRecord) throws(LogbookError) {
    var file = try opened()
    if let rotation, try isOver(file, rotation, line, at: record.time.seconds) {
      // Another sdb may have done it meanwhile.
      try file.locked { () throws(LogbookError) in if file.isInPlace { try rotation.putAside(path, begun: file) } }
      self.file = nil
      file = try opened()
    }
    try file.append(line)
  }

  private mutating func opened() throws(LogbookError) -> AppendedFile {
    // Somebody may have moved it away, or another sdb put it aside.
    if let file, file.isInPlace { return file }
    if makesFolders {
      do throws(FileError) { try HostFile.makeFolders(above: path) } catch {
        throw LogbookError("\(error.path): \(error.words)")
      }
    }
    let opened = try AppendedFile(path)
    file = opened
    end = .max
    if case .time(let period)? = rotation?.rule {
      let state = try opened.state()
      end = period.end(of: state.size > 0 ? state.changed : Timestamp.now.seconds)
    }
    return opened
  }

  private func isOver(
    _ file: AppendedFile, _ rotation: FileRotation, _ line: String, at second: Int64
  ) throws(LogbookError) -> Bool {
    switch rotation.rule {
    case .size(let limit):
      let size = try file.state().size
      return size > 0 && size + line.utf8.count + 1 > limit
    case .time: return second >= end
    }
  }
}
