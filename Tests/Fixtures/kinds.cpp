// Types of C++ beyond the plain ones, for the tests of values.
#include <cstddef>
#include <cstdio>
#include <functional>

namespace shop {
enum class Colour { Red, Green = 5, Blue };
enum class Rights : unsigned { none = 0, read = 1, write = 2, run = 4 };
enum Loose : short { loose_a = -1, loose_b = 2 };
enum class Wide : long { low = -5000000000, high = 5000000000 };
enum class Yes : bool { no, yes };
struct Top { int top = 1; virtual ~Top() {} virtual const char *kind() const { return "top"; } };
struct Left : virtual Top { int left = 2; };
struct Right : virtual Top { int right = 3; const char *kind() const override { return "right"; } };
struct Bottom : Left, Right { int bottom = 4; };
struct Deep : Bottom { int deep = 5; };
struct Plain { int p = 6; };
struct Mixed : Plain, virtual Top { int m = 7; };
struct Statics { static int count; static const int limit = 20; static constexpr double ratio = 0.5; static inline int inl = 3; static Statics self; int own = 8; };
int Statics::count = 9; Statics Statics::self;
struct Anonymous { union { int i; float f; struct { short lo, hi; }; }; int tail = 5; };
template <typename T, int N = 3, Colour C = Colour::Green> struct Templated { T value{}; T items[N]{}; static const int n = N; template <typename U> U as() const { return U(value); } struct Inner { T t{}; } inner; using type = T; };
template <typename... Ts> struct Pack { int size = sizeof...(Ts); };
template <template <typename...> class C, typename T> struct TT { T t{}; };
template <int *P> struct PtrArg { int v = 1; };
template <bool B, char C, unsigned long U> struct Values { int v = 1; };
struct Bits { int a : 3; unsigned b : 7; bool flag : 1; Rights r : 3; Colour c : 4; long long big : 50; protected: int hidden : 5 = 2; public: char ch : 4; };
struct Member { int x = 1, y = 2; int add(int a) { return x + a; } int cadd(int a) const { return a; } virtual int v(int) { return 1; } virtual int w() { return 2; } static int s(int a) { return a; } };
struct Member2 : Top, Member { int z = 3; };
class Private { int a = 1; protected: int b = 2; public: int c = 3; private: int d = 4; public: Private() = default; Private(const Private &) = delete; Private &operator=(const Private &) = default; ~Private() {} operator int() const { return a; } int operator[](int i) const { return i; } explicit operator bool() const noexcept { return true; } int mutable_() volatile && { return 1; } };
struct Conv { int n = 1; operator long() const { return n; } };
typedef int (Member::*Method)(int);
typedef int Member::*Data;
struct Final final { int f = 1; };
struct Empty {};
struct Derived : Empty { int d = 1; };
struct Nest { struct In { int a = 1; enum E { e1, e2 } e = e2; } in; typedef In Alias; Alias alias; enum class K { k1, k2 } k = K::k2; };
int over(int a) { return a; }
double over(double a) { return a; }
inline namespace v1 { struct Versioned { int v = 1; }; }
}
int global_int = 5;
namespace { enum class Hidden { h1, h2 }; struct HiddenStruct { int h = 1; }; }
using namespace shop;
int refs(int &lr, int &&rr, const Top &top, Bottom *&bp, int (&ar)[3], const char *const &cs) {
  return lr + rr + top.top + bp->bottom + ar[0] + cs[0]; // in refs
}
template <typename T> T inside(T value) { T copy = value; return copy; /* in inside */ }
int main() {
  Colour colour = Colour::Red, colour_odd = (Colour)9; Rights rights = (Rights)3, rights_none = Rights::none, rights_odd = (Rights)12; Loose loose = loose_a; Wide wide = Wide::low; Yes yesno = Yes::yes; Hidden hidden = Hidden::h2; HiddenStruct hidden_struct; Nest::In::E nested_enum = Nest::In::e2;
  Bottom bottom; Deep deep; Mixed mixed; Top *top = &deep; Left *left = &deep; Right *right = &bottom; Bottom *bottom_pointer = &deep; Top &top_ref = mixed; const Top *const ctop = &bottom;
  Statics statics; Anonymous anonymous; anonymous.i = 65538; Templated<int> tint; Templated<double, 2, Colour::Blue> tdouble; Templated<Templated<char, 1>, 1> tnested; Pack<int, char *, Top> pack; Pack<> pack0; TT<Pack, int> tt; PtrArg<&global_int> ptrarg; Values<true, 'x', 99ul> values;
  Bits bits{}; bits.a = -2; bits.b = 100; bits.flag = true; bits.r = Rights::write; bits.c = Colour::Green; bits.big = -5; bits.ch = 3;
  Member member; Member2 member2; Method method = &Member::add, virtual_method = &Member::v, second_virtual = &Member::w == nullptr ? nullptr : (Method)&Member::w, null_method = nullptr; int (Member::*const_method)(int) const = &Member::cadd; Data data = &Member::y, null_data = nullptr; int (*static_method)(int) = &Member::s; int (Member2::*adjusted)(int) = &Member2::add; int Member2::*data2 = &Member2::z; int Member2::*data2b = &Member::y;
  Private priv; Conv conv; Final fin; Derived derived; Nest nest; Versioned versioned;
  std::nullptr_t null = nullptr; char8_t c8 = u8'x'; char16_t c16 = u'é'; char32_t c32 = U'😀'; wchar_t wc = L'ß'; const char8_t *s8 = u8"utf-é"; const char16_t *s16 = u"sixteen"; const char32_t *s32 = U"thirty"; const wchar_t *sw = L"wide"; char16_t a16[4] = u"abc"; std::byte byte{7}; __int128 i128 = -9; long double ld = 0.1L; bool yes = true;
  int number = 3; int &lref = number; int &&rref = 7; const int &cref = number; int *pointer = &number; int *&pref = pointer; int array[3] = {1, 2, 3}; int (&aref)[3] = array; int (*parray)[3] = &array; const char *const text = "text"; int over_result = over(1) + (int)over(1.0); int (*fp)(int) = over; int (&fref)(int) = *fp; volatile int vol = 1; const volatile int *cvp = &vol; Bottom *arr_p[2] = {&bottom, nullptr};
  auto lambda = [number, &lref, &bottom](int x) mutable { return x + number + lref + bottom.top; /* in lambda */ }; auto generic = [](auto x) { return x; }; auto capture_all = [=] { return number + (int)ld; };
  std::function<int(int)> func = lambda; struct Local { int l = 4; static int twice(int n) { return n * 2; } int method() { return l; } } local; enum LocalE { le1, le2 } locale = le2; typedef Templated<int> Alias; Alias alias; using Fn = int(int); Fn *fn = over;
  int result = refs(number, 5, bottom, bottom_pointer, array, text) + lambda(1) + generic(2) + capture_all() + inside(3) + (int)inside<Colour>(Colour::Blue) + (member.*method)(1) + tint.as<int>() + func(1) + local.method() + Local::twice(1);
  std::printf("%d\n", result); return 0; // stop here
}
