import DebugInfo
import MachineModel

/// Strings (the Swift repository's stdlib/public/core/StringObject.swift, of a 64-bit platform).
extension SwiftFormatters {
  static func string(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let text = try SwiftString(subject.value) else {
      return .damaged("String", "what it consists of is no string's")
    }
    return SyntheticView(summary: [.string(text.characters(0..<text.count))])
  }

  /// A part of a string between two indexes, whose upper 48 bits count code units.
  static func substring(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let start = try subject.value.unsigned("_startIndex") >> 16
    let end = try subject.value.unsigned("_endIndex") >> 16
    guard let text = try SwiftString(subject.value.field("_base")), start <= end, end <= text.count else {
      return .damaged("Substring", "from \(start) to \(end)")
    }
    return SyntheticView(summary: [.string(text.characters(start..<end))])
  }
}

/// Where a string has its UTF-8: in its own two words, or in memory.
private struct SwiftString {
  let count: UInt64
  private let place: Place
  private let source: any ValueSource

  private enum Place {
    case inside([UInt8])
    case memory(VirtualAddress)
  }

  /// nil where the words are no string's.
  init?(_ value: Value) throws(Unavailability) {
    let first = try value.unsigned("_countAndFlags")
    let object = try value.unsigned("_object")
    source = value.source
    if object >> 61 & 1 == 1 {
      // A small one: fifteen bytes, and their number in the highest byte's lower half.
      count = object >> 56 & 0xf
      let words = [first, object]
      place = .inside(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    } else {
      count = first & 0xffff_ffff_ffff
      let address = object & 0x0fff_ffff_ffff_ffff
      // A foreign one (bit 60) has no UTF-8 to show; characters stand behind a header, also a literal's as it is told.
      guard object >> 60 & 1 == 0, address != 0 else { return nil }
      place = .memory(VirtualAddress(address &+ 32))
    }
  }

  func characters(_ range: Range<UInt64>) -> Value {
    let type = DataType.array(of: .unsignedByte, count: UInt64(range.count))
    switch place {
    case .inside(let bytes):
      return Value(type: type, bytes: Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]), source: source)
    case .memory(let address):
      return Value(type: type, location: .memory(address + range.lowerBound), source: source)
    }
  }
}
