#define _GNU_SOURCE
#include "CElf.h"

#include <string.h>

bool sdb_contains(const void *text, size_t size, const void *part, size_t part_size) {
  return memmem(text, strnlen(text, size), part, part_size) != NULL;
}
