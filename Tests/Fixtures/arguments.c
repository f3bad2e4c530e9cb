// Arguments of frames, and an end by a signal.
#include <stdlib.h>
struct point {
  int x, y;
};
static int move(struct point point, int by) { return point.x + by; }
int main(void) {
  struct point here = {1, 2};
  if (move(here, 3) == 4) abort();
  return 0;
}
