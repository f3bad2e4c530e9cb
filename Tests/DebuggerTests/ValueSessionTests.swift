import Debugger
import TestSupport
import Testing

/// Values and types of compiled programs, with the text that gdb 13 has for the same ones.
@Suite struct ValueSessionTests {
  private static let cTypes = [
    ("global", "int"),
    ("table", "int [3]"),
    ("origin", "struct point"),
    ("greeting", "const char *"),
    ("matrix", "int [2][3]"),
    ("ld", "long double"),
    ("fc", "complex float"),
    ("ul", "unsigned long"),
    ("us", "unsigned short"),
    ("u128", "__int128 unsigned"),
    ("wc", "wchar_t"),
    ("wide", "wchar_t [7]"),
    ("blue", "enum colour"),
    ("cv", "const volatile int"),
    ("constant_pointer", "int * const"),
    ("pointer_to_const", "const int *"),
    ("pointer_pointer", "int **"),
    ("point_pointer", "struct point *"),
    ("add", "int (int, char *)"),
    ("&add", "int (*)(int, char *)"),
    ("variadic", "int (const char *, ...)"),
    ("function_pointer", "callback"),
    ("array_pointer", "int (*)[3]"),
    ("pointer_array", "int *[3]"),
    ("typedefed", "point_t"),
    ("point_t", "struct point"),
    ("functions", "int (*[2])(int, char *)"),
    ("higher", "callback (*)(int, void (*)(void))"),
    ("shape.tag", "union {...}"),
    ("flexible.data", "int []"),
    ("nothing", "void (void)"),
    ("vc", "volatile char"),
    ("&table", "int (*)[3]"),
    ("shape.kind", "unsigned int"),
    ("ch+1", "int"),
    ("f+1", "float"),
    ("ul-1", "unsigned long"),
    ("(char)1", "char"),
    ("callback", "int (*)(int, char *)"),
    ("unsigned", "unsigned int"),
    ("long unsigned int", "unsigned long"),
    ("struct shape *", "struct shape *"),
    ("char *[3]", "char *[3]"),
    ("int (*)(int)", "int (*)(int)"),
    ("struct nosuch", "No struct type named nosuch."),
  ]

  private static let cBodies = [
    (
      "origin",
      """
      struct point {
          int x;
          int y;
      }
      """
    ),
    (
      "shape",
      """
      struct shape {
          enum colour colour;
          unsigned int flags : 3;
          unsigned int kind : 5;
          struct point corners[4];
          const char *name;
          union {
              int i;
              float f;
          } tag;
          double area;
      }
      """
    ),
    (
      "anonymous",
      """
      struct anonymous {
          int a;
          union {
              int b;
              float c;
              struct {...};
          };
          int f;
      }
      """
    ),
    (
      "callbacks",
      """
      struct callbacks {
          callback call;
          void (*plain)(void);
          int *data;
          char *text;
          void *raw;
      }
      """
    ),
    ("blue", "enum colour {RED, GREEN = 5, BLUE}"),
    ("enum flags", "enum flags {FLAG_A = 1, FLAG_B, FLAG_C = 8}"),
    (
      "struct node",
      """
      struct node {
          int value;
          struct node *next;
      }
      """
    ),
    (
      "typedefed",
      """
      struct point {
          int x;
          int y;
      }
      """
    ),
    ("callback", "int (*)(int, char *)"),
    (
      "bits",
      """
      struct bits {
          int a : 3;
          unsigned int b : 5;
          long c : 40;
          _Bool d : 1;
          enum colour e : 4;
      }
      """
    ),
    (
      "empty",
      """
      struct empty {
          <no data fields>
      }
      """
    ),
    (
      "union number",
      """
      union number {
          int i;
          float f;
          char c[4];
      }
      """
    ),
    (
      "deep",
      """
      struct deep {
          struct {
              struct {...} b;
          } a;
      }
      """
    ),
    (
      "flexible",
      """
      struct flexible {
          int n;
          int data[];
      }
      """
    ),
    ("higher", "int (*(*)(int, void (*)(void)))(int, char *)"),
    (
      "incomplete_pointer",
      """
      struct incomplete {
          <incomplete type>
      } *
      """
    ),
    ("minus", "enum negative {MINUS = -1, PLUS = 1}"),
    ("wide", "int [7]"),
    ("functions", "int (*[2])(int, char *)"),
  ]

