import CDw
import Elf

/// A compilation unit, with what was asked of it so far. Addresses are the image's own.
final class Unit {
  /// As `.debug_info` has it: where it is split, its addresses and lines, but no entries (DWARF 5 §3.1.2).
  let stub: DIE
  let skeleton: Skeleton?
  /// The same, or the full unit where that is elsewhere and was found.
  private(set) lazy var die: DIE = stub.file.unit(of: .init(entry: stub.raw, skeleton: skeleton))
  /// By begin.
  private(set) lazy var ranges = statedRanges()
  var lines: LineTable {
    if let knownLines { return knownLines }
    let lines = LineTable(stub) { [ranges] address in
      let past = ranges.firstIndex(past: { $0.lowerBound > address })
      return ranges.isEmpty || ranges[max(0, past - Self.lookback)..<past].contains { $0.contains(address) }
    }
    knownLines = lines
    return lines
  }
  /// nil where nobody has asked yet.
  private(set) var knownLines: LineTable?
  private(set) lazy var language = die.language
  private lazy var code = UnitCode(die)
  /// Where the compiler ran, if it was given a relative name to compile: the names that it recorded begin there.
  private(set) lazy var relativeDirectory: String? = {
    guard let name = die.string(DW_AT_name), !name.hasPrefix("/"), let folder = stub.string(DW_AT_comp_dir),
      folder.hasPrefix("/")
    else { return nil }
    return folder
  }()
  /// A file as the compiler was given it, by its number in the line table: the source itself by the unit's name, others by
  /// the folders that they were looked for in.
  func recordedName(ofFile number: Int) -> String {
    guard lines.recordedFiles.indices.contains(number) else { return "" }
    guard let folder = relativeDirectory, let name = die.string(DW_AT_name),
      lines.files[number] == normalizedPath("\(folder)/\(name)")
    else { return lines.recordedFiles[number] }
    return name
  }
  private lazy var producer = die.string(DW_AT_producer) ?? ""

  /// A range nested in another, or one that overlaps, can begin this many before.
  private static let lookback = 8

  init(_ file: DwarfFile, _ stub: DwarfFile.UnitStub) {
    self.stub = DIE(file, stub.entry)
    skeleton = stub.skeleton
  }

  private func statedRanges() -> [Range<UInt64>] {
    // The linker leaves dropped functions at address 0, where no image has code.
    stub.ranges.filter { $0.lowerBound != 0 }.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The function of its own (not inlined) that has code at `address`.
  func function(at address: UInt64) -> DIE? { code.function(at: address).flatMap { die.file.entry(sibling($0)) } }

  /// True where the producer's line table marks the end of a prologue by the second row of a function.
  var isByLLVM: Bool { producer.hasPrefix("clang ") || producer.contains(" F90 Flang ") }

  /// True where variables have their places from the first instruction on, so that no prologue need be skipped:
  /// optimised code of gcc.
  var hasValidLocationsAtEntry: Bool { producer.hasPrefix("GNU ") && code.hasLocationLists }

  private var inlinedBegins: [UInt64: [UInt64]] = [:]
  /// Where the code of the functions inlined into `scope` itself (not into those) begins, or goes on after other code.
  /// The first question about a scope walks its blocks.
  func inlinedBegins(in scope: DIE) -> [UInt64] {
    if let known = inlinedBegins[scope.offset] { return known }
    var begins: [UInt64] = []
    scope.forEachDescendant { entry, _ in
      switch entry.tag {
      case DW_TAG_inlined_subroutine: begins += entry.ranges.begins()
      case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block: return .enter
      default: break
      }
      return .skip
    }
    inlinedBegins[scope.offset] = begins
    return begins
  }

  private func sibling(_ offset: UInt64) -> EntryID {
    EntryID(image: die.file.image, file: die.id.file, offset: offset)
  }
}

/// What one walk over a unit's entries finds: its functions by address.
struct UnitCode {
  private struct Function {
    let range: Range<UInt64>
    let offset: UInt64
  }
  /// By the begin of their ranges.
  private var functions: [Function] = []
  /// A function nested in another's range, or one that overlaps, can begin this many before.
  private static let lookback = 32
  /// True where some variable's place is a list (DWARF 5 §2.6.2): the code is optimised.
  private(set) var hasLocationLists = false

  init(_ unit: DIE) {
    unit.forEachDescendant { entry, _ in
      switch entry.tag {
      case DW_TAG_subprogram:
        for range in entry.ranges where range.lowerBound != 0 {
          functions.append(Function(range: range, offset: entry.offset))
        }
      case DW_TAG_variable, DW_TAG_formal_parameter:
        if !hasLocationLists, let form = entry.attribute(DW_AT_location, integrated: false)?.form {
          hasLocationLists = form == DW_FORM_sec_offset || form == DW_FORM_loclistx || form == DW_FORM_data4
        }
        return .skip
      default: break
      }
      return entry.hasChildren ? .enter : .skip
    }
    functions.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The offset of the innermost function at `address`.
  func function(at address: UInt64) -> UInt64? {
    let end = functions.firstIndex(past: { $0.range.lowerBound > address })
    return functions[max(0, end - Self.lookback)..<end].last { $0.range.contains(address) }?.offset
  }
}
