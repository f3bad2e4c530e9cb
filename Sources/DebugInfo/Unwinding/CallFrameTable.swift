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
    exceptionFrames = elf.flatMap { dwarf_getcfi_elf($0.raw) }
    // Most programs have none, and then need not open their DWARF here.
    dwarf = image.debugFile.section(".debug_frame") == nil ? nil : image.dwarf
    debugFrames = dwarf.flatMap { dwarf_getcfi($0.handle) }
  }

  deinit { if let exceptionFrames { dwarf_cfi_end(exceptionFrames) } }

  /// nil where the image says nothing of that address.
  func row(at address: ImageAddress) -> CallFrameRow? {
    if let known = rows[address.rawValue] { return known }
    if rows.count >= Self.maximumRows { rows.removeAll(keepingCapacity: true) }
    let row = read(exceptionFrames, address) ?? read(debugFrames, address)
    rows[address.rawValue] = .some(row)
    return row
  }

  private func read(_ table: OpaquePointer?, _ address: ImageAddress) -> CallFrameRow? {
    var frame: OpaquePointer?
    guard let table, dwarf_cfi_addrframe(table, address.rawValue, &frame) == 0, let frame else { return nil }
    defer { free(UnsafeMutableRawPointer(frame)) }
    var isSignal = false
    let returnColumn = dwarf_frame_info(frame, nil, nil, &isSignal)
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    guard returnColumn >= 0, dwarf_frame_cfa(frame, &operations, &count) == 0, count > 0,
      let address = ExpressionOperation.encoded(UnsafeBufferPointer(start: operations, count: count))
    else { return nil }
    let rules = (0...16).map { rule(of: $0 == 16 ? Int(returnColumn) : $0, in: frame) }
    return CallFrameRow(canonicalFrameAddress: address, rules: rules, isSignalFrame: isSignal)
  }

  /// libdw calls a register that CFI doesn't speak of undefined (psABI §3.7 leaves it open). Compilers don't speak of
  /// registers that are left alone either, so that it means "same value" for all but the return address, as in gdb.
  private func rule(of register: Int, in frame: OpaquePointer) -> CallFrameRow.Rule {
    withUnsafeTemporaryAllocation(of: Dwarf_Op.self, capacity: 3) { scratch in
      var operations: UnsafeMutablePointer<Dwarf_Op>?
      var count = 0
      guard let base = scratch.baseAddress,
        dwarf_frame_register(frame, Int32(register), base, &operations, &count) == 0
      else { return .undefined }
      guard count > 0 else { return operations != nil && register >= 16 ? .undefined : .sameValue }
      return ExpressionOperation.encoded(UnsafeBufferPointer(start: operations, count: count))
        .map(CallFrameRow.Rule.location) ?? .undefined
    }
  }
}
