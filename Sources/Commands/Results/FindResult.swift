package import MachineModel

/// `find`.
package struct FindResult: CommandResult, Equatable {
  /// One place where the pattern stands.
  package struct Hit: Sendable, Encodable, Equatable {
    package let address: VirtualAddress
    package let symbol: String?
  }
  package let hits: [Hit]
  package var text: String {
    if hits.isEmpty { return "Pattern not found." }
    let rows = hits.map { "\($0.address)" + ($0.symbol.map { " <\(escapedName($0))>" } ?? "") }
    return (rows + ["\(hits.count) pattern\(hits.count == 1 ? "" : "s") found."]).joined(separator: "\n")
  }
}
