#ifndef SDB_CDW_H
#define SDB_CDW_H

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>
#include <stdint.h>

/// Opens libelf over `size` bytes at `image`, which must outlive the handle and are never written to.
/// NULL where they are no ELF file.
Elf *sdb_elf_open(const void *image, size_t size);

/// Moves `die` to its next sibling in place: 0, or 1 where it was the last, or -1 where the data is damaged.
int sdb_die_advance(Dwarf_Die *die);

/// Whether the entry stands in `.debug_types` rather than `.debug_info`.
int sdb_die_in_types_section(Dwarf_Die *die);

/// What an index keeps of an entry.
struct sdb_summary {
  /// Its own or, through DW_AT_specification and DW_AT_abstract_origin, its declaration's; NULL: anonymous.
  const char *name;
  const char *linkage_name;
  uint64_t offset;
  int tag;
  bool has_code;
  bool has_location;
  bool is_declaration;
  bool has_children;
};

/// Reads that of a function, an inlined copy, a variable, a type or a namespace; of other tags, tag and children only.
struct sdb_summary sdb_die_summary(Dwarf_Die *die);

/// A row of a line table (DWARF 5 §6.2.2).
struct sdb_line_row {
  uint64_t address;
  uint32_t line;
  uint32_t column;
  uint32_t file;
  uint32_t discriminator;
  bool is_statement;
  bool ends_prologue;
  bool ends_sequence;
};

/// The rows of a unit's table, by address; 0, or -1 where there are none or they are damaged.
int sdb_lines(Dwarf_Die *unit, Dwarf_Lines **lines, size_t *count, Dwarf_Files **files, size_t *file_count);
struct sdb_line_row sdb_line(Dwarf_Lines *lines, size_t index);

#endif
