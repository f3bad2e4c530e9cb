import Synchronization

/// A command or a file of commands of the command line.
struct BatchItem: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    case command(String)
    case file(String)
  }
  let content: Content
  /// Grows along the command line, so that `-ex` and `-x` keep their order among each other.
  let position: Int

  private static let positions = Atomic(0)

  private init(_ content: Content) {
    self.content = content
    position = Self.positions.add(1, ordering: .relaxed).newValue
  }

  static func command(_ text: String) -> BatchItem { BatchItem(.command(text)) }
  static func file(_ path: String) -> BatchItem { BatchItem(.file(path)) }
}
