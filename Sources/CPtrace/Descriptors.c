#include <fcntl.h>

/* A process may be started with its standard descriptors closed (execve(2)). What is opened first would take their
   numbers, and what is meant for standard output would be written into it: so they are taken here, before main.
   Reading from or writing to them fails, as it would have. */
__attribute__((constructor)) static void take_standard_descriptors(void) {
  for (int number = 0; number <= 2; number++) {
    if (fcntl(number, F_GETFD) < 0) {
      (void)open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY);
    }
  }
}
