/// How an array's elements lie, beyond what its count and its element's type say.
package struct ArrayLayout: Sendable, Equatable {
  /// Why an array has no elements at the moment (DW_AT_allocated, DW_AT_associated: DWARF 5 §5.18.2).
  package enum Absence: Sendable { case notAllocated, notAssociated }

  /// The first element's index (DW_AT_lower_bound).
  package var lowerBound: Int64 = 0
  /// Bytes from an element to the next, where they don't lie side by side (DW_AT_byte_stride); may be negative.
  package var stride: Int64?
  /// True for an array that the processor calculates with as a whole (DW_AT_GNU_vector): its elements are numbers,
  /// whatever their type.
  package var isVector = false
  /// True for text of a stated length (DW_TAG_string_type).
  package var isString = false
  package var isAllocatable = false
  package var absence: Absence?
  /// The array's entry, where some attribute of it (not of its dimensions) only a frame or the object itself can tell.
  var dynamicEntry: EntryID?
  /// The same of the dimension's DW_TAG_subrange_type.
  var dynamicSubrange: EntryID?

  package init() {}

  /// True where `ProgramSymbols.resolved(_:at:in:)` can tell more of it.
  var isDynamic: Bool { dynamicEntry != nil || dynamicSubrange != nil }
}

extension DataType {
  /// True for an array that is found by way of a descriptor at the object's place (Fortran's assumed shapes,
  /// allocatables and pointers).
  package var hasDescriptor: Bool { layout.dynamicEntry != nil && !layout.isString }
  /// True for an array, or what leads to one through typedefs and dimensions, whose layout only a frame or the
  /// object tells.
  package var isDynamic: Bool {
    var type: DataType? = self
    for _ in 0..<16 {
      guard let current = type else { return false }
      if current.layout.isDynamic { return true }
      switch current.kind {
      case .array, .typedef, .const, .volatile, .restrict, .atomic: type = current.target
      default: return false
      }
    }
    return false
  }
}
