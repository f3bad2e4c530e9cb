#define _GNU_SOURCE
#include "CElf.h"

#include "CFault.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

// A page that the file doesn't have any more raises SIGBUS when it is touched (mmap(2)).

#define MOST_FILES 4096
static struct {
  atomic_uintptr_t start;
  atomic_uintptr_t end;
  atomic_bool is_cut;
} files[MOST_FILES];

static bool replace_lost_pages(int number, siginfo_t *information, void *context) {
  (void)context;
  if (number != SIGBUS || information->si_code != BUS_ADRERR) return false;
  uintptr_t page = (uintptr_t)information->si_addr & ~(uintptr_t)4095;
  for (size_t i = 0; i < MOST_FILES; i++) {
    uintptr_t start = atomic_load(&files[i].start), end = atomic_load(&files[i].end);
    if (page < start || page >= end) continue;
    atomic_store(&files[i].is_cut, true);
    // What is behind it is lost as well.
    return mmap((void *)page, end - page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
           MAP_FAILED;
  }
  return false;
}

int sdb_map_file(int descriptor, size_t size, size_t headroom, void **start) {
  sdb_fault_recover(replace_lost_pages);
  char *place = NULL;
  if (headroom > 0) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    place = mmap(NULL, headroom + size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (place == MAP_FAILED) return -errno;
    place += headroom;
  }
  // Private and writable: libelf rewrites the header of a section that it decompresses, where it stands.
  int flags = MAP_PRIVATE | (place != NULL ? MAP_FIXED : 0);
  void *mapped = mmap(place, size, PROT_READ | PROT_WRITE, flags, descriptor, 0);
  if (mapped == MAP_FAILED) {
    int error = errno;
    if (place != NULL) munmap(place - headroom, headroom + size);
    return -error;
  }
  for (size_t i = 0; i < MOST_FILES; i++) {
    uintptr_t free_slot = 0;
    if (!atomic_compare_exchange_strong(&files[i].start, &free_slot, (uintptr_t)mapped)) continue;
    atomic_store(&files[i].is_cut, false);
    atomic_store(&files[i].end, (uintptr_t)mapped + size);
    break;
  }
  *start = mapped;
  return 0;
}

static size_t slot(const void *start) {
  size_t i = 0;
  while (i < MOST_FILES && atomic_load(&files[i].start) != (uintptr_t)start) i++;
  return i;
}

void sdb_unmap_file(void *start, size_t size, size_t headroom) {
  size_t i = slot(start);
  if (i < MOST_FILES) {
    atomic_store(&files[i].end, 0);
    atomic_store(&files[i].start, 0);
  }
  munmap((char *)start - headroom, headroom + size);
}

bool sdb_file_is_cut(const void *start) {
  size_t i = slot(start);
  return i < MOST_FILES && atomic_load(&files[i].is_cut);
}
