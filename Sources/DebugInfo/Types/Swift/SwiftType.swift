/// A type of Swift with its layout: what a debugger must know to place it inside of another.
struct SwiftType {
  /// Values that no object of the type has, which an enumeration around it may use for its empty cases.
  struct Inhabitants {
    /// Where they stand, in bytes from the object's start; 1 or 8 bytes wide.
    let offset: UInt64
    let width: UInt64
    let first: UInt64
    let count: UInt64

    func moved(by distance: UInt64) -> Inhabitants {
      Inhabitants(offset: offset &+ distance, width: width, first: first, count: count)
    }
    /// Those that are left when some are in use.
    func dropping(_ used: UInt64) -> Inhabitants? {
      used < count ? Inhabitants(offset: offset, width: width, first: first &+ used, count: count - used) : nil
    }
  }

  let type: DataType
  /// In bytes, without the padding that an array puts between elements.
  let size: UInt64
  let alignment: UInt64
  let inhabitants: Inhabitants?
  /// True where all its bits are in use, so that nothing around it can have some.
  let isDense: Bool

  init(_ type: DataType, size: UInt64, alignment: UInt64, inhabitants: Inhabitants? = nil, isDense: Bool = false) {
    self.type = type
    self.size = size
    self.alignment = max(1, alignment)
    self.inhabitants = inhabitants
    self.isDense = isDense
  }

  /// From an element of an array to the next.
  var stride: UInt64 { max(1, size.rounded(up: alignment)) }
}

extension UInt64 {
  func rounded(up alignment: UInt64) -> UInt64 {
    let rest = self % Swift.max(1, alignment)
    return rest == 0 ? self : self &+ (alignment - rest)
  }
}

/// Lays out fields one after the other, as Swift does in structures, tuples and classes.
struct SwiftFields {
  private(set) var members: [DataType.Member] = []
  private(set) var size: UInt64
  private(set) var alignment: UInt64 = 1
  private(set) var inhabitants: SwiftType.Inhabitants?
  private(set) var isDense = true

  init(startingAt size: UInt64 = 0) { self.size = size }

  mutating func add(_ name: String?, _ field: SwiftType) {
    let offset = size.rounded(up: field.alignment)
    members.append(DataType.Member(name: name, type: field.type, offset: offset))
    isDense = isDense && field.isDense && offset == size
    // The field with the most of them lends its values; the first one of several.
    if let own = field.inhabitants, own.count > inhabitants?.count ?? 0 { inhabitants = own.moved(by: offset) }
    size = offset &+ field.size
    alignment = max(alignment, field.alignment)
  }
}
