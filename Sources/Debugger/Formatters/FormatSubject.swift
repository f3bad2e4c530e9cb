package import DebugInfo
package import MachineModel

/// What a formatter is asked about: an object, and questions that many formatters have of it.
package struct FormatSubject {
  /// No reference; its bytes are loaded where they could be.
  package let value: Value
  /// Without typedefs and qualifiers.
  package let type: DataType
  package let family: TypeFamily
  package let settings: SessionSettings
  /// Formatters around this one (a stack's deque): only damaged types have many.
  let depth: Int

  /// nil for a type without a name, which no formatter can be chosen for.
  init?(_ value: Value, settings: SessionSettings, depth: Int = 0) {
    let type = value.type.stripped
    guard let family = TypeFamily(type) else { return nil }
    self.value = value
    self.type = type
    self.family = family
    self.settings = settings
    self.depth = depth
  }

  package var source: any ValueSource { value.source }

  /// The type that the template's parameter `index` stands for.
  package func argument(_ index: Int) -> DataType? {
    let arguments = type.templateArguments
    return arguments.indices.contains(index) ? arguments[index].type : nil
  }

  package var memory: any MemoryReader { value.source.memory }

  /// How another value would be shown: of an adapter's container.
  func view(of other: Value) -> SyntheticView? {
    guard depth < 4 else { return nil }
    return Formatters.view(of: other, settings: settings, depth: depth + 1)
  }
}

/// Reading what a formatter needs; each throws why it cannot be had.
extension Value {
  /// A member's member, and so on; members of base classes and anonymous aggregates count. A layout that has none of
  /// that name is not what the formatter takes it for.
  package func field(_ names: String...) throws(Unavailability) -> Value {
    var value = self
    for name in names {
      guard let part = value.member(named: name) else { throw .reason("no member \(name)") }
      value = part
    }
    return value
  }

  /// The first of some members that differ between versions of a library.
  package func field(anyOf names: [String]) -> Value? {
    for name in names { if let found = member(named: name) { return found } }
    return nil
  }

  /// A pointer member's address.
  package func address(_ names: String...) throws(Unavailability) -> VirtualAddress {
    var value = self
    for name in names { value = try value.field(name) }
    return try value.pointed()
  }

  /// An integral member, zero-extended.
  package func unsigned(_ names: String...) throws(Unavailability) -> UInt64 {
    var value = self
    for name in names { value = try value.field(name) }
    return UInt64(truncatingIfNeeded: try value.integer().bits)
  }

  /// A value of another type in memory, read as far as it goes.
  package func object(_ type: DataType, at address: VirtualAddress) -> Value {
    Value(type: type, location: .memory(address), source: source).loaded(limit: ValueFormatter.readLimit)
  }

  /// The part at an offset, of another type than the member there is declared with.
  package func part(_ type: DataType, at offset: UInt64) -> Value { part(of: type, offset: offset) }
}

extension MemoryReader {
  /// The word (8 bytes) at an address.
  package func word(at address: VirtualAddress) throws(Unavailability) -> UInt64 {
    do throws(MemoryError) { return try unsigned(address, size: 8) } catch { throw .memory(error.address) }
  }
  /// The pointer at an address.
  package func pointer(at address: VirtualAddress) throws(Unavailability) -> VirtualAddress {
    VirtualAddress(try word(at: address))
  }
}

extension VirtualAddress {
  /// Wraps around, as a damaged pointer may make it.
  package func offset(by distance: UInt64) -> VirtualAddress { VirtualAddress(rawValue &+ distance) }
  package var isNull: Bool { rawValue == 0 }
}
