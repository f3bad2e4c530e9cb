package import DebugInfo
import MachineModel

/// From a value to its parts, and to what it points to.
extension Value {
  // MARK: Members

  /// A member of this aggregate, as its type lists it; nil for a static one that is nowhere.
  package func part(_ member: DataType.Member) -> Value? {
    if member.kind == .staticField {
      if let constant = member.constant { return Value(type: member.type, bytes: constant, source: source) }
      return member.name.flatMap { source.staticMember($0, of: type.stripped) }
    }
    if let expression = member.locationExpression {
      guard let address else { return part(of: member.type, at: .unavailable("an object that is not in memory")) }
      return part(of: member.type, at: source.evaluate(expression, initial: [address.rawValue]))
    }
    guard let bits = member.bitSize else { return part(of: member.type, offset: member.offset) }
    let field = BitField(offset: member.bitOffset % 8, size: bits)
    let start = member.offset &+ member.bitOffset / 8
    let size = (field.offset &+ min(bits, 128) &+ 7) / 8
    return Value(
      type: member.type, location: location, offset: offset &+ start, bitField: field, source: source,
      loadedBytes: loadedBytes?.slice(offset: start, count: size))
  }

  private func part(of type: DataType, at location: Location) -> Value {
    Value(type: type, location: location, source: source)
  }

  func part(of type: DataType, offset: UInt64) -> Value {
    if type.isDynamic, let address {
      let (resolved, location) = source.resolved(type, at: .memory(address + offset))
      return Value(type: resolved, location: location, source: source)
    }
    let slice = type.size.flatMap { loadedBytes?.slice(offset: offset, count: $0) }
    return Value(
      type: type, location: location, offset: self.offset &+ offset, bitField: nil, source: source,
      loadedBytes: slice)
  }

  /// A data member of that name: of the aggregate itself, of its anonymous members, or of its base classes.
  /// `Base::name` asks a base class. nil where there is none. Visits each base class once, to depth 32.
  package func member(named name: String) -> Value? {
    if let separator = Self.lastQualifier(of: name) {
      guard let base = base(named: String(name[..<separator.lowerBound])) else { return nil }
      return base.member(named: String(name[separator.upperBound...]))
    }
    return member(named: name, depth: 0)
  }

  private func member(named name: String, depth: Int) -> Value? {
    let aggregate = type.stripped
    guard aggregate.isAggregate, depth < 32 else { return nil }
    for member in aggregate.members where member.name == name && !member.isBase {
      return part(member)
    }
    for member in aggregate.members where member.isBase || member.isAnonymousAggregate {
      if let found = part(member)?.member(named: name, depth: depth + 1) { return found }
    }
    return nil
  }

  /// The subobject of a base class (or the value itself), by the class's name or the last part of it.
  package func base(named name: String) -> Value? { base(depth: 0) { $0.isNamed(name) } }
  /// The subobject of a base class (or the value itself), by its type.
  package func base(_ type: DataType) -> Value? {
    let wanted = type.stripped
    return base(depth: 0) { $0 === wanted || ($0.name != nil && $0.name == wanted.name) }
  }

  private func base(depth: Int, where accepts: (DataType) -> Bool) -> Value? {
    let aggregate = type.stripped
    guard aggregate.isAggregate, depth < 32 else { return nil }
    if accepts(aggregate) { return self }
    for member in aggregate.members where member.isBase {
      if let found = part(member)?.base(depth: depth + 1, where: accepts) { return found }
    }
    return nil
  }

  /// `Base::x` at its last `::` outside of template arguments.
  private static func lastQualifier(of name: String) -> Range<String.Index>? {
    var depth = 0
    var found: Range<String.Index>?
    var index = name.startIndex
    while index < name.endIndex {
      let next = name.index(after: index)
      switch name[index] {
      case "<": depth += 1
      case ">": depth -= 1
      case ":" where depth == 0 && next < name.endIndex && name[next] == ":":
        found = index..<name.index(after: next)
        index = name.index(after: next)
        continue
      default: break
      }
      index = next
    }
    return found
  }

