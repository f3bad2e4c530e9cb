/// A row of `info registers`.
package struct RegisterRow: Sendable, Encodable, Equatable {
  package let name: String
  /// `0x…`, or `<not saved>`.
  package let raw: String
  /// In the register's natural form: decimal, `[ ZF PF ]`, `0x401136 <main+4>`.
  package let natural: String
  package init(name: String, raw: String, natural: String) {
    self.name = name
    self.raw = raw
    self.natural = natural
  }
}
