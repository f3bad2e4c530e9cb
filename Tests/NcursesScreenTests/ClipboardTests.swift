import Testing

@testable import NcursesScreen

@Suite struct ClipboardTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"), ("ÿ/+", "w78vKw=="),
  ])
  func textIsSentInBase64(_ text: String, _ expected: String) {
    #expect(String(decoding: Clipboard.sequence(for: text), as: UTF8.self) == "\u{1b}]52;c;\(expected)\u{7}")
  }
}
