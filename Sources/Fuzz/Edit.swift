/// Bytes that stand in a file instead of its own.
struct Edit: Equatable {
  let offset: Int
  let bytes: [UInt8]
}

/// What is done to a file.
struct Mutation {
  var edits: [Edit] = []
  /// Where the file is cut off; nil: it is not.
  var length: Int?

  func applied(to original: [UInt8]) -> [UInt8] {
    var bytes = original
    for edit in edits {
      for (index, byte) in edit.bytes.enumerated() where bytes.indices.contains(edit.offset + index) {
        bytes[edit.offset + index] = byte
      }
    }
    return length.map { Array(bytes.prefix($0)) } ?? bytes
  }
}
