/* Values of every kind that C has, for the value and expression tests. */
#include <complex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>
#include <uchar.h>

enum colour { RED, GREEN = 5, BLUE };
enum flags { FLAG_A = 1, FLAG_B = 2, FLAG_C = 8 };
enum multi { M_A = 1, M_B = 6, M_C = 8 };
enum negative { MINUS = -1, PLUS = 1 };
struct point { int x, y; };
typedef struct point point_t;
typedef int (*callback)(int, char *);
struct incomplete;
struct node { int value; struct node *next; };
struct shape {
  enum colour colour;
  unsigned flags : 3, kind : 5;
  struct point corners[4];
  const char *name;
  union { int i; float f; } tag;
  double area;
};
struct anonymous { int a; union { int b; float c; struct { short d, e; }; }; int f; };
struct callbacks { callback call; void (*plain)(void); int *data; char *text; void *raw; };
struct bits { int a : 3; unsigned b : 5; long c : 40; _Bool d : 1; enum colour e : 4; };
struct chars { char text[8]; signed char s; unsigned char u; unsigned char bytes[4]; };
struct empty {};
struct deep { struct { struct { struct { int v; } c; } b; } a; };
union number { int i; float f; char c[4]; };
struct flexible { int n; int data[]; };

int global = 42;
int table[3] = {1, 2, 3};
struct point origin = {3, 4};
const char *greeting = "hello";
static struct node cycle;
int matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
int twelve[12];
int many[300];
char text8[8] = "abc";
char full4[4] = {'a', 'b', 'c', 'd'};
char zeros[20];
char mixed[10] = {'a', 0, 'b', 0, 0, 0, 'c', 0, 0, 0};
char controls[] = "a\tb\n\"q\"\\\033\377\1772";
char xs[300];
char run[40] = "aaaaaaaaaaaaaaaaaaaab";
unsigned char ubytes[4] = {1, 2, 3, 200};
signed char sbytes[4] = {1, -2, 3, 100};
int repeats[30] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4};
struct point points[3] = {{1, 2}, {3, 4}, {5, 6}};
struct point same_points[12];
float f = 0.1f; double d = 0.1; long double ld = 0.1L;
double third = 1.0 / 3, big = 1e300, whole = 2.5, one = 1, million = 1e6, huge = 1e17, tiny = 1e-5;
double infinity, minus_infinity, not_a_number; float fnan, finf;
float complex fc = 1 + 2 * I; double complex dc = 1.5 - 2.5 * I;
_Bool yes = 1, no = 0;
char ch = 'a', nul = 0, newline = '\n', high = (char)200, quote = '\'';
signed char sc = -1; unsigned char uc = 255; short s = -7; unsigned short us = 65535;
unsigned u = 4000000000u; long l = -5; unsigned long ul = 18446744073709551615ul; long long ll = 1;
__int128 i128 = -5; unsigned __int128 u128;
wchar_t wc = L'a'; char16_t c16 = u'b'; char32_t c32 = U'c';
wchar_t wide[] = L"wide é"; char16_t utf16[] = u"sixteen"; char32_t utf32[] = U"thirty";
const wchar_t *wide_pointer = L"wide";
enum colour blue = BLUE, odd_colour = 3;
enum flags ab = 3, none = 0, unknown_flag = 12, unknown_only = 16;
enum multi mb = 7;
enum negative minus = MINUS;
const volatile int cv = 1; int *const constant_pointer = &global; const int *pointer_to_const = &global;
int *null_pointer = 0; int *global_pointer = &global; int *inside = &table[1]; void *void_pointer = &table[1];
int **pointer_pointer = &global_pointer; char *bad_string = (char *)0x10; char *null_string = 0;
struct point *point_pointer = &points[1]; struct incomplete *incomplete_pointer = (struct incomplete *)0x1234;
struct node first, second; struct shape shape = {.colour = BLUE, .flags = 5, .kind = 17, .name = "square", .area = 2.5};
struct anonymous anonymous = {1, {2}, 3};
int add(int a, char *b) { return a + (b != 0); }
void nothing(void) {}
int variadic(const char *format, ...) { return format != 0; }
callback function_pointer = add; struct callbacks callbacks = {add, nothing, &global, "text", &global};
int (*array_pointer)[3] = &table; int *pointer_array[3] = {&global, 0, table};
struct bits bits = {-1, 17, -100, 1, BLUE}; struct chars chars = {"eight", -1, 200, {1, 2, 3, 4}};
struct empty empty; struct deep deep; union number number = {.f = 1.5f};
point_t typedefed = {7, 8}; struct flexible flexible = {1};
unsigned char hex_bytes[3] = {0xab, 0, 0xcd};
int (*functions[2])(int, char *) = {add, 0};
const char *names[3] = {"one", "two", 0};
callback (*higher)(int, void (*)(void));
volatile char vc = 'v';
long int_array_2[2] = {1, -1};

int use(int argument, struct shape *pointer, double real) {
  int local = argument * 2; struct point here = {argument, -argument};
  for (int i = 0; i < 300; i++) { many[i] = i; xs[i] = 'x'; }
  infinity = 1.0 / zeros[0]; minus_infinity = -infinity; not_a_number = infinity - infinity; finf = infinity; fnan = not_a_number;
  first.value = 1; first.next = &second; second.value = 2; second.next = &first;
  u128 = (unsigned __int128)1 << 100;
  return local + here.y; /* stop here */
}
int main(void) { return use(global, &shape, 2.5) + (int)cycle.value + printf("%zu\n", sizeof ld) == -1; }
