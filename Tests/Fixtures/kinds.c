// Types of C beyond the plain ones, for the tests of values.
#include <complex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

typedef int v4si __attribute__((vector_size(16)));
typedef float v8sf __attribute__((vector_size(32)));
typedef double v2df __attribute__((vector_size(16)));
typedef signed char v16qi __attribute__((vector_size(16)));
enum negative { MINUS = -3, ZERO, ONE = 1 };
enum large { SMALL = 1, HUGE_ONE = 0xfffffffff };
enum unsigned_large { TOP = 0x8000000000000000ul };
enum flags { READ = 1, WRITE = 2, EXECUTE = 4 };
enum masks { NONE = 0, LOW = 3, FOUR = 4, HIGH = 0x30 };
enum gaps { FIRST, SECOND, TENTH = 10 };
struct flexible { int count; int items[]; };
struct zero { int before; int none[0]; int after; };
struct packed { char c; int i; double d; } __attribute__((packed));
struct aligned { char c; int i __attribute__((aligned(16))); };
struct nest { struct { int a; union { int b; float c; }; }; struct inner { int d; } in; };
struct bits { unsigned a : 1; int b : 7; unsigned long long c : 40; _Bool d : 1; unsigned : 3; enum flags e : 4; int f : 32; __int128 g; };
struct list { struct list *next; int value; };
struct with_array { int m[2][3]; char name[8]; struct list *links[2]; void (*run)(int); };
struct empty {};
union every { char c; short s; int i; long l; float f; double d; void *p; char text[12]; };
typedef struct { int x, y; } unnamed;
typedef int (*handler)(const char *, int);
typedef handler handlers[2];

static struct { int count; int items[3]; } flexible_storage = {3, {7, 8, 9}};
static int handle(const char *text, int n) { return text[0] + n; }
static handler choose(int n) { (void)n; return handle; }
int weak_global __attribute__((weak)) = 8;
const volatile int cv_global = 6;
extern const char text_array[] ;
const char text_array[] = "array of const";
_Thread_local int per_thread = 12;

static int vla(int n, int m) {
  int one[n];
  int two[n][m];
  char text[n + 3];
  struct list records[m];
  for (int i = 0; i < n; i++) { one[i] = i; for (int j = 0; j < m; j++) two[i][j] = i * 10 + j; }
  for (int i = 0; i < n + 3; i++) text[i] = 'a' + i;
  for (int i = 0; i < m; i++) { records[i].next = 0; records[i].value = i; }
  int (*row)[m] = two;
  typedef struct { int local_member; } local_type;
  enum local_enum { LOCAL_A, LOCAL_B } le = LOCAL_B;
  struct local_tagged { long big; } lt = {5};
  local_type here = {3};
  return one[0] + two[0][0] + text[0] + records[0].value + row[0][0] + here.local_member + le + (int)lt.big; // in vla
}

int main(void) {
  __int128 i128 = -((__int128)1 << 100); unsigned __int128 u128 = ~(unsigned __int128)0;
  long double ld = 1.1L, ldsmall = 1e-4000L; _Float16 half = 1.5f16; __float128 quad = 0.1Q; _Float32 f32 = 1.25f; _Float64 f64 = 2.5; _Float128 f128 = 3.25;
  _Float32x f32x = 1.5; _Float64x f64x = 2.5;
  float _Complex cf = 1.5f + 2.5f * I; double _Complex cd = -1.5 + 0.1 * I; long double _Complex cld = 1.1L - 2 * I; int _Complex ci = 3 + 4i; char _Complex cc = 1 + 2i;
  _Bool yes = 1; char plain = 'p'; signed char sc = -5; unsigned char uc = 250; wchar_t wide = L'é'; uint16_t u16 = 65535; int8_t i8 = -8; uint8_t u8 = 200;
  __CHAR16_TYPE__ c16 = u'x'; __CHAR32_TYPE__ c32 = U'y';
  v4si vec = {1, 2, 3, 4}; v8sf vf = {1, 2, 3, 4, 5, 6, 7, 8}; v2df vd = {0.5, 0.25}; v16qi vb = {1, 2, 3};
  _Atomic int atomic = 5; atomic_long along = 6; int *restrict rp = (int *)&weak_global; int *const restrict crp = rp; volatile int vi = 7; const int *const cip = &weak_global; _Atomic(struct list *) alp = 0;
  enum negative neg = MINUS, negx = (enum negative)-7; enum large lg = HUGE_ONE; enum unsigned_large ul = TOP; enum flags fl = READ | EXECUTE, fl0 = (enum flags)0, fl8 = (enum flags)9, flx = (enum flags)16; enum masks mk = LOW | HIGH, mk5 = (enum masks)5, mk1 = (enum masks)1, mk40 = (enum masks)0x40; enum gaps gp = (enum gaps)5;
  struct flexible *flex = (struct flexible *)&flexible_storage; struct zero zero = {1, {}, 2}; struct packed packed = {'c', 3, 2.5}; struct aligned aligned = {'a', 4}; struct nest nest = {{1, {2}}, {3}};
  struct bits bits = {1, -3, 0xffffffffffull, 1, WRITE, -9, 5}; struct list second = {0, 2}, first = {&second, 1}; struct with_array wa = {{{1, 2, 3}, {4, 5, 6}}, "name", {&first, 0}, 0}; struct empty empty; union every every = {.l = 0x4142434445464748}; unnamed un = {1, 2};
  handler fp = handle; handler *fpp = &fp; handlers table = {handle, 0}; handler (*chooser)(int) = choose; int (*(*fptable)[2])(const char *, int) = (void *)&table; void *vp = (void *)handle; int (*nullf)(void) = 0; int (*badf)(void) = (void *)0x10;
  const char *text = "hello"; char long_text[300]; for (int i = 0; i < 300; i++) long_text[i] = 'a' + i % 26; long_text[299] = 0; char *long_pointer = long_text; const wchar_t *wtext = L"wide"; const char *bad = (char *)1; char **argvish = &long_pointer; unsigned char *ucp = (unsigned char *)"uc"; signed char *scp = (signed char *)"sc"; void *nothing = 0; const char *empty_text = "";
  int zero_length[0]; int single[1] = {1}; int cube[2][2][2] = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}; int *pointers[2] = {&single[0], 0}; const char *names[] = {"a", "b"}; double doubles[2] = {1, 0.1};
  float nanf = __builtin_nanf("0x123"); double inf = __builtin_inf(), ninf = -inf, tiny = 5e-324; float fz = -0.0f;
  uintptr_t up = 5; size_t sz = 6; intmax_t im = -7;
  int result = vla(3, 2) + fp(text, 1);
  printf("%d\n", result); return 0; // stop here
}
