/// What expressions of `values.c` are, in the words of gdb 13.
enum CExpectations {
  static let types = [
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

  static let bodies = [
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
}
