/// What a command says no with, in whole words, as gdb words it where gdb has the case.
package struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
