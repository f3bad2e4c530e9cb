#ifndef SDB_CELF_H
#define SDB_CELF_H

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether the `size` bytes at `text` contain those at `part`.
bool sdb_contains(const void *text, size_t size, const void *part, size_t part_size);

/// The first place from `from` on where one of `count` words of four bytes stands, at any alignment; `size` where none does.
size_t sdb_find_word(const void *bytes, size_t size, size_t from, const uint32_t *wanted, size_t count);

/// Maps the whole file of `size` bytes; 0, or -errno. Where it is cut short afterwards, what it has lost reads as
/// zeros. Not for more than 4096 files at once: further ones end us. `headroom` is a number of bytes (a multiple of the
/// page size) to have before `start`, zeroed and ours to write to.
int sdb_map_file(int descriptor, size_t size, size_t headroom, void **start);
void sdb_unmap_file(void *start, size_t size, size_t headroom);
/// Whether something that the file has lost was read.
bool sdb_file_is_cut(const void *start);

#endif
