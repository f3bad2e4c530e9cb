/// One line to the user, until the next key.
package struct Message: Sendable, Equatable {
  package enum Kind: Sendable, Equatable { case information, warning, error }
  package let text: String
  package let kind: Kind
  package init(_ text: String, _ kind: Kind = .information) {
    self.text = text
    self.kind = kind
  }
}
