// Variables that -O2 leaves no place in memory, with types all the same; an inlined function.
#include <cstddef>

namespace deep {
struct Pair {
  long a, b;
};
}  // namespace deep
enum Size { Small, Big = 7 };
volatile long sink;
thread_local int own = 3;
static inline __attribute__((always_inline)) long scaled(long value) {
  long product = value * 3;
  sink = product;
  return product;
}
template <typename Function> int apply(Function &&function, int value) { return function(value); }
int Sink() { return apply([](int value) { return value + own; }, 2); }
int main(int argc, char **) {
  const long fixed = 99;
  const long double wide = 1.5L;
  std::nullptr_t null = nullptr;
  deep::Pair both{argc, argc + 1};
  long &link = both.a;
  sink = fixed + (long)wide;
  return (int)scaled(link + both.b) + own + (null == nullptr) + Sink();
}
