#ifndef SDB_CDW_H
#define SDB_CDW_H

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libdw, as the functions of its names have it (see <elfutils/libdw.h>), but so that a fault over a damaged file only
// ends the call, as an error: a handle that had one answers errors from then on. Nothing that reads a file is to be called otherwise.

/// The signal that reading through a handle (Dwarf, Elf, Dwarf_CFI) has ended in; 0: none.
int sdb_damage(const void *handle);
/// How many handles that happened to.
size_t sdb_damage_count(void);

/// Characters in the file, or in libdw's memory; NULL: none.
struct sdb_text {
  const char *bytes;
  size_t count;
};

// MARK: Files

/// Opens libelf over `size` bytes at `image`, which must outlive the handle and are never written to.
/// NULL where they are no ELF file.
Elf *sdb_elf_open(const void *image, size_t size);
void sdb_elf_close(Elf *elf);
Dwarf *sdb_dwarf_open(Elf *elf);
void sdb_dwarf_close(Dwarf *dwarf);
int sdb_get_units(Dwarf *dwarf, Dwarf_CU *unit, Dwarf_CU **next, Dwarf_Half *version, uint8_t *type, Dwarf_Die *entry,
                  Dwarf_Die *sub);
Dwarf_Die *sdb_offdie(Dwarf *dwarf, Dwarf_Off offset, bool in_types, Dwarf_Die *result);

// MARK: Entries

int sdb_tag(Dwarf_Die *die);
Dwarf_Off sdb_dieoffset(Dwarf_Die *die);
Dwarf_Off sdb_cuoffset(Dwarf_Die *die);
Dwarf_Die *sdb_diecu(Dwarf_Die *die, Dwarf_Die *result);
int sdb_srclang(Dwarf_Die *unit);
/// DWARF's version; 0 where it is not known.
int sdb_cu_version(Dwarf_CU *unit);
/// Size of offsets of sections: 4, or 8 in 64-bit DWARF (DWARF 5 §7.4).
int sdb_offset_size(Dwarf_CU *unit);
/// What names a type unit, or both halves of a split unit (DWARF 5 §7.5.1); 0: none.
uint64_t sdb_unit_signature(Dwarf_CU *unit);
int sdb_haschildren(Dwarf_Die *die);
int sdb_child(Dwarf_Die *die, Dwarf_Die *result);
/// Moves `die` to its next sibling in place: 0, or 1 where it was the last, or -1 where the data is damaged.
int sdb_die_advance(Dwarf_Die *die);
/// Moves `die` in place to the entry behind it, in the order of the section: its first child where `enter`, else what comes
/// after it and all that is below it. `depth`, 0 for the entry that a walk begins at, is how far below that it is. 0, or 1 at
/// the walk's end, or -1 where the data is damaged. A walk takes time in proportion to its entries however they are
/// nested, where going from sibling to sibling looks through what is below each of them.
int sdb_die_next(Dwarf_Die *die, bool enter, int *depth);
/// Whether the entry stands in `.debug_types` rather than `.debug_info`.
int sdb_die_in_types_section(Dwarf_Die *die);

// MARK: Code

ptrdiff_t sdb_ranges(Dwarf_Die *die, ptrdiff_t offset, Dwarf_Addr *base, Dwarf_Addr *start, Dwarf_Addr *end);
int sdb_haspc(Dwarf_Die *die, Dwarf_Addr address);
int sdb_entrypc(Dwarf_Die *die, Dwarf_Addr *address);

// MARK: Attributes

Dwarf_Attribute *sdb_attr(Dwarf_Die *die, unsigned name, bool integrated, Dwarf_Attribute *result);
struct sdb_text sdb_formstring(Dwarf_Attribute *attribute);
int sdb_formudata(Dwarf_Attribute *attribute, Dwarf_Word *value);
int sdb_formsdata(Dwarf_Attribute *attribute, Dwarf_Sword *value);
int sdb_formflag(Dwarf_Attribute *attribute, bool *value);
int sdb_formaddr(Dwarf_Attribute *attribute, Dwarf_Addr *value);
int sdb_formblock(Dwarf_Attribute *attribute, Dwarf_Block *value);
Dwarf_Die *sdb_formref_die(Dwarf_Attribute *attribute, Dwarf_Die *value);
ptrdiff_t sdb_getlocations(Dwarf_Attribute *attribute, ptrdiff_t offset, Dwarf_Addr *base, Dwarf_Addr *start,
                           Dwarf_Addr *end, Dwarf_Op **operations, size_t *count);
/// Entry `index` of the unit's part of `.debug_addr` (DWARF 5 §7.27).
int sdb_indexed_address(Dwarf_CU *unit, uint64_t index, Dwarf_Addr *address);

// MARK: Lines

/// A unit's line table, in libdw's memory.
struct sdb_lines {
  Dwarf_Lines *rows;
  size_t count;
  Dwarf_Files *files;
  size_t file_count;
};

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
int sdb_get_lines(Dwarf_Die *unit, struct sdb_lines *lines);
struct sdb_text sdb_line_file(Dwarf_Die *unit, struct sdb_lines *lines, size_t number);
struct sdb_line_row sdb_line(struct sdb_lines *lines, size_t index);

// MARK: Call frame information

/// A row of a call frame table (DWARF 5 §6.4.1); `raw` is the caller's to free(3).
struct sdb_frame {
  Dwarf_Frame *raw;
  Dwarf_Op *cfa;
  size_t cfa_count;
  int return_column;
  bool is_signal;
};

Dwarf_CFI *sdb_cfi_of_elf(Elf *elf);
Dwarf_CFI *sdb_cfi_of_dwarf(Dwarf *dwarf);
void sdb_cfi_close(Dwarf_CFI *table);
/// 0, or -1 where the table says nothing of that address.
int sdb_get_frame(Dwarf_CFI *table, Dwarf_Addr address, struct sdb_frame *result);
int sdb_frame_register(Dwarf_CFI *table, struct sdb_frame *frame, int number, Dwarf_Op scratch[3],
                       Dwarf_Op **operations, size_t *count);

// MARK: The index

/// What an index keeps of an entry.
struct sdb_summary {
  /// Its own or, through DW_AT_specification and DW_AT_abstract_origin, its declaration's; NULL: anonymous.
  struct sdb_text name;
  struct sdb_text linkage_name;
  uint64_t offset;
  int tag;
  bool has_code;
  bool has_location;
  bool is_declaration;
  bool has_children;
};

/// Reads that of a function, an inlined copy, a variable, a type or a namespace; of other tags, tag and children only.
struct sdb_summary sdb_die_summary(Dwarf_Die *die);

#endif