  private static let cppValues = [
    ("pet.count", "5"),
    ("box", "{value = 5, items = {0, 0}, kind = zoo::Box<int, 2>::fancy}"),
    ("text_box.kind", "zoo::Box<char const*, 1>::fancy"),
    ("only_empty", "{<zoo::Empty> = {<No data fields>}, <No data fields>}"),
    ("bits", "{a = -1, b = 17, c = true, size = zoo::Size::big}"),
    ("anonymous", "{a = 1, {b = 2, c = 2.80259693e-45}, named = {d = 3, e = 4}}"),
    ("size", "zoo::Size::big"),
    ("odd", "3"),
    ("plain", "zoo::two"),
    ("data_member", "&zoo::Members::x"),
    ("null_member", "NULL"),
    ("virtual_method", "&virtual zoo::Animal::legs() const"),
    ("flag", "true"),
    ("bottom.b", "1"),
    ("left->b", "1"),
    ("bottom_pointer->r", "3"),
    ("zoo::Size::big", "zoo::Size::big"),
    ("zoo::two", "zoo::two"),
    ("members.*data_member", "7"),
    ("&zoo::Members::x", "&zoo::Members::x"),
    ("1==1", "true"),
    ("!true", "false"),
    ("(zoo::Size)7", "zoo::Size::big"),
    ("((zoo::Pet*)animal)->weight", "2.5"),
    ("sizeof(zoo::Pet)", "32"),
    ("::plain_global", "5"),
    ("hidden_struct", "{h = 1}"),
    ("Counter::limit", "100"),
    ("counter", "{n = 13, static limit = 100}"),
    ("zoo::nosuch", "No symbol \"nosuch\" in namespace \"zoo\"."),
    ("pet.nosuch", "There is no member or method named nosuch."),
    ("Node", "Attempt to use a type name as an expression"),
    ("lambda.__flag", "true"),
    ("array_reference[1]", "2"),
    ("reference+1", "6"),
    ("*null_pet", "Cannot access memory at address 0x0"),
  ]

  private static let cppTypes = [
    ("pet", "zoo::Pet"),
    ("&pet", "zoo::Pet *"),
    ("ref", "const zoo::Animal &"),
    ("box", "zoo::Box<int, 2>"),
    ("intbox", "IntBox"),
    ("IntBox", "zoo::Box<int, 2>"),
    ("size", "zoo::Size"),
    ("data_member", "int zoo::Members::*"),
    ("method", "int (zoo::Members::*)(zoo::Members * const, int)"),
    ("callback", "Callback"),
    ("Callback", "int (*)(int, const zoo::Animal &)"),
    ("function_reference", "int (&)(int, const zoo::Animal &)"),
    ("array_reference", "int (&)[3]"),
    ("lambda", "struct {...}"),
    ("rvalue", "int &&"),
    ("animals", "zoo::Animal *[2]"),
    ("hidden_struct", "(anonymous namespace)::Hidden"),
    ("1==1", "bool"),
    ("anonymous.named", "struct {...}"),
    ("zoo::Members::f", "int (zoo::Members * const, int)"),
    ("char const *", "const char *"),
    ("int (*)[3]", "int (*)[3]"),
    ("const zoo::Animal &", "const zoo::Animal &"),
    ("struct Node", "Node"),
  ]

  private static let cppBodies = [
    (
      "pet",
      """
      struct zoo::Pet : public zoo::Dog, public zoo::Named {
          double weight;
      }
      """
    ),
    (
      "dog",
      """
      struct zoo::Dog : public zoo::Animal {
          bool good;
        public:
          virtual int legs(void) const;
      }
      """
    ),
    (
      "animal",
      """
      struct zoo::Animal {
        public:
          int age;
          static int count;

          ~Animal(void);
          virtual int legs(void) const;
      } *
      """
    ),
    (
      "bottom",
      """
      struct zoo::Bottom : public zoo::Left, public zoo::Right {
          int bottom;
      }
      """
    ),
    ("size", "enum class zoo::Size : unsigned char {zoo::Size::small, zoo::Size::big = 7}"),
    ("zoo::Plain", "enum zoo::Plain : unsigned int {zoo::one = 1, zoo::two}"),
    ("method", "int (zoo::Members::*)(zoo::Members * const, int)"),
    (
      "lambda",
      """
      struct {
          int &__number;
          bool __flag;
      }
      """
    ),
    (
      "variant",
      """
      union zoo::Variant {
          int i;
          float f;
          struct {
              short lo;
              short hi;
          } parts;
      }
      """
    ),
    (
      "anonymous",
      """
      struct zoo::Anonymous {
          int a;
          union {
              int b;
              float c;
          };
          struct {
              int d;
              int e;
          } named;
      }
      """
    ),
    (
      "access",
      """
      class zoo::Access {
        private:
          int hidden;
        protected:
          int guarded;
        public:
          int open;

          int f(int) const;
          static void g(void);
      }
      """
    ),
    (
      "bits",
      """
      struct zoo::Bits {
          int a : 3;
          unsigned int b : 5;
          bool c : 1;
          zoo::Size size : 4;
      }
      """
    ),
    (
      "refs",
      """
      struct zoo::Refs {
          int &r;
          const zoo::Animal &a;
          int &&rr;
      }
      """
    ),
    (
      "node",
      """
      struct Node {
          int value;
          Node *next;
        public:
          Node & self(void);
      }
      """
    ),
    (
      "zoo::Empty",
      """
      struct zoo::Empty {
          <no data fields>
      }
      """
    ),
    (
      "hidden_struct",
      """
      struct (anonymous namespace)::Hidden {
          int h;
      }
      """
    ),
    (
      "Counter",
      """
      struct Counter {
          int n;
          static const int limit;
        public:
          int bump(int);
      }
      """
    ),
  ]

