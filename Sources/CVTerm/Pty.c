#define _GNU_SOURCE
#include "CVTerm.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int open_slave(int controller, int rows, int columns, char *path, size_t capacity) {
  if (grantpt(controller) < 0 || unlockpt(controller) < 0) return -errno;
  int failure = ptsname_r(controller, path, capacity);
  if (failure) return -failure;
  int slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0) return -errno;
  struct termios modes;
  if (tcgetattr(slave, &modes) == 0) {
    // The line discipline then erases whole characters.
    modes.c_iflag |= IUTF8;
    tcsetattr(slave, TCSANOW, &modes);
  }
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  ioctl(slave, TIOCSWINSZ, &size);
  return slave;
}

int sdb_pty_open(int rows, int columns, int *controller, int *slave, char *path, size_t capacity) {
  // Not openpty(3): between its open and a later fcntl, a fork elsewhere could pass the descriptors on.
  int opened = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (opened < 0) return -errno;
  int result = open_slave(opened, rows, columns, path, capacity);
  if (result < 0) {
    close(opened);
    return result;
  }
  fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) | O_NONBLOCK);
  *controller = opened;
  *slave = result;
  return 0;
}

int sdb_bell_new(void) {
  int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return bell < 0 ? -errno : bell;
}

void sdb_bell_ring(int bell) { eventfd_write(bell, 1); }

void sdb_bell_clear(int bell) {
  eventfd_t count;
  eventfd_read(bell, &count);
}
