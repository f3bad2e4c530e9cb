import Debugger
import Testing

/// Tables of expressions, with the text that they are expected to have.
extension SessionFixture {
  /// What `print` says of each, without its `$1 = `.
  func expectValues(_ table: [(String, String)]) async {
    for (expression, expected) in table {
      let text: String
      do {
        text = try await value(expression)
      } catch {
        text = "\(error)"
      }
      #expect(text == expected, "\(expression)")
    }
  }

  /// What `whatis` says of each, or `ptype` where it is `expanded`.
  func expectTypes(_ table: [(String, String)], expanded: Bool = false) async {
    for (expression, expected) in table {
      let text: String
      do {
        text = try await session.typeDescription(
          of: expression, isExpanded: expanded, options: TypePrinter.Options()
        ).text
      } catch {
        text = "\(error)"
      }
      #expect(text == expected, "\(expression)")
    }
  }
}
