/// What the lexer has to know of a language.
struct LanguageRules {
  /// A way to write a string.
  struct StringRule {
    let open: String
    let close: String
    var escapes = true
    /// Whether it goes on over the end of a line.
    var isMultiline = false
  }

  var lineComments: [String] = ["//"]
  var blockComments = true
  var nestedComments = false
  /// Longer openings first.
  var strings: [StringRule]
  var keywords: Set<String>
  var types: Set<String> = []
  /// Letters that may stand before a string's quote and belong to it.
  var prefixes: Set<String> = []
  /// Whether words with a capital first letter are types.
  var capitalTypes = false
  /// Whether `#` at the start of a line begins a directive.
  var hasDirectives = false
  /// What begins an attribute or decorator, up to the end of its name.
  var attributes: [String] = []
  var isAssembler = false

  static func rules(of language: SourceLanguage) -> LanguageRules {
    switch language {
    case .c: c
    case .cPlusPlus: cPlusPlus
    case .rust: rust
    case .swift: swift
    case .python: python
    case .go: go
    case .assembler: assembler
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  private static let quotes = [StringRule(open: "\"", close: "\""), StringRule(open: "'", close: "'")]

  private static let c = LanguageRules(
    strings: quotes,
    keywords: words(
      """
      alignas alignof auto break case const constexpr continue default do else enum extern false for goto if inline
      nullptr register restrict return sizeof static static_assert struct switch thread_local true typedef typeof union
      volatile while _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local
      """),
    types: words(
      """
      bool char double float int long short signed unsigned void _Bool _Complex size_t ssize_t FILE
      """),
    prefixes: ["L", "u", "U", "u8"], hasDirectives: true)

  private static let cPlusPlus = {
    var rules = c
    rules.keywords.formUnion(
      words(
        """
        and and_eq asm bitand bitor catch class co_await co_return co_yield compl concept const_cast consteval constinit
        decltype delete dynamic_cast explicit export final friend mutable namespace new noexcept not not_eq operator or
        or_eq override private protected public reinterpret_cast requires static_cast template this throw try typeid
        typename using virtual xor xor_eq
        """))
    rules.types.formUnion(["char8_t", "char16_t", "char32_t", "wchar_t", "string", "vector", "map"])
    return rules
  }()

  private static let rust = LanguageRules(
    nestedComments: true,
    strings: [StringRule(open: "\"", close: "\"", isMultiline: true), StringRule(open: "'", close: "'")],
    keywords: words(
      """
      as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut
      pub ref return self Self static struct super trait true type union unsafe use where while
      """),
    types: words("bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize"),
    prefixes: ["b", "c"], capitalTypes: true, attributes: ["#[", "#!["])

  private static let swift = LanguageRules(
    nestedComments: true,
    strings: [
      StringRule(open: "\"\"\"", close: "\"\"\"", isMultiline: true), StringRule(open: "\"", close: "\""),
    ],
    keywords: words(
      """
      actor any as associatedtype async await borrowing break case catch class consuming continue convenience default
      defer deinit didSet do dynamic else enum extension fallthrough false fileprivate final for func get guard if import
      in indirect init inout internal is lazy let mutating nil nonisolated nonmutating open operator override package
      precedencegroup private protocol public repeat required rethrows return self Self sending set some static struct
      subscript super switch throw throws true try typealias unowned var weak where while willSet
      """),
    capitalTypes: true, attributes: ["@", "#"])

  private static let python = LanguageRules(
    lineComments: ["#"], blockComments: false,
    strings: [
      StringRule(open: "\"\"\"", close: "\"\"\"", isMultiline: true),
      StringRule(open: "'''", close: "'''", isMultiline: true),
    ] + quotes,
    keywords: words(
      """
      and as assert async await break case class continue def del elif else except False finally for from global if
      import in is lambda match None nonlocal not or pass raise return True try type while with yield
      """),
    types: words("bool bytes complex dict float frozenset int list object set str tuple type"),
    prefixes: ["r", "R", "b", "B", "f", "F", "u", "U", "rb", "Rb", "rB", "RB", "br", "bR", "Br", "BR", "fr", "rf"],
    attributes: ["@"])

  private static let go = LanguageRules(
    strings: [StringRule(open: "`", close: "`", escapes: false, isMultiline: true)] + quotes,
    keywords: words(
      """
      break case chan const continue default defer else fallthrough false for func go goto if import interface iota map
      nil package range return select struct switch true type var
      """),
    types: words(
      """
      any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint
      uint8 uint16 uint32 uint64 uintptr
      """))

  private static let assembler = LanguageRules(
    lineComments: ["#", "//", ";"], strings: quotes, keywords: [], isAssembler: true)
}
