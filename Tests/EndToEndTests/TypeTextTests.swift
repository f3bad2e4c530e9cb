import TestSupport
import Testing

/// `ptype` and `whatis` with their flags: the text of gdb 13 for the same programs.
@Suite struct TypeTextTests {
  @Test(arguments: [
    (
      "ptype Row<int, Colour>",
      """
      type = class Row<int, Colour> [with Element = int, Shade = Colour] : private Base<Element> {
        public:
          pointer next;
        private:
          Element first;
          Shade colour;
          Element length;
          Row<Element, Shade>::Cell cell;

        public:
          Row(void);
          Row(Element);
          operator bool(void) const;
          Element * begin(void);
          const shade_type & shade(void) const;
          double as<double>(Element);

          typedef Shade shade_type;
      }
      """
    ),
    (
      "ptype Row<Colour*, Colour>",
      """
      type = class Row<Colour*, Colour> [with Element = Colour *, Shade = Colour] : private Base<Shade*> {
        public:
          pointer next;
        private:
          Element first;
          Shade colour;
          int length;
          Row<Shade*, Shade>::Cell cell;

        public:
          Row(void);
          Row(Element);
          operator bool(void) const;
          Shade ** begin(void);
          const shade_type & shade(void) const;

          typedef Shade shade_type;
      }
      """
    ),
    (
      "ptype/mt Row<int, Colour>",
      """
      type = class Row<int, Colour> [with Element = int, Shade = Colour] : private Base<Element> {
        public:
          pointer next;
        private:
          Element first;
          Shade colour;
          Element length;
          Row<Element, Shade>::Cell cell;
      }
      """
    ),
    (
      "ptype/r Row<int, Colour>",
      """
      type = class Row<int, Colour> : private Base<int> {
        public:
          Base<int>::pointer next;
        private:
          int first;
          Colour colour;
          int length;
          Row<int, Colour>::Cell cell;

        public:
          Row(void);
          Row(int);
          operator bool(void) const;
          int * begin(void);
          const Row<int, Colour>::shade_type & shade(void) const;
          double as<double>(int);

          typedef Colour shade_type;
      }
      """
    ),
    (
      "ptype/o Row<int, Colour>",
      """
      /* offset      |    size */  type = class Row<int, Colour> [with Element = int, Shade = Colour] : private Base<Element> {
                                   public:
      /*      0      |       8 */    pointer next;
                                   private:
      /*      8      |       4 */    Element first;
      /*     12      |       4 */    Shade colour;
      /*     16      |       4 */    Element length;
      /*     20      |       8 */    struct Row<Element, Shade>::Cell {
      /*     20      |       4 */        Element content;
      /*     24      |       4 */        Row<Element, Shade>::Cell::Kind kind;

                                         /* total size (bytes):    8 */
                                     } cell;
      /* XXX  4-byte padding   */

                                     /* total size (bytes):   32 */
                                   }
      """
    ),
    (
      "ptype/ox Leaf",
      """
      /* offset      |    size */  type = class Leaf : public Left {
                                   private:
                                     static const int limit;
                                   public:
      /* 0x0009: 0x0 |  0x0004 */    unsigned int low : 3;
      /* 0x0009: 0x3 |  0x0004 */    unsigned int high : 7;
      /* XXX  6-bit hole       */
      /* XXX  1-byte hole      */
      /* 0x000c      |  0x0004 */    int value;
      /* 0x0010      |  0x0008 */    union {
      /*                0x0008 */        long whole;
      /*                0x0004 */        struct {
      /* 0x0010      |  0x0001 */            char a;
      /* XXX  1-byte hole      */
      /* 0x0012      |  0x0002 */            short b;

                                             /* total size (bytes):    4 */
                                         } halves;

                                         /* total size (bytes):    8 */
                                     };
      /* 0x0018      |  0x0008 */    void (*handler)(const char *, ...);
      /* XXX 16-byte padding   */

                                     /* total size (bytes):   48 */
                                   }
      """
    ),
    (
      "ptype Leaf",
      """
      type = class Leaf : public Left {
        private:
          static const int limit;
        public:
          unsigned int low : 3;
          unsigned int high : 7;
          int value;
          union {
              long whole;
              struct {...} halves;
          };
          void (*handler)(const char *, ...);

          Leaf(int, ...);
      }
      """
    ),
    (
      "ptype Left",
      """
      type = struct Left : public virtual Root {
        public:
          char left;
      }
      """
    ),
    (
      "ptype/o struct Root",
      """
      /* offset      |    size */  type = struct Root {
                                   public:
      /*      8      |       4 */    int root;
      /* XXX  4-byte padding   */

                                     /* total size (bytes):   16 */
                                   }
      """
    ),
    ("whatis main", "type = int (void)"),
    ("ptype/o main", "type = int (void)"),
  ]) func classes(_ command: String, _ expected: String) throws {
    #expect(try answer(to: command, about: "aliases.cpp") == expected)
  }

