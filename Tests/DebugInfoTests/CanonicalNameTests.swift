import Testing

@testable import DebugInfo

/// C++ names as compilers record them, and as demanglers write them.
struct CanonicalNameTests {
  @Test(arguments: [
    ("Ring<long int, 4>", "Ring<long, 4>"),
    ("pair<const int, long unsigned int>", "pair<int const, unsigned long>"),
    ("box<const char*>", "box<char const*>"),
    ("box<box<short unsigned int> >::inner", "box<box<unsigned short> >::inner"),
    ("plain<int>", "plain<int>"),
    ("operator<", "operator<"),
    ("call<run(const Shape&)::<lambda(const Circle&)> >", "call<run(const Shape&)::<lambda(const Circle&)> >"),
    ("broken<const int, (", "broken<int const, (>"),
  ])
  func written(_ recorded: String, _ canonical: String) {
    #expect(CanonicalName.of(recorded) == canonical)
  }
}
