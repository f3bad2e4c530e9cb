import TestSupport
import Testing

/// Types of C++ in a running program, where libstdc++'s scripts for gdb are in force: the text of gdb 13.
@Suite struct CppTypeTextTests {
  @Test func typesAtAStop() throws {
    try expect([
      ("whatis shelf.first", "type = std::string"),
      ("whatis shelf", "type = Shelf<std::string>"),
      (
        "ptype numbers",
        """
        type = struct Shelf<int> [with T = int] {
            T first;
            std::vector<int> rest;
            std::pair<T const, std::string> labelled;
            std::unique_ptr<std::map<int, int>> more;
        }
        """
      ),
      ("whatis words", "type = const std::vector<const char*>"),
      ("ptype words", "type = const std::vector<const char*>"),
      ("whatis index", "type = std::map<Key, std::vector<std::string>>"),
      ("whatis backwards", "type = std::map<int, int, Reversed, std::allocator<std::pair<int const, int> > >"),
      (
        "whatis pairs",
        "type = std::vector<std::pair<int, "
          + "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >>"
      ),
      ("whatis where", "type = std::vector<int, std::allocator<int> >::iterator"),
      ("whatis reference", "type = const std::string &"),
      ("whatis/r words", "type = const std::vector<char const*, std::allocator<char const*> >"),
      ("ptype lamp", "type = enum : unsigned int {on, off}"),
      ("whatis Switch", "type = enum {...}"),
      ("whatis values", "type = Values<(char)'x', &counter>"),
      ("whatis named", "type = Named"),
      (
        "ptype shop::Item",
        """
        type = struct shop::Item {
          public:
            int count;

            int take(int) volatile;
            virtual double price(int) const;
            void add(int);
            void add(const std::string &);
            shop::Item operator+(const shop::Item &) const;
            static int total(void);
            ~Item(void);
            long as<long>(void) const;
        }
        """
      ),
    ])
  }

  @Test func methodsAndNamespaces() throws {
    try expect([
      ("whatis &shop::Item::take", "type = int (shop::Item::*)(volatile shop::Item * const, int)"),
      ("whatis &shop::Item::price", "type = double (shop::Item::*)(const shop::Item * const, int)"),
      ("whatis shop::Item::add", "non-unique member `add' requires type instantiation"),
      ("whatis shop::Item::add(int)", "type = void (shop::Item * const, int)"),
      ("whatis &shop::Item::total", "type = int (*)(void)"),
      ("whatis shop::Item::operator+", "type = shop::Item (const shop::Item * const, const shop::Item &)"),
      ("whatis shop::Item::price()", "Cannot resolve method shop::Item::price to any overloaded instance"),
      (
        "ptype shop::Size",
        "type = enum class shop::Size : short {shop::Size::small, shop::Size::large = 4}"
      ),
      ("whatis shop", "type = shop"),
      ("ptype shop", "type = namespace shop"),
      ("whatis struct shop::Size", "This context has class, union or enum shop::Size, not a struct."),
      ("whatis fill", "type = int (int (&)[3], int (*)[2])"),
    ])
  }

  @Test func listsAndScopes() throws {
    let line = { try Fixture.line(of: $0, in: "cpptypes.cpp") }
    try expect([
      (
        "info types ^shop$",
        "All types matching regular expression \"^shop$\":\n\nFile cpptypes.cpp:\n\(try line("namespace shop {")):\tshop"
      ),
      (
        "info types -q ^Named$",
        """

        File cpptypes.cpp:
        \(try line("} Named;")):\tNamed;
        \(try line("} Named;")):\ttypedef Named Named;
        """
      ),
      (
        "info variables -q nameless",
        """

        File cpptypes.cpp:
        \(try line("} nameless;")):\tstatic struct {
            int left;
            int right;
        } nameless;
        """
      ),
      (
        "info functions -q -n ^fill(int (&",
        "\nFile cpptypes.cpp:\n\(try line("static int fill")):\tstatic int fill(int (&) [3], int (*) [2]);"
      ),
      (
        "info scope local",
        """
        Scope for local:
        Symbol argument is a complex DWARF expression:
             0: DW_OP_fbreg -36
        , length 4.
        Symbol Inner::calm is a constant with value 0 (0x0), length 4.
        Symbol Inner::wild is a constant with value 7 (0x7), length 4.
        Symbol Inner::Mood is a typedef.
        Symbol Inner is a typedef.
        Symbol inner is a complex DWARF expression:
             0: DW_OP_fbreg -24
        , length 8.
        Symbol hidden is a constant with value 3 (0x3), length 4.
        Symbol closure is a complex DWARF expression:
             0: DW_OP_fbreg -32
        , length 8.
        """
      ),
    ])
  }

  /// Asks all in one run, each behind a line of its own.
  private func expect(_ table: [(command: String, text: String)]) throws {
    let sandbox = try Sandbox()
    let stop = try Fixture.line(of: "// stop", in: "cpptypes.cpp")
    let program = try Fixture.compile("cpptypes.cpp")
    let questions = table.flatMap { ["echo ==\\n", $0.command] }
    let batch = try Batch(commands: ["break cpptypes.cpp:\(stop)", "run"] + questions, program: [program], in: sandbox)
    let answers = batch.output.split(separator: "==\n", omittingEmptySubsequences: false).dropFirst()
    #expect(answers.count == table.count)
    for (answer, expected) in zip(answers, table) {
      let shown = Self.withoutEnd(answer).replacing(/File .*\/cpptypes/) { _ in "File cpptypes" }
      // Errors have a stream of their own.
      #expect(shown.isEmpty ? batch.errors.contains(expected.text) : shown == expected.text, "\(expected.command)")
    }
  }

  private static func withoutEnd(_ text: Substring) -> String {
    var text = text
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