  @Test(arguments: [
    (
      "ptype/o struct node",
      """
      /* offset      |    size */  type = struct node {
      /*      0      |       8 */    node_t *next;
      /*      8      |       8 */    union {
      /*                     8 */        long number;
      /*                     8 */        char bytes[8];

                                         /* total size (bytes):    8 */
                                     } content;
      /*     16      |       4 */    enum kind kind;
      /*     20: 0   |       4 */    unsigned int first : 1;
      /*     20: 1   |       4 */    unsigned int second : 7;
      /*     21: 0   |       4 */    int third : 12;
      /* XXX  4-bit hole       */
      /* XXX  1-byte hole      */
      /*     24      |       8 */    const char * restrict name;
      /*     32      |       8 */    volatile int * const place;

                                     /* total size (bytes):   40 */
                                   }
      """
    ),
    (
      "ptype/ox struct node",
      """
      /* offset      |    size */  type = struct node {
      /* 0x0000      |  0x0008 */    node_t *next;
      /* 0x0008      |  0x0008 */    union {
      /*                0x0008 */        long number;
      /*                0x0008 */        char bytes[8];

                                         /* total size (bytes):    8 */
                                     } content;
      /* 0x0010      |  0x0004 */    enum kind kind;
      /* 0x0014: 0x0 |  0x0004 */    unsigned int first : 1;
      /* 0x0014: 0x1 |  0x0004 */    unsigned int second : 7;
      /* 0x0015: 0x0 |  0x0004 */    int third : 12;
      /* XXX  4-bit hole       */
      /* XXX  1-byte hole      */
      /* 0x0018      |  0x0008 */    const char * restrict name;
      /* 0x0020      |  0x0008 */    volatile int * const place;

                                     /* total size (bytes):   40 */
                                   }
      """
    ),
    (
      "ptype node_t",
      """
      type = struct node {
          node_t *next;
          union {
              long number;
              char bytes[8];
          } content;
          enum kind kind;
          unsigned int first : 1;
          unsigned int second : 7;
          int third : 12;
          const char * restrict name;
          volatile int * const place;
      }
      """
    ),
    (
      "ptype/o node_t",
      """
      type = struct node {
      /*      0      |       8 */    node_t *next;
      /*      8      |       8 */    union {
      /*                     8 */        long number;
      /*                     8 */        char bytes[8];

                                         /* total size (bytes):    8 */
                                     } content;
      /*     16      |       4 */    enum kind kind;
      /*     20: 0   |       4 */    unsigned int first : 1;
      /*     20: 1   |       4 */    unsigned int second : 7;
      /*     21: 0   |       4 */    int third : 12;
      /* XXX  4-bit hole       */
      /* XXX  1-byte hole      */
      /*     24      |       8 */    const char * restrict name;
      /*     32      |       8 */    volatile int * const place;

                                     /* total size (bytes):   40 */
                                   }
      """
    ),
    (
      "ptype/o struct aligned",
      """
      /* offset      |    size */  type = struct aligned {
      /*      0      |       1 */    char small;
      /* XXX 31-byte hole      */
      /*     32      |       8 */    double wide;
      /* XXX 24-byte padding   */

                                     /* total size (bytes):   64 */
                                   }
      """
    ),
    (
      "ptype struct operations",
      """
      type = struct operations {
          int (*open)(const char *, ...);
          void (*(*handler)(int, void (*)(int)))(int);
          int (*(*table[3])(void))[5];
      }
      """
    ),
    (
      "ptype/o struct empty",
      """
      /* offset      |    size */  type = struct empty {
                                     <no data fields>

                                     /* total size (bytes):    0 */
                                   }
      """
    ),
    ("whatis names", "type = const char * const[1]"),
    ("ptype deep", "type = int * const * volatile *"),
    ("whatis unprototyped", "type = int ()"),
    ("ptype struct unknown", ""),
    ("whatis &names", "type = const char * const (*)[1]"),
    ("whatis *deep", "type = int * const * volatile"),
  ]) func structures(_ command: String, _ expected: String) throws {
    #expect(try answer(to: command, about: "layout.c") == expected)
  }

  private func answer(to command: String, about source: String) throws -> String {
    let sandbox = try Sandbox()
    let batch = try Batch(commands: [command], program: [try Fixture.compile(source)], in: sandbox)
    return batch.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().joined(separator: "\n")
  }
}
