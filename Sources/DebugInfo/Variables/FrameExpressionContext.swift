import CDw
import MachineModel

/// A frame, and the unit that an expression stands in: what the expression can reach.
struct FrameExpressionContext: ExpressionContext {
  /// Entry values lead to the caller's expressions, which may ask for entry values again.
  static let maximumCalls = 8

  let symbols: ProgramSymbols
  let frame: any FrameContext
  /// The unit's own entry; nil for an expression that stands alone.
  let unit: DIE?
  /// How many callers the question has gone through already.
  var calls = 0
  var object: UInt64?

  private var image: LoadedImage? { (unit?.file.image).flatMap(symbols.loadedImage) }

  var offsetSize: Int { unit.map { Int(sdb_offset_size($0.raw.cu)) } ?? 4 }

  private func function() throws(ExpressionFailure) -> DIE {
    guard let id = frame.function, let entry = symbols.entry(id) else {
      throw .unavailable("the function of this frame has no debug information")
    }
    return entry
  }

  func register(_ number: Int) throws(ExpressionFailure) -> UInt64 {
    if number > 16 { return try registerBytes(number).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    guard let value = frame.registers[dwarf: number] else { throw .optimizedOut }
    return value
  }

  func registerBytes(_ number: Int) throws(ExpressionFailure) -> [UInt8] {
    if number <= 16 { return StackValue(try register(number)).bytes }
    guard let bytes = frame.vectorRegister(number) else {
      throw .unavailable("register \(number) is not known in this frame")
    }
    return bytes
  }

  func bytes(at address: UInt64, count: Int) throws(ExpressionFailure) -> [UInt8] {
    do throws(MemoryError) { return try frame.memory.bytes(VirtualAddress(address), count: count) } catch {
      throw .unavailable("cannot read memory at \(error.address)")
    }
  }

  func frameBase() throws(ExpressionFailure) -> UInt64 {
    let function = try function()
    guard let attribute = function.attribute(DW_AT_frame_base) else {
      throw .unavailable("the function states no frame base")
    }
    guard let image = symbols.loadedImage(function.file.image) else { throw .unavailable("the image is gone") }
    let pc = image.imageAddress(frame.lookupAddress).rawValue
    guard let expression = attribute.expression(at: pc, entryPC: function.entryPC) else {
      throw .unavailable("the frame base's location list is damaged")
    }
    guard !expression.isEmpty else { throw .optimizedOut }
    return try DwarfExpressionEvaluator.value(of: expression, in: FrameBaseContext(frame: self)).unsigned
  }

  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64 {
    if let address = symbols.canonicalFrameAddress(of: frame.registers, memory: frame.memory) {
      return address.rawValue
    }
    throw .unavailable("there is no call frame information for \(frame.registers.programCounter)")
  }

  func objectAddress() throws(ExpressionFailure) -> UInt64 {
    guard let object else { throw .unavailable("a DWARF expression asks for an object's address") }
    return object
  }

  func threadLocal(_ offset: UInt64) throws(ExpressionFailure) -> UInt64 {
    guard let image, let address = frame.threadLocal(image: image.number, offset: offset) else {
      throw .unavailable("the thread-local storage of this thread is not known")
    }
    return address.rawValue
  }

  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64 {
    guard let image else { throw .unavailable("an address of an image that is not known") }
    return image.virtualAddress(ImageAddress(address)).rawValue
  }

  func indexedAddress(_ index: UInt64) throws(ExpressionFailure) -> UInt64 {
    guard let address = unit?.indexedAddress(index) else {
      throw .unavailable("entry \(index) of the address table is not there")
    }
    return address
  }

  func baseType(_ offset: UInt64) throws(ExpressionFailure) -> ExpressionType? {
    guard offset != 0 else { return nil }
    guard let entry = unit?.entry(inUnit: offset), entry.tag == DW_TAG_base_type,
      let type = ExpressionType(
        DataType.Encoding(dwarf: entry.unsigned(DW_AT_encoding)), size: entry.unsigned(DW_AT_byte_size) ?? 0)
    else { throw .unavailable("a DWARF expression names a type that it cannot compute with") }
    return type
  }

  func expression(ofEntry offset: UInt64, inSection: Bool) throws(ExpressionFailure) -> [UInt8] {
    let found = inSection ? unit.flatMap { $0.file.entry($0.sibling(at: offset)) } : unit?.entry(inUnit: offset)
    guard let entry = found, let image else { throw .unavailable("a DWARF expression calls what is not there") }
    guard let location = entry.attribute(DW_AT_location) else { return [] }
    return location.expression(at: image.imageAddress(frame.lookupAddress).rawValue) ?? []
  }

  func entry(inSection offset: UInt64) throws(ExpressionFailure) -> EntryID {
    guard let unit else { throw .unavailable("a DWARF expression names another entry") }
    return unit.sibling(at: offset)
  }

  func variableValue(_ offset: UInt64) throws(ExpressionFailure) -> UInt64 {
    guard let unit, let entry = unit.file.entry(unit.sibling(at: offset)) else {
      throw .unavailable("a DWARF expression names another entry")
    }
    let size = symbols.types.type(of: entry)?.byteSize ?? 8
    guard (1...8).contains(size) else { throw .unavailable("a DWARF expression names a variable of \(size) bytes") }
    switch symbols.locate(entry, in: frame, calls: calls + 1) {
    case .memory(let address):
      return try bytes(at: address.rawValue, count: Int(size)).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    case .register(let number): return try register(number)
    case .value(let bytes): return bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    case .optimizedOut: throw .optimizedOut
    case .unavailable(let reason): throw .unavailable(reason)
    case .implicitPointer, .pieces: throw .unavailable("a DWARF expression names a variable in parts")
    }
  }
}

/// A frame base may ask for all that its frame has, but not for itself.
private struct FrameBaseContext: ExpressionContext {
  let frame: FrameExpressionContext
  var offsetSize: Int { frame.offsetSize }
  func register(_ number: Int) throws(ExpressionFailure) -> UInt64 { try frame.register(number) }
  func bytes(at address: UInt64, count: Int) throws(ExpressionFailure) -> [UInt8] {
    try frame.bytes(at: address, count: count)
  }
  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64 { try frame.canonicalFrameAddress() }
  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64 { try frame.relocated(address) }
}

extension DIE {
  /// The entry at an offset from the header of this entry's unit.
  func entry(inUnit offset: UInt64) -> DIE? {
    let unit = unit
    let header = unit.offset &- unit.with { sdb_cuoffset($0) }
    return file.entry(EntryID(image: file.image, file: unit.id.file, offset: header &+ offset))
  }

  /// The name of the entry at an offset of `.debug_info` in the file that this one stands in.
  func sibling(at offset: UInt64) -> EntryID {
    // Odd numbers are `.debug_types`.
    EntryID(image: file.image, file: unit.id.file & ~1, offset: offset)
  }

  /// Entry `index` of the unit's part of `.debug_addr` (DWARF 5 §7.27).
  func indexedAddress(_ index: UInt64) -> UInt64? {
    var address: Dwarf_Addr = 0
    return sdb_indexed_address(raw.cu, index, &address) == 0 ? address : nil
  }
}
