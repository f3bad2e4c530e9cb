/// How Swift lays out enumerations (the Swift repository's docs/ABI/TypeLayout.rst, "Fragile Enum Layout").
enum SwiftEnums {
  struct Case {
    let name: String
    let payload: SwiftType?
  }

  /// `cases` as reflection lists them: those with values first. nil where the layout is not known: where the tag
  /// stands in bits that the values leave unused.
  static func type(named name: String, _ cases: [Case]) -> SwiftType? {
    let loaded = cases.filter { $0.payload != nil }
    let empty = cases.filter { $0.payload == nil }.map(\.name)
    switch loaded.count {
    case 0: return plain(name, empty)
    case 1: return loaded[0].payload.flatMap { single(name, loaded[0].name, $0, empty) }
    default: return multiple(name, loaded, empty)
    }
  }

  static func optional(of payload: SwiftType, name: String) -> SwiftType? { single(name, "some", payload, ["none"]) }

  /// A number a case, in one byte.
  private static func plain(_ name: String, _ cases: [String]) -> SwiftType? {
    guard cases.count <= 256 else { return nil }
    if cases.count < 2 { return make(name, size: 0, alignment: 1, tag: nil, cases.map { variant($0, nil, []) }) }
    let inhabitants = SwiftType.Inhabitants(
      offset: 0, width: 1, first: UInt64(cases.count), count: 256 - UInt64(cases.count))
    return make(
      name, size: 1, alignment: 1, tag: (0, 1), numbered(cases, from: 0),
      inhabitants: cases.count < 256 ? inhabitants : nil)
  }

  /// The empty cases take values that the payload never has; else there is a byte after it, 1 for them all.
  private static func single(_ name: String, _ label: String, _ payload: SwiftType, _ empty: [String]) -> SwiftType? {
    let full = variant(label, payload, [])
    if empty.isEmpty {
      return make(name, size: payload.size, alignment: payload.alignment, tag: nil, [full])
    }
    if let spare = payload.inhabitants, spare.count >= UInt64(empty.count) {
      return make(
        name, size: payload.size, alignment: payload.alignment, tag: (spare.offset, spare.width),
        numbered(empty, from: spare.first) + [full], inhabitants: spare.dropping(UInt64(empty.count)))
    }
    guard payload.inhabitants == nil, empty.count == 1 else { return nil }
    return make(
      name, size: payload.size &+ 1, alignment: payload.alignment, tag: (payload.size, 1),
      numbered(empty, from: 1) + [full],
      inhabitants: .init(offset: payload.size, width: 1, first: 2, count: 254))
  }

  /// Where some payload of the largest size uses all its bits, a byte after them numbers the cases; those without
  /// values share the last number, and their own stands where the payload would.
  private static func multiple(_ name: String, _ loaded: [Case], _ empty: [String]) -> SwiftType? {
    let payloads = loaded.compactMap(\.payload)
    let size = payloads.map(\.size).max() ?? 0
    guard payloads.contains(where: { $0.size == size && $0.isDense }), size >= 4 || empty.count < 2,
      loaded.count < 255
    else { return nil }
    var variants = loaded.enumerated().map { variant($0.element.name, $0.element.payload, [Int64($0.offset)]) }
    if empty.count == 1 {
      variants.append(variant(empty[0], nil, [Int64(loaded.count)]))
    } else if !empty.isEmpty {
      guard let inner = make(name, size: 4, alignment: 4, tag: (0, 4), numbered(empty, from: 0)) else { return nil }
      variants.append(variant(empty.joined(separator: "|"), inner, [Int64(loaded.count)]))
    }
    let cases = UInt64(loaded.count) + (empty.isEmpty ? 0 : 1)
    return make(
      name, size: size &+ 1, alignment: payloads.map(\.alignment).max() ?? 1, tag: (size, 1), variants,
      inhabitants: .init(offset: size, width: 1, first: cases, count: 256 - cases))
  }

  private static func numbered(_ names: [String], from first: UInt64) -> [DataType.VariantPart.Variant] {
    names.enumerated().map { variant($0.element, nil, [Int64(bitPattern: first &+ UInt64($0.offset))]) }
  }

  private static func variant(
    _ name: String, _ payload: SwiftType?, _ values: [Int64]
  ) -> DataType.VariantPart.Variant {
    let nothing = DataType(.aggregate(.structure), byteSize: 0, language: .swift)
    return DataType.VariantPart.Variant(
      discriminants: values.map { $0...$0 },
      members: [DataType.Member(name: name, type: payload?.type ?? nothing, offset: 0)])
  }

  private static func make(
    _ name: String, size: UInt64, alignment: UInt64, tag: (offset: UInt64, width: UInt64)?,
    _ variants: [DataType.VariantPart.Variant], inhabitants: SwiftType.Inhabitants? = nil
  ) -> SwiftType? {
    let discriminant = tag.map { tag in
      DataType.Member(
        name: nil, type: DataType(.base(.unsigned), name: "tag", byteSize: tag.width, language: .swift),
        offset: tag.offset)
    }
    let type = DataType(
      .aggregate(.structure), name: name, byteSize: size, alignment: alignment, language: .swift,
      variantPart: DataType.VariantPart(discriminant: discriminant, variants: variants))
    return SwiftType(type, size: size, alignment: alignment, inhabitants: inhabitants)
  }
}
