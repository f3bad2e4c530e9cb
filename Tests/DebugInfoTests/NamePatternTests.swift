import Testing

@testable import DebugInfo

/// Regular expressions over names: grep's syntax, any place, and no way to hang.
@Suite struct NamePatternTests {
  @Test(arguments: [
    ("add", "add_item", true), ("add", "ad", false), ("", "anything", true), ("^add", "re_add", false),
    ("item$", "add_item", true), ("^a.*m$", "add_item", true), ("a\\|b", "cab", true), ("a|b", "ab", false),
    ("^\\(add\\|sub\\)_[a-z]\\{4\\}$", "sub_item", true), ("^\\(add\\|sub\\)_[a-z]\\{5,\\}$", "sub_item", false),
    ("x\\+y", "xxy", true), ("x\\+y", "y", false), ("^x\\?y$", "y", true), ("*", "operator*", true),
    ("\\<get", "do::get", true), ("\\<get", "forget", false), ("[[:digit:]]$", "foo2", true), ("[^a-z]", "abc", false),
    ("[]a]", "x]", true), ("operator\\[\\]", "operator[]", true), ("::~", "zoo::~Dog", true), ("a\\.b", "axb", false),
    ("^$", "", true), ("a$b", "a$b", true), ("\\bfoo\\B", "foobar", true), ("a**", "b", true), ("é", "né", true),
  ]) func matches(_ pattern: String, _ name: String, _ expected: Bool) throws {
    #expect(try NamePattern(pattern).matches(name) == expected)
  }

  @Test(arguments: [
    ("[a", "Unmatched [, [^, [:, [., or [="), ("\\(a", "Unmatched ( or \\("), ("a\\)", "Unmatched ) or \\)"),
    ("a\\{2", "Unmatched \\{"), ("a\\{3,2\\}", "Invalid content of \\{\\}"), ("\\(a\\)\\1", "Invalid back reference"),
    ("[z-a]", "Invalid range end"), ("a\\", "Trailing backslash"), ("[[:nosuch:]]", "Invalid character class name"),
    ("\\(\\(x\\{900\\}\\)\\{900\\}\\)\\{900\\}", "Regular expression too big"),
    (String(repeating: "\\(", count: 5000), "Regular expression too big"),
  ]) func refuses(_ pattern: String, _ reason: String) {
    #expect(throws: NamePattern.Failure(reason: reason)) { try NamePattern(pattern) }
  }

  @Test func takesNoTimeOverWhatBacktrackingWould() throws {
    let name = String(repeating: "a", count: 5000)
    #expect(try !NamePattern("^\\(a*\\)*\\(a\\|a\\)*\\(a*a*\\)*b$").matches(name))
    #expect(try NamePattern(String(repeating: "a\\?", count: 100) + String(repeating: "a", count: 100)).matches(name))
  }
}
