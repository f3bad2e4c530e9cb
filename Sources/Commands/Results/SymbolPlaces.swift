package import DebugInfo

/// `info scope`.
package struct ScopeListing: CommandResult, Equatable {
  /// As it was asked for.
  package let scope: String
  package let symbols: [SymbolPlace]

  package var text: String {
    guard !symbols.isEmpty else { return "Scope for \(escapedName(scope)) contains no locals or arguments." }
    let lines = symbols.map { symbol in
      let size = symbol.size.map { ", length \($0)" } ?? ""
      return "Symbol \(escapedName(symbol.name)) is \(escaped(symbol.place))\(size)."
    }
    return "Scope for \(escapedName(scope)):\n" + lines.joined(separator: "\n")
  }
}

/// `info address`.
package struct AddressDescription: CommandResult, Equatable {
  package let symbol: SymbolPlace
  package var text: String { "Symbol \"\(escapedName(symbol.name))\" is \(escaped(symbol.place))." }
  package func encode(to encoder: any Encoder) throws { try symbol.encode(to: encoder) }
}

extension SymbolPlace: Encodable {
  private enum CodingKeys: CodingKey { case name, place, size }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(place, forKey: .place)
    try container.encodeIfPresent(size, forKey: .size)
  }
}
