import DebugInfo
import MachineModel

/// Containers whose elements stand in an order: vectors and the like.
extension CppFormatters {
  static let sequences: [String: Formatter] = [
    "std::vector": { subject throws(Unavailability) in try vector(subject) }
  ]

  private static func vector(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0), element.stripped.kind != .base(.boolean) else { return nil }
    let name = subject.family.displayName
    let value = subject.value
    let range: Range<VirtualAddress>
    let limit: VirtualAddress
    if let implementation = value.member(named: "_M_impl") {
      guard let size = element.size, size > 0 else { return nil }
      range = .init(uncheckedBounds: (try implementation.address("_M_start"), try implementation.address("_M_finish")))
      limit = try implementation.address("_M_end_of_storage")
    } else {
      return nil
    }
    guard let size = element.size, size > 0 else { return nil }
    let length = Int64(bitPattern: range.upperBound.rawValue &- range.lowerBound.rawValue)
    let capacity = Int64(bitPattern: limit.rawValue &- range.lowerBound.rawValue)
    guard length >= 0, capacity >= length, length % Int64(size) == 0 else {
      return .damaged(name, "begin \(range.lowerBound), end \(range.upperBound), end of storage \(limit)")
    }
    let count = UInt64(length) / size
    return SyntheticView(
      "\(name) of length \(count), capacity \(UInt64(capacity) / size)", shape: .elements,
      children: ElementChildren(of: element, at: range.lowerBound, count: count, source: value.source))
  }
}
