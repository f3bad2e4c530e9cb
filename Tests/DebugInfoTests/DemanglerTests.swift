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
      ("_ZTIi@CXXABI_1.3", "typeinfo for int@CXXABI_1.3", "typeinfo for int@CXXABI_1.3"),
      ("_ZdlPv@plt", "operator delete@plt", "operator delete(void*)@plt"),
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

  /// Rust's own mangling, as `rustc -C symbol-mangling-version=v0` writes it; hashes of crates are left out.
  @Test(
    arguments: [
      ("_RNvCs6dJjb8yiNt5_6values4main", "values::main"),
      ("_RNCNvCs6dJjb8yiNt5_6values4main0B3_", "values::main::{closure#0}"),
      ("_RINvNtC3std3mem8align_ofjdE", "std::mem::align_of::<usize, f64>"),
      (
        "_RINvMNtCsgEmfK2I1SDS_4core3stre18trim_start_matchesReECsgY6Mt91CT9J_14rustc_demangle",
        "<str>::trim_start_matches::<&str>"
      ),
      ("_RNvXCs15kBYyAo9fc_7mycrateINtC3std3VecjENtB2_5Trait3foo", "<std::Vec<usize> as mycrate::Trait>::foo"),
      ("_RNvMC0TFUKCPhRL0_eEuDNvC3std3AnyEL_E1f", nil),
      ("_RMC0Atj8_", "<[u16; 8]>"), ("_RIC0Kb1_Kc41_Kin2_E", "::<true, 'A', -2>"),
      ("_RNvC6_123foo3bar", "123foo::bar"),
      // A count of lifetimes at the end of numbers.
      ("_RMC1aFGb0000000000_Eu", nil),
      ("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y", "utf8_idents::საჭმელად_გემრიელი_სადილი"),
      ("_RNvC3foo3bar.llvm.123", "foo::bar"), ("_RNvC3foo", nil), ("_R", nil), ("_RNvB_3foo", nil), ("_RB0_", nil),
    ] as [(String, String?)]) func rust(_ linkage: String, _ expected: String?)
  {
    #expect(Demangler.demangle(linkage)?.full == expected)
  }

  /// Names that are short but stand for endless ones, or nest without end.
  @Test func isBoundedOnHostileNames() {
    var doubling = "_RINvC1a1b"
    for _ in 0..<40 { doubling += "TB8_B8_E" }
    #expect(Demangler.demangle(doubling + "E").map { $0.full.utf8.count < 1 << 15 } ?? true)
    #expect(Demangler.demangle("_RMC1a" + String(repeating: "S", count: 5000) + "h") == nil)
    let nested = "_Z1f" + String(repeating: "P", count: 8000) + "i"
    #expect(Demangler.demangle(nested).map { $0.full.utf8.count < 1 << 20 } ?? true)
  }

  @Test(arguments: ["main", "_Z", "_ZN", "$s", "", "_ZNoMangling", String(repeating: "_ZN3abc", count: 9000)])
  func whatIsNotMangled(_ name: String) { #expect(Demangler.demangle(name) == nil) }

  /// The parts of a name are found however it nests.
  @Test(
    arguments: [
      ("a::b<c::d>::e(f::g)", ["a", "b<c::d>", "e"]), ("operator<<(int)", ["operator<<"]),
      ("a::operator==<b, c::d<e> >(f)", ["a", "operator==<b, c::d<e> >"]),
      ("x::operator()(int)", ["x", "operator()"]),
      ("(anonymous namespace)::f", ["(anonymous namespace)", "f"]),
      ("f(int)::{lambda(int)#1}::g", ["f(int)", "{lambda(int)#1}", "g"]),
      ("x::operator->", ["x", "operator->"]), ("", [""]), ("(((", ["((("]), (">>>::", [">>>", ""]),
    ])
  func components(_ name: String, _ expected: [String]) {
    #expect(NameLayout(name).components.map { String(name[$0]) } == expected)
  }
}
