/// What `kinds.cpp` shows, in the words of gdb 13.
enum CppKindsExpectations {
  static let values = [
    ("colour", "shop::Colour::Red"),
    ("colour_odd", "9"),
    ("rights", "(shop::Rights::read | shop::Rights::write)"),
    ("rights_none", "shop::Rights::none"),
    ("rights_odd", "(shop::Rights::run | unknown: 0x8)"),
    ("loose", "shop::loose_a"),
    ("wide", "shop::Wide::low"),
    ("yesno", "shop::Yes::yes"),
    ("hidden", "(anonymous namespace)::Hidden::h2"),
    ("hidden_struct", "{h = 1}"),
    ("nested_enum", "shop::Nest::In::e2"),
    ("anonymous", "{{i = 65538, f = 9.18382988e-41, {lo = 2, hi = 1}}, tail = 5}"),
    ("anonymous.lo", "2"),
    ("tint", "{value = 0, items = {0, 0, 0}, inner = {t = 0}}"),
    ("tdouble", "{value = 0, items = {0, 0}, inner = {t = 0}}"),
    (
      "tnested",
      """
      {value = {value = 0 '\\000', items = "", inner = {t = 0 '\\000'}}, items = {{value = 0 '\\000', item\
      s = "", inner = {t = 0 '\\000'}}}, inner = {t = {value = 0 '\\000', items = "", inner = {t = 0 '\\00\
      0'}}}}
      """
    ),
    ("pack", "{size = 3}"),
    ("ptrarg", "{v = 1}"),
    ("values", "{v = 1}"),
    (
      "bits",
      """
      {a = -2, b = 100, flag = true, r = shop::Rights::write, c = shop::Colour::Green, big = -5, hidde\
      n = 2, ch = 3 '\\003'}
      """
    ),
    ("bits.big", "-5"),
    ("bits.c", "shop::Colour::Green"),
    ("bits.r", "shop::Rights::write"),
    ("c8", "120 'x'"),
    ("c16", "233 u'é'"),
    ("c32", "128512 U'😀'"),
    ("wc", "223 L'ß'"),
    ("a16", "u\"abc\""),
    ("byte", "(unknown: 0x7)"),
    ("i128", "-9"),
    ("ld", "0.100000000000000000001"),
    ("null_method", "NULL"),
    ("data", "&shop::Member::y"),
    ("null_data", "NULL"),
    ("data2", "&shop::Member2::z"),
    ("data2b", "&shop::Member::y"),
    ("conv", "{n = 1}"),
    ("fin", "{f = 1}"),
    ("derived", "{<shop::Empty> = {<No data fields>}, d = 1}"),
    (
      "nest",
      """
      {in = {a = 1, e = shop::Nest::In::e2}, alias = {a = 1, e = shop::Nest::In::e2}, k = shop::Nest::K::k\
      2}
      """
    ),
    ("versioned", "{v = 1}"),
    ("left->top", "1"),
    ("right->top", "1"),
    ("deep.top", "1"),
    ("bottom.top", "1"),
    ("((Left*)&deep)->top", "1"),
    ("mixed.p", "6"),
    ("Statics::count", "9"),
    ("Statics::limit", "20"),
    ("Statics::ratio", "0.5"),
    ("statics.count", "9"),
    ("(Colour)5", "shop::Colour::Green"),
    ("(Rights)7", "(shop::Rights::read | shop::Rights::write | shop::Rights::run)"),
    ("(int)colour", "0"),
    ("&Member::x", "&shop::Member::x"),
    ("member.*data", "2"),
    ("sizeof(bits)", "16"),
    ("sizeof(Bottom)", "48"),
    ("Nest::K::k2", "shop::Nest::K::k2"),
    ("shop::Colour::Green", "shop::Colour::Green"),
    ("local", "{l = 4}"),
    ("locale", "le2"),
    ("le1", "le1"),
    ("*sw@3", "L\"wid\""),
    ("*s16@3", "u\"six\""),
    ("*s8@3", "\"utf\""),
    ("aref[1]", "2"),
    ("(*parray)[1]", "2"),
  ]

  static let types = [
    ("colour", "shop::Colour"),
    ("bits.r", "shop::Rights"),
    ("method", "shop::Method"),
    ("data", "shop::Data"),
    ("null_method", "shop::Method"),
    ("const_method", "int (shop::Member::*)(const shop::Member * const, int)"),
    ("data2", "int shop::Member2::*"),
    ("tint", "shop::Templated<int, 3, (shop::Colour)5>"),
    ("tint.inner", "shop::Templated<int, 3, (shop::Colour)5>::Inner"),
    ("tint.items", "int [3]"),
    ("c8", "char8_t"),
    ("s8", "const char8_t *"),
    ("byte", "std::byte"),
    ("locale", "LocalE"),
    ("local", "Local"),
    ("Alias", "shop::Templated<int, 3, (shop::Colour)5>"),
    ("Fn", "int (int)"),
    ("lambda", "struct {...}"),
    ("aref", "int (&)[3]"),
    ("parray", "int (*)[3]"),
    ("top_ref", "shop::Top &"),
    ("ctop", "const shop::Top * const"),
    ("cvp", "const volatile int *"),
    ("fref", "int (&)(int)"),
    ("func", "std::function<int(int)>"),
    ("versioned", "shop::v1::Versioned"),
  ]

  static let bodies = [
    (
      "Local",
      """
      struct Local {
          int l;
        public:
          static int twice(int);
          int method(void);
      }
      """
    ),
    ("LocalE", "enum LocalE : unsigned int {le1, le2}"),
    ("Fn", "int (int)"),
    (
      "Colour",
      """
      enum class shop::Colour : int {shop::Colour::Red, shop::Colour::Green = 5, shop::Colour::Blue}
      """
    ),
    (
      "Rights",
      """
      enum class shop::Rights : unsigned int {shop::Rights::none, shop::Rights::read, shop::Rights::write\
      , shop::Rights::run = 4}
      """
    ),
    (
      "Wide",
      """
      enum class shop::Wide : long {shop::Wide::low = -5000000000, shop::Wide::high = 5000000000}
      """
    ),
    (
      "Bits",
      """
      struct shop::Bits {
        public:
          int a : 3;
          unsigned int b : 7;
          bool flag : 1;
          shop::Rights r : 3;
          shop::Colour c : 4;
          long long big : 50;
        protected:
          int hidden : 5;
        public:
          char ch : 4;
      }
      """
    ),
    (
      "Anonymous",
      """
      struct shop::Anonymous {
          union {
              int i;
              float f;
              struct {...};
          };
          int tail;
      }
      """
    ),
  ]

}
