// Reads, then writes, a page that allows neither.
#include <stdint.h>
#include <sys/mman.h>

static volatile int sink;

int main(int count, char **arguments) {
  (void)arguments;
  char *page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  page[4096] = 1;
  int *across = (int *)(page + 4094);
  mprotect(page + 4096, 4096, PROT_NONE);
  if (count == 1) sink = page[4096]; /* read */
  *across = 0x01010101;              /* write */
  return 0;
}
