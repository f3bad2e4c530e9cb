import Glibc
import HostFiles

/// When a file of lines is put aside, and how many such files are kept.
package struct FileRotation: Sendable, Equatable {
  package enum Rule: Sendable, Equatable {
    /// Before a line would make it longer than so many bytes. Older files are `NAME.1` (the youngest), `NAME.2` …
    case size(Int)
    /// With a record of a new period. Older files have the period's beginning behind their name.
    case time(Period)
  }

  package enum Period: String, Sendable, CaseIterable {
    case minute, hour, day

    /// The second, of a moment's period by the machine's clock, that the next one begins with.
    func end(of second: Int64) -> Int64 {
      var time = time_t(second)
      var parts = tm()
      localtime_r(&time, &parts)
      parts.tm_sec = 0
      // mktime(3) carries what is too much over to the next field, over changes of daylight saving time too.
      parts.tm_isdst = self == .day ? -1 : parts.tm_isdst
      switch self {
      case .minute: parts.tm_min += 1
      case .hour:
        parts.tm_min = 0
        parts.tm_hour += 1
      case .day:
        parts.tm_min = 0
        parts.tm_hour = 0
        parts.tm_mday += 1
      }
      return max(Int64(mktime(&parts)), second + 1)
    }

    /// What tells its files apart.
    func suffix(of second: Int64) -> String {
      let format =
        switch self {
        case .minute: "%Y-%m-%d_%H-%M"
        case .hour: "%Y-%m-%d_%H"
        case .day: "%Y-%m-%d"
        }
      return Timestamp(seconds: second).formatted(format)
    }
  }

  package let rule: Rule
  /// Older files kept.
  package let kept: Int

  package init(_ rule: Rule, kept: Int) {
    self.rule = rule
    self.kept = kept
  }

  /// Gives the current file its name among the older ones, and removes those that are too many.
  func putAside(_ path: String, begun file: AppendedFile) throws(LogbookError) {
    guard kept > 0 else {
      unlink(path)
      return
    }
    switch rule {
    case .size:
      for number in stride(from: kept - 1, to: 0, by: -1) { rename("\(path).\(number)", "\(path).\(number + 1)") }
      try move(path, to: "\(path).1")
    case .time(let period):
      let name = "\(path).\(period.suffix(of: try file.state().changed))"
      // The same hour may come twice, when clocks are set back.
      var (free, number) = (name, 1)
      while HostPath.exists(free) {
        number += 1
        free = "\(name).\(number)"
      }
      try move(path, to: free)
      for old in older(than: path).dropLast(kept) { unlink(old) }
    }
  }

  private func move(_ path: String, to other: String) throws(LogbookError) {
    guard rename(path, other) == 0 else { throw LogbookError("\(other): \(errorText(errno))") }
  }

  /// Files put aside by time; the names sort by it.
  private func older(than path: String) -> [String] {
    let folder = HostPath.parent(of: path)
    let beginning = HostPath.lastComponent(of: path) + "."
    return HostFolder.names(in: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
      .filter { name in
        name.hasPrefix(beginning) && name.dropFirst(beginning.count).allSatisfy { $0.isNumber || "-_.".contains($0) }
      }
      .sorted().map { (path.contains("/") ? folder + "/" : "") + $0 }
  }
}
