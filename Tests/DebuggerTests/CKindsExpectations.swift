/// What `kinds.c` shows, in the words of gdb 13.
enum CKindsExpectations {
  static let values = [
    ("i128", "-1267650600228229401496703205376"),
    ("u128", "340282366920938463463374607431768211455"),
    ("ld", "1.10000000000000000002"),
    ("ldsmall", "9.99999999999999999987e-4001"),
    ("half", "1.5"),
    ("quad", "0.100000000000000000000000000000000005"),
    ("f32", "1.25"),
    ("f64", "2.5"),
    ("f128", "3.25"),
    ("cf", "1.5 + 2.5i"),
    ("cd", "-1.5 + 0.10000000000000001i"),
    ("cld", "1.10000000000000000002 + -2i"),
    ("yes", "true"),
    ("plain", "112 'p'"),
    ("sc", "-5 '\\373'"),
    ("uc", "250 '\\372'"),
    ("wide", "233 L'é'"),
    ("u16", "65535"),
    ("c16", "120"),
    ("vec", "{1, 2, 3, 4}"),
    ("vf", "{1, 2, 3, 4, 5, 6, 7, 8}"),
    ("vd", "{0.5, 0.25}"),
    ("vb", "{1, 2, 3, 0 <repeats 13 times>}"),
    ("vb[0]", "1"),
    ("vec[1]", "2"),
    ("atomic", "5"),
    ("along", "6"),
    ("vi", "7"),
    ("neg", "MINUS"),
    ("negx", "-7"),
    ("lg", "HUGE_ONE"),
    ("ul", "TOP"),
    ("fl", "(READ | EXECUTE)"),
    ("fl0", "0"),
    ("fl8", "(READ | unknown: 0x8)"),
    ("flx", "(unknown: 0x10)"),
    ("mk", "51"),
    ("mk5", "5"),
    ("mk1", "1"),
    ("gp", "5"),
    ("packed", "{c = 99 'c', i = 3, d = 2.5}"),
    ("aligned", "{c = 97 'a', i = 4}"),
    ("nest", "{{a = 1, {b = 2, c = 2.80259693e-45}}, in = {d = 3}}"),
    ("nest.a", "1"),
    ("nest.b", "2"),
    ("nest.in.d", "3"),
    ("bits", "{a = 1, b = -3, c = 1099511627775, d = true, e = WRITE, f = -9, g = 5}"),
    ("bits.c", "1099511627775"),
    ("bits.f", "-9"),
    ("un", "{x = 1, y = 2}"),
    ("single", "{1}"),
    ("cube", "{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}"),
    ("cube[1]", "{{5, 6}, {7, 8}}"),
    ("cube[1][0][1]", "6"),
    ("doubles", "{1, 0.10000000000000001}"),
    ("ninf", "-inf"),
    ("tiny", "4.9406564584124654e-324"),
    ("fz", "-0"),
    ("flex->count", "3"),
    ("flex->items[1]", "8"),
    ("flex->items[0]@3", "{7, 8, 9}"),
    ("sizeof(*flex)", "4"),
    ("sizeof(vf)", "32"),
    ("sizeof(cld)", "32"),
    (
      "long_text",
      """
      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu\
      vwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopq\
      r"...
      """
    ),
    ("wa.m", "{{1, 2, 3}, {4, 5, 6}}"),
    ("wa.name", "\"name\\000\\000\\000\""),
    ("first.next->value", "2"),
    ("text_array", "\"array of const\""),
    ("per_thread", "12"),
    ("cv_global", "6"),
    ("(enum flags)3", "(READ | WRITE)"),
    ("READ|WRITE", "3"),
    ("empty", "{<No data fields>}"),
  ]

  static let types = [
    ("quad", "_Float128"),
    ("half", "_Float16"),
    ("f32", "_Float32"),
    ("cf", "complex float"),
    ("cd", "complex double"),
    ("cld", "complex long double"),
    ("vec", "v4si"),
    ("vf", "v8sf"),
    ("vd", "v2df"),
    ("wide", "wchar_t"),
    ("u16", "uint16_t"),
    ("atomic", "_Atomic int"),
    ("along", "atomic_long"),
    ("rp", "int * restrict"),
    ("crp", "int * const restrict"),
    ("vi", "volatile int"),
    ("cip", "const int * const"),
    ("alp", "struct list * _Atomic"),
    ("neg", "enum negative"),
    ("fl", "enum flags"),
    ("flex", "struct flexible *"),
    ("fp", "handler"),
    ("fpp", "handler *"),
    ("table", "handlers"),
    ("chooser", "handler (*)(int)"),
    ("fptable", "int (*(*)[2])(const char *, int)"),
    ("wa.links", "struct list *[2]"),
    ("nest.in", "struct inner"),
    ("cube[1]", "int [2][2]"),
    ("&cube", "int (*)[2][2][2]"),
    ("names", "const char *[2]"),
    ("un", "unnamed"),
    ("bits.c", "unsigned long long"),
    ("(int(*)[3])0", "int (*)[3]"),
  ]

  static let bodies = [
    ("vec", "int __attribute__ ((vector_size(4)))"),
    ("vb", "signed char __attribute__ ((vector_size(16)))"),
    ("v4si", "int __attribute__ ((vector_size(4)))"),
    (
      "struct with_array",
      """
      struct with_array {
          int m[2][3];
          char name[8];
          struct list *links[2];
          void (*run)(int);
      }
      """
    ),
    (
      "struct bits",
      """
      struct bits {
          unsigned int a : 1;
          int b : 7;
          unsigned long long c : 40;
          _Bool d : 1;
          enum flags e : 4;
          int f : 32;
          __int128 g;
      }
      """
    ),
    ("enum negative", "enum negative {MINUS = -3, ZERO, ONE = 1}"),
    ("enum large", "enum large {SMALL = 1, HUGE_ONE = 68719476735}"),
    ("enum unsigned_large", "enum unsigned_large {TOP = -9223372036854775808}"),
    ("enum flags", "enum flags {READ = 1, WRITE, EXECUTE = 4}"),
    ("handlers", "int (*[2])(const char *, int)"),
    (
      "struct nest",
      """
      struct nest {
          struct {
              int a;
              union {...};
          };
          struct inner in;
      }
      """
    ),
    (
      "struct flexible",
      """
      struct flexible {
          int count;
          int items[];
      }
      """
    ),
    (
      "struct zero",
      """
      struct zero {
          int before;
          int none[0];
          int after;
      }
      """
    ),
    ("rp", "int * restrict"),
    ("crp", "int * const restrict"),
  ]

  /// True for what DWARF 3 has no words for.
  static func isNew(_ expression: String) -> Bool { expression.hasPrefix("v") }
}
