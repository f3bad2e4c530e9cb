/// What expressions of `values.cpp` are, in the words of gdb 13.
enum CppExpectations {
  static let values = [
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

  static let types = [
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

  static let bodies = [
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
}
