import CDw
import MachineModel

extension ProgramSymbols {
  /// `type` with the bounds and strides that its arrays have in a frame, for the object at `location`: C's
  /// variable-length arrays, Fortran's arrays by descriptor, also behind a pointer. What can't be told stays as it
  /// is. The location is where the elements are, which a descriptor may have elsewhere (DW_AT_data_location).
  package func resolved(_ type: DataType, at location: Location, in frame: any FrameContext) -> (DataType, Location) {
    let resolver = DynamicTypeResolver(symbols: self, frame: frame, location: location)
    return (resolver.resolved(type, depth: 0), resolver.dataLocation(of: type) ?? location)
  }
}

/// Evaluates the attributes of types that are expressions, or refer to variables (DWARF 5 §2.19, §5.18).
private struct DynamicTypeResolver {
  /// Types nested deeper than this are damaged.
  private static let maximumDepth = 16

  let symbols: ProgramSymbols
  let frame: any FrameContext
  /// Of the object whose type it is; DW_OP_push_object_address pushes it.
  let location: Location

  func resolved(_ type: DataType, depth: Int) -> DataType {
    guard depth < Self.maximumDepth else { return type }
    switch type.kind {
    case .array(let count): return array(type, count: count, depth: depth)
    case .typedef, .const, .volatile, .restrict, .atomic, .reference:
      return replacing(type, depth: depth, resolver: self)
    // What a pointer leads to is not the object that a descriptor describes.
    case .pointer:
      return replacing(
        type, depth: depth, resolver: DynamicTypeResolver(symbols: symbols, frame: frame, location: .optimizedOut))
    default: return type
    }
  }

  private func replacing(_ type: DataType, depth: Int, resolver: DynamicTypeResolver) -> DataType {
    guard let target = type.target, target.isDynamic || target.kind == .pointer else { return type }
    let inner = resolver.resolved(target, depth: depth + 1)
    guard inner !== target else { return type }
    return DataType(
      type.kind, name: type.name, byteSize: type.kind == .pointer ? 8 : inner.byteSize, language: type.language,
      target: inner)
  }

  private func array(_ type: DataType, count: UInt64?, depth: Int) -> DataType {
    guard type.isDynamic, let element = type.target else { return type }
    var layout = type.layout
    layout.absence = absence(of: type)
    let inner = resolved(element, depth: depth + 1)
    var count = count
    if layout.absence != nil {
      count = 0
    } else if layout.isString, let entry = layout.dynamicEntry.flatMap(symbols.entry) {
      count = (value(DW_AT_string_length, of: entry, isPlace: true)).map(UInt64.init(clamping:)) ?? count
    } else if let subrange = layout.dynamicSubrange.flatMap(symbols.entry) {
      layout.lowerBound = value(DW_AT_lower_bound, of: subrange) ?? layout.lowerBound
      layout.stride = stride(of: subrange, element: inner) ?? layout.stride
      if let stated = value(DW_AT_count, of: subrange) {
        count = UInt64(clamping: stated)
      } else if let last = value(DW_AT_upper_bound, of: subrange) {
        count = UInt64(clamping: last &- layout.lowerBound &+ 1)
      }
    }
    if count != nil {
      layout.dynamicEntry = nil
      layout.dynamicSubrange = nil
    }
    let size = count.flatMap { count in inner.byteSize.map { $0.multipliedReportingOverflow(by: count) } }
    return DataType(
      .array(count: count), name: type.name, byteSize: size.flatMap { $0.overflow ? nil : $0.partialValue },
      language: type.language, target: inner, layout: layout)
  }

  /// nil where the elements lie side by side.
  private func stride(of subrange: DIE, element: DataType) -> Int64? {
    guard let stride = value(DW_AT_byte_stride, of: subrange), stride != 0 else { return nil }
    return element.byteSize == UInt64(bitPattern: stride) ? nil : stride
  }

  private func absence(of type: DataType) -> ArrayLayout.Absence? {
    guard let entry = type.layout.dynamicEntry.flatMap(symbols.entry) else { return nil }
    if value(DW_AT_allocated, of: entry) == 0 { return .notAllocated }
    if value(DW_AT_associated, of: entry) == 0 { return .notAssociated }
    return nil
  }

  /// nil where the type's elements are where the object is.
  func dataLocation(of type: DataType) -> Location? {
    var type = type
    for _ in 0..<Self.maximumDepth {
      guard let target = type.target, [.typedef, .const, .volatile].contains(type.kind) else { break }
      type = target
    }
    guard let entry = type.layout.dynamicEntry.flatMap(symbols.entry), entry.has(DW_AT_data_location) else {
      return nil
    }
    guard let address = value(DW_AT_data_location, of: entry) else {
      return .unavailable("the place of the array's elements is not known")
    }
    return .memory(VirtualAddress(UInt64(bitPattern: address)))
  }

  /// An attribute that is a constant, an expression, or a reference to a variable that holds it.
  private func value(_ name: Int, of entry: DIE, isPlace: Bool = false) -> Int64? {
    guard let attribute = entry.attribute(name) else { return nil }
    if let constant = attribute.constant { return constant }
    let context = FrameExpressionContext(
      symbols: symbols, frame: frame, unit: entry.unit, object: objectAddress)
    if let holder = attribute.reference {
      return (try? context.variableValue(holder.offset)).map(Int64.init(bitPattern:))
    }
    guard let image = symbols.loadedImage(entry.file.image),
      let expression = attribute.expression(at: image.imageAddress(frame.lookupAddress).rawValue), !expression.isEmpty
    else { return nil }
    if isPlace { return integer(at: DwarfExpressionEvaluator.locate(expression, in: context)) }
    return (try? DwarfExpressionEvaluator.value(of: expression, in: context).unsigned).map(Int64.init(bitPattern:))
  }

  /// DW_AT_string_length says where the length is, and not what it is (DWARF 5 §5.11).
  private func integer(at location: Location) -> Int64? {
    switch location {
    case .memory(let address):
      return (try? frame.memory.unsigned(address, size: 8)).map(Int64.init(bitPattern:))
    case .register(let number): return frame.registers[dwarf: number].map(Int64.init(bitPattern:))
    case .value(let bytes): return Int64(bitPattern: bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    default: return nil
    }
  }

  private var objectAddress: UInt64? {
    if case .memory(let address) = location { address.rawValue } else { nil }
  }
}
