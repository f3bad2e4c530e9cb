package import DebugInfo
package import MachineModel

/// A few children, all known.
package final class ListedChildren: SyntheticChildren {
  private let children: [SyntheticChild]
  package init(_ children: [SyntheticChild]) { self.children = children }
  package convenience init(_ name: String, _ value: Value) { self.init([SyntheticChild(name: name, value: value)]) }

  package func count(upTo limit: Int) -> Int { min(children.count, limit) }
  package func child(at index: Int) -> SyntheticChild? { children.indices.contains(index) ? children[index] : nil }
}

/// Children that a computation finds by their index, each in the same short time.
package final class IndexedChildren: SyntheticChildren {
  private let count: UInt64
  private let make: (UInt64) throws(Unavailability) -> Value

  package init(count: UInt64, _ make: @escaping (UInt64) throws(Unavailability) -> Value) {
    self.count = count
    self.make = make
  }

  package func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }
  package func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    return SyntheticChild(name: "[\(index)]", value: try make(UInt64(index)))
  }
  package func element(at index: Int64) throws(Unavailability) -> Value { try make(UInt64(bitPattern: index)) }
}

/// Elements side by side in memory. They are read a window at a time, so that a long array costs a read per many
/// elements, and one of which little is shown is not read further.
package final class ElementChildren: SyntheticChildren {
  private static let windowSize: UInt64 = 16 << 10

  private let element: DataType
  private let size: UInt64
  private let first: VirtualAddress
  private let count: UInt64
  private let source: any ValueSource
  private var window: (start: UInt64, value: Value)?

  /// - Parameter first: where element 0 is; `count` elements of `element`'s size follow each other from there.
  package init(of element: DataType, at first: VirtualAddress, count: UInt64, source: any ValueSource) {
    self.element = element
    size = max(1, element.size ?? 1)
    self.first = first
    self.count = count
    self.source = source
  }

  package func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }

  package func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    return SyntheticChild(name: "[\(index)]", value: try value(at: UInt64(index)))
  }

  package func element(at index: Int64) -> Value {
    Value(type: element, location: .memory(address(of: UInt64(bitPattern: index))), source: source)
  }

  private func value(at index: UInt64) throws(Unavailability) -> Value {
    let length = max(1, Self.windowSize / size)
    let start = index / length * length
    if window?.start != start {
      let type = DataType.array(of: element, count: min(length, count - start))
      window = (start, Value(type: type, location: .memory(address(of: start)), source: source).loaded())
    }
    guard let window, window.value.loadedBytes != nil, let value = window.value.element(at: Int64(index - start)) else {
      // Where memory ends within the window, the elements before that can be had still.
      let single = Value(type: element, location: .memory(address(of: index)), source: source)
      _ = try single.contents(from: 0, count: 1)
      return single
    }
    return value
  }

  private func address(of index: UInt64) -> VirtualAddress { VirtualAddress(first.rawValue &+ index &* size) }
}
