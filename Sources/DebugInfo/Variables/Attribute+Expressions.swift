import CDw

extension Attribute {
  /// The location description that holds at `pc` (an image address): of class exprloc, or of a location list
  /// (DWARF 5 §2.6.2). Empty where there is none there; nil where the data is damaged.
  /// - Parameter entryPC: the function's entry: an empty range there holds on entry, as GCC writes it.
  func expression(at pc: UInt64, entryPC: UInt64? = nil) -> [UInt8]? {
    if let bytes = block { return bytes }
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    var position = 0
    if let list = splitList { (position, base) = list }
    while true {
      position = with { sdb_getlocations($0, position, &base, &start, &end, &operations, &count) }
      if position < 0 { return nil }
      if position == 0 { return [] }
      if start <= pc && pc < end || start == end && pc == start && pc == entryPC {
        return ExpressionOperation.encoded(
          UnsafeBufferPointer(start: operations, count: count), offsetSize: Int(sdb_offset_size(raw.cu)))
      }
    }
  }
}
