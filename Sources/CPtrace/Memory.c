#define _GNU_SOURCE
#include "CPtrace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

size_t sdb_read_memory(int32_t tid, uint64_t address, void *buffer, size_t size) {
  struct iovec local = {buffer, size};
  struct iovec remote = {(void *)address, size};
  ssize_t count = process_vm_readv(tid, &local, 1, &remote, 1, 0);
  return count > 0 ? (size_t)count : 0;
}

size_t sdb_write_memory(int32_t tid, uint64_t address, const void *buffer, size_t size) {
  struct iovec local = {(void *)buffer, size};
  struct iovec remote = {(void *)address, size};
  ssize_t count = process_vm_writev(tid, &local, 1, &remote, 1, 0);
  return count > 0 ? (size_t)count : 0;
}

int sdb_open(const char *path, int writable) {
  int fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  return fd == -1 ? -errno : fd;
}

// The file's position is an unsigned address for /proc/PID/mem, so pread's signed offset carries it whole.
size_t sdb_read_at(int fd, uint64_t address, void *buffer, size_t size) {
  size_t done = 0;
  while (done < size) {
    ssize_t count = pread(fd, (char *)buffer + done, size - done, (off_t)(address + done));
    if (count == -1 && errno == EINTR) continue;
    if (count <= 0) break;
    done += (size_t)count;
  }
  return done;
}

size_t sdb_write_at(int fd, uint64_t address, const void *buffer, size_t size) {
  size_t done = 0;
  while (done < size) {
    ssize_t count = pwrite(fd, (const char *)buffer + done, size - done, (off_t)(address + done));
    if (count == -1 && errno == EINTR) continue;
    if (count <= 0) break;
    done += (size_t)count;
  }
  return done;
}

int sdb_shares_memory(int32_t left, int32_t right) {
  long order = syscall(SYS_kcmp, left, right, KCMP_VM, 0, 0);
  return order == -1 ? -errno : order == 0;
}