  // MARK: Elements

  /// The element of an array at an index, also one past its end: C allows for that, and memory decides.
  package func element(at index: Int64) -> Value? {
    let array = type.stripped
    guard array.isArray, let element = array.target else { return nil }
    let stride = array.layout.stride.map(UInt64.init(bitPattern:)) ?? element.size ?? 1
    let offset = UInt64(bitPattern: index) &* stride
    return part(of: element, offset: offset)
  }

  // MARK: Pointers and references

  /// What a reference refers to; the value itself where it is none.
  package func withoutReference() throws(Unavailability) -> Value {
    guard type.stripped.isReference else { return self }
    return try target(of: type.stripped)
  }

  /// What a pointer points to (not read yet). A pointer to `void` or to nothing that has a size is refused.
  package func dereferenced() throws(ExpressionError) -> Value {
    do throws(Unavailability) {
      let value = try withoutReference()
      let stripped = value.type.stripped
      switch stripped.kind {
      case .pointer:
        guard let target = stripped.target, target.stripped.kind != .void else {
          throw .reason("Attempt to dereference a generic pointer.")
        }
        return try value.target(of: stripped)
      case .array:
        guard let first = value.element(at: 0) else { throw .incompleteType }
        return first
      case .function: return value
      case .base where stripped.isIntegral:
        // gdb takes `*0x1234` as a `long` there.
        return Value(type: .long, location: .memory(try value.pointed()), source: source)
      default: throw .reason("Attempt to take contents of a non-pointer value.")
      }
    } catch {
      throw ExpressionError(error)
    }
  }

  private func target(of pointer: DataType) throws(Unavailability) -> Value {
    let pointee = pointer.target ?? .void
    if let synthetic = syntheticPointer {
      return Value(
        type: pointee, location: source.implicitTarget(synthetic.entry), offset: UInt64(bitPattern: synthetic.offset),
        bitField: nil, source: source, loadedBytes: nil)
    }
    return Value(type: pointee, location: .memory(try pointed()), source: source)
  }

  /// The variable that it points to where it is, or is a piece that is, a pointer of the debug information only.
  private var syntheticPointer: (entry: EntryID, offset: Int64)? {
    switch location {
    case .implicitPointer(let entry, let distance): return (entry, distance)
    case .pieces(let pieces):
      var position: UInt64 = 0
      for piece in pieces where position <= offset &* 8 {
        if position == offset &* 8, case .implicitPointer(let entry, let distance) = piece.location {
          return (entry, distance)
        }
        position &+= piece.bitSize
      }
      return nil
    default: return nil
    }
  }

  /// `&value`: a pointer to it.
  package func addressed() throws(ExpressionError) -> Value {
    do throws(Unavailability) {
      let value = try withoutReference()
      guard let address = value.address else {
        switch value.location {
        case .register(let number):
          let name = RegisterValue.name(ofDWARFNumber: number) ?? "\(number)"
          throw .reason("Address requested for identifier which is in register $\(name).")
        case .optimizedOut: throw .optimizedOut
        default: throw .reason("Attempt to take address of value not located in memory.")
        }
      }
      return Value(type: .pointer(to: value.type), address: address, source: source)
    } catch {
      throw ExpressionError(error)
    }
  }
}

extension DataType.Member {
  package var isBase: Bool { if case .base = kind { true } else { false } }
  /// A member without a name whose own members are used as if they were the aggregate's.
  package var isAnonymousAggregate: Bool { name == nil && !isBase && type.stripped.isAggregate }
  /// The pointer to the table of virtual functions.
  package var isVirtualTable: Bool { name?.hasPrefix("_vptr") ?? false }
}

extension DataType {
  /// True for its name, or the last part of it (`Dog` for `zoo::Dog`).
  package func isNamed(_ wanted: String) -> Bool {
    guard let name else { return false }
    return name == wanted || name.hasSuffix("::" + wanted)
  }
}
