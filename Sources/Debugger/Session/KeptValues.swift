import DebugInfo
import MachineModel

/// What the user keeps in view beside the selected frame's variables.
struct KeptValues {
  enum Content {
    /// A watch expression: evaluated in whichever frame is selected.
    case expression(String)
    /// A place in memory, whichever frame is selected.
    case place(DataType, VirtualAddress, name: String, language: SourceLanguage)
  }

  /// By number, in the order that they were added in.
  private(set) var contents: [(number: Int, content: Content)] = []
  private var last = 0

  /// More are refused: each is evaluated at each stop.
  static let most = 100

  mutating func add(_ content: Content) throws(SessionError) -> Int {
    guard contents.count < Self.most else { throw .refused("No more than \(Self.most) values can be kept in view.") }
    last += 1
    contents.append((last, content))
    return last
  }

  mutating func remove(_ number: Int) { contents.removeAll { $0.number == number } }

  /// Places mean nothing in another process; expressions may.
  mutating func removePlaces() {
    contents.removeAll { if case .place = $0.content { true } else { false } }
  }
}
