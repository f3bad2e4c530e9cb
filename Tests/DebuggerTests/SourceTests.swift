import Testing

@testable import Debugger

@Suite struct SourceTests {
  /// RFC 1321 §A.5, and lengths around the block's.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
    (String(repeating: "x", count: 55), "04364420e25c512fd958a70738aa8f72"),
    (String(repeating: "x", count: 56), "668a72d5ba17f08e62dabcafad6db14b"),
    (String(repeating: "x", count: 64), "c1bb4f81d892b2d57947682aeb252456"),
  ])
  func checksums(_ text: String, _ sum: String) {
    let digits = MD5.checksum(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(digits == sum)
  }

  @Test func search() {
    var search = SourceSearch()
    search.substitute("/usr/src", by: "/mnt/cross/")
    search.substitute("/usr/src/", by: "/mnt/other")
    #expect(search.substitutions == [.init(from: "/usr/src", to: "/mnt/other")])
    #expect(search.rewritten("/usr/src/a.c") == "/mnt/other/a.c")
    #expect(search.rewritten("/usr/srcs/a.c") == "/usr/srcs/a.c")
    search.add(["/one", "/two"])
    search.add(["/two"])
    #expect(search.directories == ["/two", "/one", "$cdir", "$cwd"])
    #expect(
      search.candidates("/x/a.c")
        == ["/x/a.c", "/two/x/a.c", "/two/a.c", "/one/x/a.c", "/one/a.c", "a.c", "a.c"])
  }
}
