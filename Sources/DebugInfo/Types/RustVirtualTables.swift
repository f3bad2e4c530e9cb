import CDw
package import MachineModel

extension ProgramSymbols {
  /// The type that implements the methods of a trait in a table at `address`: rustc describes each table by a variable
  /// whose type names that (DW_AT_containing_type). Costs, once an image, a walk of its Rust units' outermost entries.
  package func concreteType(ofVirtualTable address: VirtualAddress) -> DataType? {
    guard let image = loadedImage(at: address) else { return nil }
    let tables = virtualTables[image.number] ?? Self.virtualTables(of: image)
    virtualTables[image.number] = tables
    return tables[image.imageAddress(address).rawValue].flatMap(entry).map(types.type)
  }

  /// By their addresses in the image: the implementing types.
  private static func virtualTables(of image: LoadedImage) -> [UInt64: EntryID] {
    var tables: [UInt64: EntryID] = [:]
    for unit in image.units?.all ?? [] where unit.language == .rust {
      for child in unit.die.children where child.tag == DW_TAG_variable {
        guard let name = child.name, name.hasSuffix("::{vtable}") || name.hasSuffix("::{{vtable}}"),
          let address = child.block(DW_AT_location).flatMap(address),
          let type = child.type?.reference(DW_AT_containing_type)
        else { continue }
        tables[address] = type.id
      }
    }
    return tables
  }

  /// The operand of an expression that is nothing but DW_OP_addr.
  private static func address(_ expression: [UInt8]) -> UInt64? {
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count,
      operation.code == DW_OP_addr
    else { return nil }
    return operation.first
  }
}
