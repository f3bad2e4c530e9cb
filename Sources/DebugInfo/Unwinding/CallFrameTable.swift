import CDw
import Elf
import Glibc
import MachineModel

/// What an image's call frame information says of one address (DWARF 5 §6.4.1: a row of the table).
struct CallFrameRow {
  enum Rule: Equatable {
    /// The caller's value is still in the register.
    case sameValue
    /// The caller's value is lost.
    case undefined
    /// A location description of the caller's value; its expressions may ask for the CFA.
    case location([UInt8])
  }
  /// The expression that gives the canonical frame address.
  let canonicalFrameAddress: [UInt8]
  /// By DWARF number 0…16; 16 is the return address.
  let rules: [Rule]
  /// The frame of a signal's trampoline: its caller was interrupted, and did not call.
  let isSignalFrame: Bool
}

/// The call frame information of one image: `.eh_frame`, then `.debug_frame`.
final class CallFrameTable {
  /// More rows than any stack has different functions; bounds what is remembered.
  private static let maximumRows = 8192
  private let elf: ElfHandle?
  /// Kept open while `debug` is in use.
  private let dwarf: DwarfFile?
  private let exceptionFrames: OpaquePointer?
  private let debugFrames: OpaquePointer?
  private var rows: [UInt64: CallFrameRow?] = [:]

  /// Costs the section headers; libdw reads entries as they are asked for.
  init(_ image: LoadedImage) {
    elf = image.elfHandle
    exceptionFrames = elf.flatMap { sdb_cfi_of_elf($0.raw) }
    // Most programs have none, and then need not open their DWARF here.
    dwarf = image.debugFile.hasDebugSection("frame") ? image.dwarf : nil
    debugFrames = dwarf.flatMap { sdb_cfi_of_dwarf($0.handle) }
  }

  deinit { if let exceptionFrames { sdb_cfi_close(exceptionFrames) } }

  /// The signal that reading it has ended in; 0: none.
  var damage: Int32 {
    [exceptionFrames, debugFrames].lazy.compactMap(\.self).map { sdb_damage(UnsafeRawPointer($0)) }.first { $0 != 0 }
      ?? 0
  }

  /// nil where the image says nothing of that address.
  func row(at address: ImageAddress) -> CallFrameRow? {
    if let known = rows[address.rawValue] { return known }
    if rows.count >= Self.maximumRows { rows.removeAll(keepingCapacity: true) }
    let row = read(exceptionFrames, address) ?? read(debugFrames, address)
    rows[address.rawValue] = .some(row)
    return row
  }

  private func read(_ table: OpaquePointer?, _ address: ImageAddress) -> CallFrameRow? {
    var frame = sdb_frame()
    guard let table, sdb_get_frame(table, address.rawValue, &frame) == 0 else { return nil }
    defer { free(UnsafeMutableRawPointer(frame.raw)) }
    guard frame.cfa_count > 0,
      let address = ExpressionOperation.encoded(UnsafeBufferPointer(start: frame.cfa, count: frame.cfa_count))
    else { return nil }
    let rules = (0...16).map { rule(of: $0 == 16 ? frame.return_column : $0, in: &frame, of: table) }
    return CallFrameRow(canonicalFrameAddress: address, rules: rules, isSignalFrame: frame.is_signal)
  }

  /// libdw calls a register that CFI doesn't speak of undefined (psABI §3.7 leaves it open). Compilers don't speak of
  /// registers that are left alone either, so that it means "same value" for all but the return address, as in gdb.
  private func rule(of register: Int32, in frame: inout sdb_frame, of table: OpaquePointer) -> CallFrameRow.Rule {
    withUnsafeTemporaryAllocation(of: Dwarf_Op.self, capacity: 3) { scratch in
      var operations: UnsafeMutablePointer<Dwarf_Op>?
      var count = 0
      guard let base = scratch.baseAddress,
        sdb_frame_register(table, &frame, register, base, &operations, &count) == 0
      else { return .undefined }
      guard count > 0 else { return operations != nil && register >= 16 ? .undefined : .sameValue }
      return ExpressionOperation.encoded(UnsafeBufferPointer(start: operations, count: count))
        .map(CallFrameRow.Rule.location) ?? .undefined
    }
  }
}
