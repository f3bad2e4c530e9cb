import Testing

@testable import DebugInfo

@Suite struct DemanglerTests {
  /// Linkage names, with the qualified and the full name.
  @Test(
    arguments: [
      ("_ZN3zoo3Dog4barkEi", "zoo::Dog::bark", "zoo::Dog::bark(int)"),
      ("_Z7largestIiET_S0_S0_", "largest<int>", "largest<int>(int, int)"),
      ("_ZNK3zoo3DogltERKS0_", "zoo::Dog::operator<", "zoo::Dog::operator<(zoo::Dog const&) const"),
      ("_ZN3zoo3DogclEi", "zoo::Dog::operator()", "zoo::Dog::operator()(int)"),
      ("_ZNK3zoo3DogcvjEv", "zoo::Dog::operator unsigned int", "zoo::Dog::operator unsigned int() const"),
      (
        "_ZZ4mainENKUliE_clEi", "main::{lambda(int)#1}::operator()", "main::{lambda(int)#1}::operator()(int) const"
      ),
      ("_ZN12_GLOBAL__N_16hiddenEv", "(anonymous namespace)::hidden", "(anonymous namespace)::hidden()"),
      ("_Znwm", "operator new", "operator new(unsigned long)"),
      ("_ZTV3Dog", "vtable for Dog", "vtable for Dog"),
      (
        "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt", "core::fmt::Write::write_fmt"
      ),
      ("$s4main3runyyF", "main.run", "main.run() -> ()"),
      ("$s3sw05PointV6lengthSiyF", "sw0.Point.length", "sw0.Point.length() -> Swift.Int"),
    ])
  func names(_ linkage: String, _ qualified: String, _ full: String) {
    let name = Demangler.demangle(linkage)
    #expect(name?.qualified == qualified)
    #expect(name?.full == full)
  }

  /// Users and damaged files name things as they like.
  @Test func anythingHasALayout() {
    var random = SmallRandom(seed: 5)
    let parts = [
      ":", "::", "(", ")", "<", ">", "->", "operator", "a", " ", "[", "]", "{", "~", "(anonymous namespace)", "é",
    ]
    for _ in 0..<20_000 {
      let name = (0..<random.next(below: 9)).map { _ in parts[random.next(below: parts.count)] }.joined()
      let layout = NameLayout(name)
      #expect(layout.components.allSatisfy { $0.upperBound <= name.endIndex })
      _ = NameQuery(name)
    }
    #expect(NameLayout("a:::b").components.count == 2)
  }

  @Test(arguments: ["main", "_Z", "_ZN", "$s", "", "_ZNoMangling", String(repeating: "_ZN3abc", count: 9000)])
  func whatIsNotMangled(_ name: String) { #expect(Demangler.demangle(name) == nil) }

  /// The parts of a name are found however it nests.
  @Test(
    arguments: [
      ("a::b<c::d>::e(f::g)", ["a", "b<c::d>", "e"]), ("operator<<(int)", ["operator<<"]),
      ("x::operator()(int)", ["x", "operator()"]),
      ("(anonymous namespace)::f", ["(anonymous namespace)", "f"]),
      ("f(int)::{lambda(int)#1}::g", ["f(int)", "{lambda(int)#1}", "g"]),
      ("x::operator->", ["x", "operator->"]), ("", [""]), ("(((", ["((("]), (">>>::", [">>>", ""]),
    ])
  func components(_ name: String, _ expected: [String]) {
    #expect(NameLayout(name).components.map { String(name[$0]) } == expected)
  }
}
