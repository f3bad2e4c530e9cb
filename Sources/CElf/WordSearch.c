#include "CElf.h"

#include <string.h>

// 32 bytes: one register of AVX2, or two of SSE2.
typedef uint32_t words __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) int is_wanted(const unsigned char *at, const uint32_t *wanted, size_t count) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  for (size_t index = 0; index < count; index++)
    if (wanted[index] == value) return 1;
  return 0;
}

// Whether one of the words begins at any of the 32 places from `at` on; 35 bytes are read.
static inline __attribute__((always_inline)) int is_near(const unsigned char *at, const uint32_t *wanted, size_t count) {
  words shifted[4];
  for (int shift = 0; shift < 4; shift++) memcpy(&shifted[shift], at + shift, sizeof(words));
  words found = {0};
  for (size_t index = 0; index < count; index++)
    for (int shift = 0; shift < 4; shift++) found |= (words)(shifted[shift] == wanted[index]);
  uint32_t any = 0;
  for (int lane = 0; lane < 8; lane++) any |= found[lane];
  return any != 0;
}

__attribute__((target_clones("avx2", "default")))
size_t sdb_find_word(const void *bytes, size_t size, size_t from, const uint32_t *wanted, size_t count) {
  const unsigned char *start = bytes;
  size_t place = from;
  while (place < size && size - place >= 35) {
    if (is_near(start + place, wanted, count))
      for (size_t end = place + 32; place < end; place++) {
        if (is_wanted(start + place, wanted, count)) return place;
      }
    else
      place += 32;
  }
  for (; place < size && size - place >= 4; place++)
    if (is_wanted(start + place, wanted, count)) return place;
  return size;
}
