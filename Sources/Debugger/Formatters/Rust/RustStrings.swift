import DebugInfo
import MachineModel

/// Text: UTF-8 whose length is stated.
extension RustFormatters {
  static let strings: [String: Formatter] = [
    "alloc::String": { subject throws(Unavailability) in
      try owned(subject.value.field("vec"), "String")
    },
    "std::OsString": { subject throws(Unavailability) in
      try owned(subject.value.field("inner", "inner"), "OsString")
    },
    "std::PathBuf": { subject throws(Unavailability) in
      try owned(subject.value.field("inner", "inner", "inner"), "PathBuf")
    },
    "alloc::CString": { subject throws(Unavailability) in
      try terminated(subject.value.field("inner"))
    },
  ]

  private static func owned(_ vector: Value, _ name: String) throws(Unavailability) -> SyntheticView? {
    guard let buffer = try RustBuffer(vector, element: .unsignedByte), buffer.isPlausible else {
      return .damaged(name, "a length beyond its capacity, or no buffer")
    }
    return string(at: buffer.address, count: buffer.length, source: vector.source)
  }

  /// `&str`, `Box<str>`, `&Path`, `&OsStr`, `&CStr`; nil for a slice.
  static func text(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let target = subject.type.unsizedTarget else { return nil }
    switch target {
    case "str", "std::path::Path", "std::ffi::os_str::OsStr":
      return string(
        at: try subject.value.address("data_ptr"), count: try subject.value.unsigned("length"), source: subject.source)
    case "core::ffi::c_str::CStr": return try terminated(subject.value)
    default: return nil
    }
  }

  /// The length counts the zero at the end.
  private static func terminated(_ pointer: Value) throws(Unavailability) -> SyntheticView? {
    let length = try pointer.unsigned("length")
    guard length > 0 else { return nil }
    return string(at: try pointer.address("data_ptr"), count: length - 1, source: pointer.source)
  }

  static func string(at address: VirtualAddress, count: UInt64, source: any ValueSource) -> SyntheticView {
    let characters = Value(
      type: .array(of: .unsignedByte, count: count), location: .memory(address), source: source)
    return SyntheticView(summary: [.string(characters)])
  }
}

extension DataType {
  /// Of a wide pointer: the name of what it leads to, `str` of `&mut str` and of `alloc::boxed::Box<str, …>`.
  var unsizedTarget: Substring? {
    guard let name else { return nil }
    for prefix in ["&mut ", "&", "*const ", "*mut "] where name.hasPrefix(prefix) {
      return name.dropFirst(prefix.count)
    }
    guard name.hasPrefix("alloc::boxed::Box<") else { return nil }
    // `[T]` may hold commas of its own; whatever has none ends at the first.
    return name.dropFirst(18).prefix { $0 != "," && $0 != ">" }
  }
}
