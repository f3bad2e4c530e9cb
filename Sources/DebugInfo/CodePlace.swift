import CDw
import MachineModel

/// An address with code in one unit, and what encloses it there. Addresses are the image's own.
struct CodePlace {
  let image: LoadedImage
  let unit: Unit
  let address: UInt64

  /// nil where no debug information covers `address`.
  init?(_ image: LoadedImage, _ address: ImageAddress) {
    guard let unit = image.unit(at: address) else { return nil }
    self.image = image
    self.unit = unit
    self.address = address.rawValue
  }

  /// The function that has code there, and every block and inlined copy in it that does, outer first.
  func blocks() -> [DIE] {
    guard let function = unit.function(at: address) else { return [] }
    var path = [function]
    // A block without addresses of its own is only a step on the way.
    var pending = [function]
    while let outer = pending.popLast(), path.count < 256 {
      for child in outer.children {
        switch child.tag {
        case DW_TAG_lexical_block, DW_TAG_inlined_subroutine, DW_TAG_try_block, DW_TAG_catch_block:
          if child.covers(address) {
            path.append(child)
            pending = [child]
          } else if child.tag == DW_TAG_lexical_block, !child.has(DW_AT_low_pc), !child.has(DW_AT_ranges) {
            pending.append(child)
            continue
          } else {
            continue
          }
        default: continue
        }
        break
      }
    }
    return path
  }

  /// The functions there, innermost first: inlined copies, then the function that holds their code.
  func scopes() -> [CodeScope] {
    var scopes: [CodeScope] = []
    for entry in blocks() where entry.isFunction {
      let isInlined = entry.tag == DW_TAG_inlined_subroutine
      scopes.append(
        CodeScope(
          name: entry.functionName, entry: entry.id, isInlined: isInlined, callSite: isInlined ? callSite(entry) : nil,
          ranges: entry.ranges.map(image.virtualRange), language: unit.language, hasLines: !unit.lines.rows.isEmpty))
    }
    return scopes.reversed()
  }

  /// The line of an address of the same unit.
  func source(at address: UInt64) -> SourceLocation? {
    unit.lines.row(at: address).map { unit.lines.location(ofRow: $0) }
  }

  /// Where code at a function's begin is to be stopped at: past the prologue. The line is the function's own: that of
  /// the call, where inlined code follows right behind. nil where the address is in no prologue.
  func afterPrologue() -> (address: UInt64, source: SourceLocation?)? {
    guard let entry = blocks().first?.ranges.first?.lowerBound, address >= entry else { return nil }
    let body = Prologue(image).end(ofFunctionAt: entry)
    guard address < body, let place = CodePlace(image, ImageAddress(body)) else { return nil }
    return (body, place.scopes().last { $0.isInlined }?.callSite ?? place.source(at: body))
  }

  private func callSite(_ copy: DIE) -> SourceLocation? {
    guard let line = copy.unsigned(DW_AT_call_line), let line = Int(exactly: line) else { return nil }
    let file = copy.unsigned(DW_AT_call_file).flatMap { Int(exactly: $0) } ?? 0
    return SourceLocation(
      file: unit.lines.file(file), line: line, column: Int(clamping: copy.unsigned(DW_AT_call_column) ?? 0))
  }
}

extension DIE {
  /// A function or an inlined copy of one, rather than a block of it.
  var isFunction: Bool { tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine }
  /// True where its code (DW_AT_low_pc, DW_AT_ranges) has `address`.
  func covers(_ address: UInt64) -> Bool {
    if file.split(of: raw.cu) != nil { return ranges.contains { $0.contains(address) } }
    return with { sdb_haspc($0, address) } == 1
  }
}
