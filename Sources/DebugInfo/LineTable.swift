import CDw
import Elf

/// A unit's line table (DWARF 5 §6.2), reduced to the rows that count for a debugger:
/// - rows of line 0 are left out, so their code belongs to the line before;
/// - of rows at one address in different files the last one wins, unless it starts no statement and another does;
/// - rows that only distinguish blocks of one line (discriminators) are one.
///
/// That is how gdb reads it, so that steps and breakpoints end where its users expect.
struct LineTable {
  struct Row {
    let address: UInt64
    let line: UInt32
    let file: UInt32
    let column: UInt16
    let isStatement: Bool
    /// Where a breakpoint on the function belongs, by its compiler.
    let endsPrologue: Bool
    /// The first address past a sequence; has no line.
    let endsSequence: Bool
  }
  private(set) var rows: [Row] = []
  /// Absolute where the unit's directory is known.
  private(set) var files: [String] = []
  /// The same, as the compiler wrote them: by the folders that it was told of.
  private(set) var recordedFiles: [String] = []

  static let empty = LineTable()
  private init() {}

  /// Reads the table of `unit`. `contains` tells code that was linked from what the linker dropped
  /// (its rows begin at address 0).
  init(_ unit: DIE, contains: (UInt64) -> Bool) {
    var table = sdb_lines()
    guard unit.with({ sdb_get_lines($0, &table) }) == 0 else { return }
    let folder = unit.string(DW_AT_comp_dir)
    recordedFiles = (0..<table.file_count).map { index in
      unit.with { sdb_line_file($0, &table, index) }.string ?? ""
    }
    files = recordedFiles.map { path in
      path.isEmpty ? "" : sourcePath(path, in: folder)
    }
    rows.reserveCapacity(table.count)
    var reduction = Reduction()
    for index in 0..<table.count {
      let row = sdb_line(&table, index)
      if row.ends_sequence || contains(row.address) { reduction.add(row, to: &rows) }
    }
  }

  /// What is to be remembered from row to row.
  private struct Reduction {
    private var last: sdb_line_row?
    private var address: UInt64 = .max
    private var hasStatementAtAddress = false
    private var hasDiscriminator = false

    mutating func add(_ row: sdb_line_row, to rows: inout [Row]) {
      guard !row.ends_sequence else {
        // Rows without code before the end are none.
        while let end = rows.last, end.address == row.address, !end.endsSequence { rows.removeLast() }
        if let end = rows.last, !end.endsSequence { rows.append(Row(row)) }
        self = Reduction()
        return
      }
      let isNewFile = last?.file != row.file
      let isAtSameAddress = address == row.address
      let isShadowed = isNewFile && isAtSameAddress && !row.is_statement && hasStatementAtAddress
      if !isAtSameAddress { hasStatementAtAddress = false }
      address = row.address
      hasStatementAtAddress = hasStatementAtAddress || row.is_statement
      guard row.line != 0, !isShadowed else { return }
      let isNewLine = isNewFile || last?.line != row.line
      hasDiscriminator = row.discriminator != 0 || (!isNewLine && hasDiscriminator)
      if isNewFile {
        while let end = rows.last, end.address == row.address, !end.endsSequence { rows.removeLast() }
      }
      if isNewLine || !hasDiscriminator { rows.append(Row(row)) }
      last = row
    }
  }

  /// The index of the row that `address` belongs to; nil where no sequence covers it.
  func row(at address: UInt64) -> Int? {
    var index = rows.firstIndex(past: { $0.address > address }) - 1
    guard index >= 0, !rows[index].endsSequence else { return nil }
    // Of several at one address, the last that starts a statement.
    let last = index
    while !rows[index].isStatement, index > 0, rows[index - 1].address == rows[index].address,
      !rows[index - 1].endsSequence
    {
      index -= 1
    }
    return rows[index].isStatement ? index : last
  }

  /// The rows whose code may lie in `range`: from the one that covers its begin on.
  func rowIndexes(in range: Range<UInt64>) -> Range<Int> {
    let first = rows.firstIndex(past: { $0.address > range.lowerBound })
    let end = rows.firstIndex(past: { $0.address >= range.upperBound })
    let start = first > 0 ? rows.firstIndex(past: { $0.address >= rows[first - 1].address }) : 0
    return start..<max(start, end)
  }

  /// Where the code of a row ends: at the next row of a higher address.
  func end(ofRow index: Int) -> UInt64 {
    var next = index + 1
    while next < rows.count, rows[next].address == rows[index].address { next += 1 }
    return next < rows.count ? rows[next].address : rows[index].address &+ 1
  }

  func location(ofRow index: Int) -> SourceLocation {
    let row = rows[index]
    return SourceLocation(file: file(Int(row.file)), line: Int(row.line), column: Int(row.column))
  }

  /// A file by its number in the table, as DW_AT_decl_file and DW_AT_call_file count.
  func file(_ number: Int) -> String { files.indices.contains(number) ? files[number] : "" }
}

extension LineTable.Row {
  fileprivate init(_ row: sdb_line_row) {
    address = row.address
    line = row.ends_sequence ? 0 : row.line
    file = row.file
    column = UInt16(clamping: row.column)
    isStatement = row.is_statement
    endsPrologue = row.ends_prologue
    endsSequence = row.ends_sequence
  }
}

/// A source file's path, as everything goes by it. One in a folder that is relative itself stays as its unit has it:
/// what it is relative to is not known.
func sourcePath(_ path: String, in folder: String?) -> String {
  if path.hasPrefix("/") { return normalizedPath(path) }
  guard let folder, folder.hasPrefix("/") else { return path }
  return normalizedPath("\(folder)/\(path)")
}

/// Most are, and a table has thousands: no part is looked at as a string.
private func isNormalized(_ path: String) -> Bool {
  var previous = UInt8(ascii: "a")
  var length = 0
  for byte in path.utf8 {
    // A part that begins with a dot is looked at more closely.
    if length == 0, byte == UInt8(ascii: ".") || (byte == UInt8(ascii: "/") && previous == byte) { return false }
    length = byte == UInt8(ascii: "/") ? 0 : length + 1
    previous = byte
  }
  return length > 0
}

/// `path` without `.`, `..` and doubled slashes, by its text alone.
func normalizedPath(_ path: String) -> String {
  guard !isNormalized(path) else { return path }
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != ".." {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
}
