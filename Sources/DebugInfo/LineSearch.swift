import CDw
import Elf
import MachineModel

/// The rows of one source file, in all units of an image that have code of it. Addresses are the image's own.
struct LineSearch {
  struct Stop {
    let address: UInt64
    let source: SourceLocation?
    /// Whose prologue it is behind, where the line is a function's first: what is inlined there is not entered yet.
    var function: FunctionName?
  }
  let image: LoadedImage
  /// For each unit of the file: the file's numbers in its table.
  private let units: [(unit: Unit, files: Set<UInt32>)]

  init(_ image: LoadedImage, file: String) {
    self.image = image
    units = (image.units?.units(ofFile: file) ?? []).compactMap { unit in
      let files = unit.lines.files.indices.filter { pathMatches(unit.lines.files[$0], file) }
      return files.isEmpty ? nil : (unit, Set(files.map { UInt32(truncatingIfNeeded: $0) }))
    }
  }

  /// The statements of that very line, in the order of the tables.
  func rows(ofLine line: UInt32) -> [Stop] {
    units.flatMap { unit, files in
      unit.lines.rows.lazy.filter { $0.line == line && $0.isStatement && files.contains($0.file) }
        .map {
          Stop(
            address: $0.address,
            source: SourceLocation(file: unit.lines.file(Int($0.file)), line: Int(line), column: Int($0.column)))
        }
    }
  }

  /// The first statement of that line in each unit, by its table's order.
  func firstRows(ofLine line: UInt32) -> [Stop] {
    units.compactMap { unit, files in
      unit.lines.rows.first { $0.line == line && $0.isStatement && files.contains($0.file) }.map {
        Stop(
          address: $0.address,
          source: SourceLocation(file: unit.lines.file(Int($0.file)), line: Int(line), column: Int($0.column)))
      }
    }
  }

  /// Those that have a statement.
  var lines: Set<UInt32> {
    units.reduce(into: []) { found, part in
      for row in part.unit.lines.rows where row.line > 0 && row.isStatement && part.files.contains(row.file) {
        found.insert(row.line)
      }
    }
  }

  /// The file itself, as the first unit that has it names it.
  var path: String? {
    units.first.flatMap { unit, files in files.min().map { unit.lines.file(Int($0)) } }
  }

  /// The nearest line behind `line` that has a statement.
  func nextLine(after line: UInt32) -> UInt32? {
    units.compactMap { unit, files in
      unit.lines.rows.lazy.filter { $0.line > line && $0.isStatement && files.contains($0.file) }.map(\.line).min()
    }.min()
  }

  /// Of the rows of one line, those to stop at: the first in each block of code (the compiler may have scattered the line
  /// over it), past the prologue where it is a function's first line.
  func stops(_ rows: [Stop]) -> [Stop] {
    var blocks: Set<EntryID> = []
    var found: [Stop] = []
    for row in rows {
      let place = CodePlace(image, ImageAddress(row.address))
      let path = place?.blocks() ?? []
      if let block = path.last(where: \.holdsDeclarations), !blocks.insert(block.id).inserted { continue }
      let stop = place?.afterPrologue()
      found.append(
        stop.map { Stop(address: $0.address, source: $0.source, function: path.first?.functionName) } ?? row)
    }
    return found
  }
}

extension DIE {
  /// True for a function, an inlined copy, and a block that declares something: what counts as one stretch of code.
  fileprivate var holdsDeclarations: Bool {
    isFunction
      || children.contains {
        switch $0.tag {
        case DW_TAG_variable, DW_TAG_formal_parameter, DW_TAG_label, DW_TAG_typedef, DW_TAG_structure_type,
          DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type, DW_TAG_imported_declaration,
          DW_TAG_imported_module:
          true
        default: false
        }
      }
  }
}
