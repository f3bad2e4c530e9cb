import DebugInfo
package import MachineModel

/// A table of virtual functions, as an object leads to it.
package struct VirtualTable: Sendable, Encodable, Equatable {
  /// The class whose table it is.
  package let className: String
  package let table: VirtualAddress
  /// The part of the object that leads there.
  package let object: VirtualAddress
  /// What the table's entries lead to, `0x… <Dog::bark()>`, as far as the classes' own functions tell of them.
  package let functions: [String]
}

/// Collects the tables of an object and its base classes: those at one address are one (Itanium C++ ABI §2.5).
struct VirtualTables {
  private var places: [(object: Value, address: VirtualAddress, last: UInt64?)] = []
  /// No class has more functions; damaged data may claim so.
  private static let mostFunctions: UInt64 = 4096

  /// nil where the object's class has no virtual functions.
  init?(of object: Value) {
    guard object.type.isPolymorphic else { return nil }
    collect(object, depth: 0)
  }

  private mutating func collect(_ object: Value, depth: Int) {
    guard depth < 16, object.type.isPolymorphic, let address = object.address else { return }
    if !places.contains(where: { $0.address == address }) { places.append((object, address, nil)) }
    let type = object.type.stripped
    let last = type.methods.filter(\.isVirtual).compactMap(\.virtualIndex).max()
    if let index = places.firstIndex(where: { $0.address == address }), let last {
      places[index].last = max(places[index].last ?? 0, min(last, Self.mostFunctions - 1))
    }
    for member in type.members where member.isBase {
      if let base = object.part(member) { collect(base, depth: depth + 1) }
    }
  }

  func tables(_ renderer: ValueRenderer) -> [VirtualTable] {
    places.compactMap { place in
      guard let last = place.last, let table = try? place.object.source.memory.pointer(at: place.address) else {
        return nil
      }
      let functions = (0...last).map { index in
        let slot = table.offset(by: index * 8)
        guard let entry = try? place.object.source.memory.pointer(at: slot) else {
          return Unavailability.memory(slot).placeholder
        }
        return renderer.addressText(entry, alwaysNamed: true)
      }
      return VirtualTable(
        className: renderer.types.baseName(place.object.type.stripped), table: table, object: place.address,
        functions: functions)
    }
  }
}

extension DebugSession {
  /// `info vtbl`: of an object, or of the one that a pointer leads to. nil where it has no virtual functions.
  package func virtualTables(of expression: String) async throws(SessionError) -> [VirtualTable]? {
    let (value, scope) = try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      let value = try evaluator.plain(evaluator.evaluate(expression))
      return value.type.stripped.kind == .pointer ? try value.dereferenced() : value
    }
    let object = settings.printObject ? value.wholeObject() ?? value : value
    let renderer = ValueRenderer(settings: settings, language: scope.language, letter: .natural, source: scope)
    return VirtualTables(of: object)?.tables(renderer)
  }
}
