#ifndef SDB_CELF_H
#define SDB_CELF_H

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>

/// Whether the string at `text`, of which at most `size` bytes may be read, contains `part`.
bool sdb_contains(const void *text, size_t size, const void *part, size_t part_size);

#endif
