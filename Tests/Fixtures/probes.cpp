// Functions to be traced and timed: recursive ones, ones that are left by exceptions and longjmp, and by two threads.
#include <csetjmp>
#include <pthread.h>

struct point {
  int x, y;
};

static jmp_buf place;

int factorial(int n) {
  if (n < 2)
    return 1;
  return n * factorial(n - 1);
}

point moved(point from, const char *label) {
  from.x += label[0] == 'h';
  return from;
}

void jump_from(int n) {
  if (n == 0)
    longjmp(place, 1);
  jump_from(n - 1);
}

int throw_from(int n) {
  if (n == 0)
    throw 7;
  return throw_from(n - 1) + 1;
}

__attribute__((noipa)) int twice(int n) {
  int sum = n;
  sum += n;
  return sum;
}

int twice_twice(int n) { return twice(twice(n)); }

static void *work(void *) {
  for (int i = 0; i < 10; i++)
    twice(i);
  return nullptr;
}

int main() {
  factorial(4);
  moved({1, 2}, "here");
  if (setjmp(place) == 0)
    jump_from(2);
  twice_twice(1);
  try {
    throw_from(2);
  } catch (int) {
  }
  twice_twice(2);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_join(thread, nullptr);
  return 0;
}