  private static let rustValues = [
    ("letter", "233 '\\xe9'"),
    ("point", "values::Point {x: 1, y: 2}"),
    ("pair", "values::Pair (1, 2.5)"),
    ("unit", "values::Unit"),
    ("tuple", "(1, \"two\", 3)"),
    ("nothing", "()"),
    ("circle", "values::Shape::Circle(1.5)"),
    ("rect", "values::Shape::Rect{w: 3, h: 4}"),
    ("empty", "values::Shape::Empty"),
    ("green", "values::Colour::Green"),
    ("some", "core::option::Option<i32>::Some(5)"),
    ("none", "core::option::Option<i32>::None"),
    ("array", "[1, 2, 3]"),
    ("slice", "&[i32] [2, 3]"),
    ("text", "\"hello\""),
    ("result", "core::result::Result<i32, alloc::string::String>::Ok(3)"),
    ("no_box", "core::option::Option<alloc::boxed::Box<i32, alloc::alloc::Global>>::None"),
    ("nested", "(values::Point {x: 5, y: 6}, [true, false])"),
    ("zeros", "[0 <repeats 20 times>]"),
    ("points", "[values::Point {x: 1, y: 2}, values::Point {x: 3, y: 4}]"),
    ("point.x", "1"),
    ("tuple.1", "\"two\""),
    ("pair.0", "1"),
  ]

  private static let rustTypes = [
    ("number", "i32"),
    ("point", "values::Point"),
    ("tuple", "(i32, &str, f64)"),
    ("boxed", "*mut i32"),
    ("array", "[i32; 3]"),
    ("slice", "&[i32]"),
    ("function", "*mut fn (*mut i32)"),
    ("bytes", "*mut [u8; 4]"),
    ("points", "[values::Point; 2]"),
    ("some", "core::option::Option<i32>"),
  ]

  private static let rustBodies = [
    (
      "point",
      """
      struct values::Point {
        x: i32,
        y: i32,
      }
      """
    ),
    (
      "pair",
      """
      struct values::Pair (
        i32,
        f64,
      )
      """
    ),
    (
      "circle",
      """
      enum values::Shape {
        Circle(f64),
        Rect{w: i32, h: i32},
        Empty,
      }
      """
    ),
    ("tuple", "(i32, &str, f64)"),
    (
      "green",
      """
      enum values::Colour {
        Red,
        Green,
      }
      """
    ),
  ]

  @Test func typesOfC() async throws {
    let session = try await stopped("values.c")
    await expectTypes(Self.cTypes, session, expanded: false)
    await expectTypes(Self.cBodies, session, expanded: true)
  }

  @Test func valuesAndTypesOfCpp() async throws {
    let session = try await stopped("values.cpp", flags: ["-g", "-O0", "-std=c++20"])
    await expectValues(Self.cppValues, session)
    await expectTypes(Self.cppTypes, session, expanded: false)
    await expectTypes(Self.cppBodies, session, expanded: true)
  }

  @Test(.enabled(if: hasRust, "rustc is not installed")) func valuesAndTypesOfRust() async throws {
    let session = try await stopped("values.rs", flags: ["-g"])
    await expectValues(Self.rustValues, session)
    await expectTypes(Self.rustTypes, session, expanded: false)
    await expectTypes(Self.rustBodies, session, expanded: true)
  }

  private static let hasRust = (try? Fixture.run(["rustc", "--version"]))?.code == 0

  /// A session in the program of a source, at the line marked `stop here`.
  private func stopped(_ source: String, flags: [String] = ["-g", "-O0"]) async throws -> DebugSession {
    let fixture = try await SessionFixture(source, flags: flags)
    _ = try await fixture.run(toMark: "stop here")
    return fixture.session
  }

  private func expectValues(_ table: [(String, String)], _ session: DebugSession) async {
    for (expression, expected) in table {
      let text: String
      do { text = try await session.evaluate(expression).variable.value } catch { text = error.description }
      #expect(text == expected, "\(expression)")
    }
  }

  private func expectTypes(_ table: [(String, String)], _ session: DebugSession, expanded: Bool) async {
    for (expression, expected) in table {
      let text: String
      do {
        text = try await session.typeDescription(of: expression, expanded: expanded)
      } catch {
        text = error.description
      }
      #expect(text == expected, "\(expression)")
    }
  }
}
