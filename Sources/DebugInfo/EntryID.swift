/// A DIE, named so that it can be kept: which image's file, and the offset in `.debug_info`
/// (or in `.debug_types`, or in a split or alternate file: `file` says which handle of the image).
package struct EntryID: Sendable, Hashable {
  package let image: Int
  package let file: Int
  package let offset: UInt64
  package init(image: Int, file: Int, offset: UInt64) {
    self.image = image
    self.file = file
    self.offset = offset
  }
}
