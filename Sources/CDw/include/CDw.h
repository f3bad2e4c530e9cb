#ifndef SDB_CDW_H
#define SDB_CDW_H

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <libelf.h>

/// Opens libelf over `size` bytes at `image`, which must outlive the handle and are never written to.
/// NULL where they are no ELF file.
Elf *sdb_elf_open(const void *image, size_t size);

/// Moves `die` to its next sibling in place: 0, or 1 where it was the last, or -1 where the data is damaged.
int sdb_die_advance(Dwarf_Die *die);

/// Whether the entry stands in `.debug_types` rather than `.debug_info`.
int sdb_die_in_types_section(Dwarf_Die *die);

#endif
