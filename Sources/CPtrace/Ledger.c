#define _GNU_SOURCE
#include "CPtrace.h"

#include "CFault.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// In the file: as long as a trap is in memory, its entry holds what it replaced. A byte of the address is never all of it,
// so 0 means unused.
struct entry {
  _Atomic uint64_t address;
  uint64_t original;
};

struct sdb_ledger {
  struct entry *entries;
  // Behind the last entry that has ever been used.
  _Atomic size_t end;
  int memory;
};

#define CAPACITY (1 << 16)
#define SIZE (CAPACITY * sizeof(struct entry))
#define LEDGER_COUNT 64
static _Atomic(struct sdb_ledger *) ledgers[LEDGER_COUNT];

// Nothing but what signal-safety(7) allows.
static void lift_all(void) {
  for (size_t i = 0; i < LEDGER_COUNT; i++) {
    struct sdb_ledger *ledger = atomic_load(&ledgers[i]);
    if (ledger == NULL) continue;
    size_t end = atomic_load(&ledger->end);
    for (size_t k = 0; k < end; k++) {
      uint64_t address = atomic_load(&ledger->entries[k].address);
      unsigned char original = (unsigned char)ledger->entries[k].original;
      if (address == 0 || pwrite(ledger->memory, &original, 1, (off_t)address) != 1) continue;
      atomic_store(&ledger->entries[k].address, 0);
    }
  }
}

static void install(void) { sdb_fault_add_last_words(lift_all); }

static struct entry *map(const char *path, int flags) {
  int fd = open(path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd == -1) return NULL;
  void *entries = MAP_FAILED;
  struct stat info;
  int is_whole = fstat(fd, &info) == 0 && info.st_size == SIZE;
  // Sparse: it takes what is written of it.
  if (is_whole || (flags & O_CREAT && ftruncate(fd, SIZE) == 0)) {
    entries = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  close(fd);
  return entries == MAP_FAILED ? NULL : entries;
}

struct sdb_ledger *sdb_ledger_open(const char *path, int memory) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  struct sdb_ledger *ledger = malloc(sizeof *ledger);
  if (ledger == NULL) return NULL;
  ledger->memory = memory;
  atomic_init(&ledger->end, 0);
  ledger->entries = path != NULL ? map(path, O_CREAT | O_TRUNC) : NULL;
  if (ledger->entries == NULL) {
    void *own = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ledger->entries = own == MAP_FAILED ? NULL : own;
  }
  for (size_t i = 0; i < LEDGER_COUNT && ledger->entries != NULL; i++) {
    struct sdb_ledger *none = NULL;
    if (atomic_compare_exchange_strong(&ledgers[i], &none, ledger)) return ledger;
  }
  if (ledger->entries != NULL) munmap(ledger->entries, SIZE);
  free(ledger);
  return NULL;
}

void sdb_ledger_close(struct sdb_ledger *ledger) {
  for (size_t i = 0; i < LEDGER_COUNT; i++) {
    struct sdb_ledger *this = ledger;
    atomic_compare_exchange_strong(&ledgers[i], &this, NULL);
  }
  munmap(ledger->entries, SIZE);
  free(ledger);
}

int sdb_ledger_add(struct sdb_ledger *ledger, uint64_t address, uint8_t original) {
  for (size_t i = 0; i < CAPACITY; i++) {
    if (atomic_load(&ledger->entries[i].address) != 0) continue;
    ledger->entries[i].original = original;
    atomic_store(&ledger->entries[i].address, address);
    if (i >= atomic_load(&ledger->end)) atomic_store(&ledger->end, i + 1);
    return 0;
  }
  return -ENOSPC;
}

void sdb_ledger_remove(struct sdb_ledger *ledger, uint64_t address) {
  size_t end = atomic_load(&ledger->end);
  for (size_t i = 0; i < end; i++) {
    if (atomic_load(&ledger->entries[i].address) == address) atomic_store(&ledger->entries[i].address, 0);
  }
}

long sdb_ledger_heal(const char *path, int memory) {
  struct entry *entries = map(path, 0);
  if (entries == NULL) return 0;
  long healed = 0;
  for (size_t i = 0; i < CAPACITY; i++) {
    uint64_t address = atomic_load(&entries[i].address);
    unsigned char present, original = (unsigned char)entries[i].original;
    if (address == 0 || pread(memory, &present, 1, (off_t)address) != 1 || present != 0xCC) continue;
    if (pwrite(memory, &original, 1, (off_t)address) == 1) healed++;
  }
  munmap(entries, SIZE);
  return healed;
}
