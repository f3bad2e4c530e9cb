import CVTerm

extension TerminalCell {
  /// What libvterm has at a place, made safe to draw.
  init(_ cell: sdb_vt_cell) {
    foreground = TerminalColor(cell.foreground)
    background = TerminalColor(cell.background)
    attributes = TerminalAttributes(rawValue: cell.attributes)
    if cell.chars.0 == UInt32.max {
      text = ""
      width = 0
      return
    }
    let chars = [cell.chars.0, cell.chars.1, cell.chars.2, cell.chars.3, cell.chars.4, cell.chars.5]
    var shown = ""
    for value in chars.prefix(while: { $0 != 0 }) {
      shown.unicodeScalars.append(Self.drawable(value))
    }
    text = shown.isEmpty ? " " : shown
    width = cell.width == 2 ? 2 : 1
  }

  /// Controls and what would reorder other text do not get through.
  private static func drawable(_ value: UInt32) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(value) else { return "\u{fffd}" }
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: return "\u{fffd}"
    default: return scalar
    }
  }
}

extension TerminalColor {
  init(_ color: sdb_vt_color) {
    let values = color.values
    self =
      switch UInt32(color.kind) {
      case SDB_VT_COLOR_INDEXED.rawValue: .indexed(values.0)
      case SDB_VT_COLOR_RGB.rawValue: .rgb(red: values.0, green: values.1, blue: values.2)
      default: .standard
      }
  }
}

extension UnsafeMutableBufferPointer<sdb_vt_cell> {
  /// Writes a line back for libvterm, cut or filled to the length. It steps by the widths it finds, so none may be
  /// 0, and a wide character that would reach over the end becomes a blank.
  func fill(with line: [sdb_vt_cell]) {
    let blank = sdb_vt_cell(
      chars: (0, 0, 0, 0, 0, 0), width: 1, attributes: 0, foreground: sdb_vt_color(), background: sdb_vt_color())
    for index in indices {
      self[index] = index < line.count ? line[index] : blank
      if self[index].width != 2 { self[index].width = 1 }
    }
    if let last = indices.last, self[last].width == 2 { self[last] = blank }
  }
}
