#include "CDw.h"

#include "Guard.h"

#include <stdlib.h>
#include <string.h>

static Dwarf *owner(const Dwarf_Die *die) { return dwarf_cu_getdwarf(die->cu); }

// MARK: Files

static Elf *open_elf(const void *image, size_t size) {
  elf_version(EV_CURRENT);
  Elf *elf = elf_memory((char *)image, size);
  if (elf != NULL && elf_kind(elf) != ELF_K_ELF) {
    elf_end(elf);
    return NULL;
  }
  return elf;
}

Elf *sdb_elf_open(const void *image, size_t size) { return READ(NULL, NULL, open_elf(image, size)); }

void sdb_elf_close(Elf *elf) { READ(elf, 0, elf_end(elf)); }

Dwarf *sdb_dwarf_open(Elf *elf) { return READ(elf, NULL, dwarf_begin_elf(elf, DWARF_C_READ, NULL)); }

void sdb_dwarf_close(Dwarf *dwarf) { READ(dwarf, 0, dwarf_end(dwarf)); }

int sdb_get_units(Dwarf *dwarf, Dwarf_CU *unit, Dwarf_CU **next, Dwarf_Half *version, uint8_t *type, Dwarf_Die *entry,
                  Dwarf_Die *sub) {
  return READ(dwarf, -1, dwarf_get_units(dwarf, unit, next, version, type, entry, sub));
}

Dwarf_Die *sdb_offdie(Dwarf *dwarf, Dwarf_Off offset, bool in_types, Dwarf_Die *result) {
  return READ(dwarf, NULL, in_types ? dwarf_offdie_types(dwarf, offset, result) : dwarf_offdie(dwarf, offset, result));
}

// MARK: Entries

int sdb_tag(Dwarf_Die *die) { return READ(owner(die), DW_TAG_invalid, dwarf_tag(die)); }

Dwarf_Off sdb_dieoffset(Dwarf_Die *die) { return READ(owner(die), 0, dwarf_dieoffset(die)); }

Dwarf_Off sdb_cuoffset(Dwarf_Die *die) { return READ(owner(die), 0, dwarf_cuoffset(die)); }

Dwarf_Die *sdb_diecu(Dwarf_Die *die, Dwarf_Die *result) {
  return READ(owner(die), NULL, dwarf_diecu(die, result, NULL, NULL));
}

int sdb_srclang(Dwarf_Die *unit) { return READ(owner(unit), -1, dwarf_srclang(unit)); }

int sdb_cu_version(Dwarf_CU *unit) {
  Dwarf_Half version = 0;
  int status =
    READ(dwarf_cu_getdwarf(unit), -1, dwarf_cu_info(unit, &version, NULL, NULL, NULL, NULL, NULL, NULL));
  return status == 0 ? version : 0;
}

int sdb_offset_size(Dwarf_CU *unit) {
  Dwarf_Die entry;
  uint8_t size = 4;
  int status =
    READ(dwarf_cu_getdwarf(unit), -1, dwarf_cu_info(unit, NULL, NULL, &entry, NULL, NULL, NULL, &size));
  return status == 0 && size == 8 ? 8 : 4;
}

uint64_t sdb_unit_signature(Dwarf_CU *unit) {
  uint64_t id = 0;
  int status = READ(dwarf_cu_getdwarf(unit), -1, dwarf_cu_info(unit, NULL, NULL, NULL, NULL, &id, NULL, NULL));
  return status == 0 ? id : 0;
}

int sdb_haschildren(Dwarf_Die *die) { return READ(owner(die), -1, dwarf_haschildren(die)); }

int sdb_child(Dwarf_Die *die, Dwarf_Die *result) { return READ(owner(die), -1, dwarf_child(die, result)); }

static int advance(Dwarf_Die *die) {
  Dwarf_Die next;
  int result = dwarf_siblingof(die, &next);
  if (result != 0) return result;
  // A damaged DW_AT_sibling may lead backwards, and round for ever.
  if ((char *)next.addr <= (char *)die->addr) return -1;
  *die = next;
  return 0;
}

int sdb_die_advance(Dwarf_Die *die) { return READ(owner(die), -1, advance(die)); }

static int next_in_order(Dwarf_Die *die, bool enter, int *depth) {
  Dwarf_Die found;
  if (enter && dwarf_child(die, &found) == 0) {
    ++*depth;
    *die = found;
    return 0;
  }
  int status = dwarf_siblingof(die, &found);
  if (status == 0 && (char *)found.addr <= (char *)die->addr) return -1;
  if (status == 0) *die = found;
  // Without the null entry that ends siblings (DWARF 5 §2.3) the unit is at its end.
  if (status != 1 || found.addr == NULL) return status;
  const unsigned char *at = found.addr;
  do {
    ++at;
    --*depth;
  } while (*depth > 0 && *at == 0);
  if (*depth <= 0) return 1;
  *die = (Dwarf_Die){.addr = (void *)at, .cu = die->cu};
  return dwarf_tag(die) == DW_TAG_invalid ? -1 : 0;
}

int sdb_die_next(Dwarf_Die *die, bool enter, int *depth) {
  return READ(owner(die), -1, next_in_order(die, enter, depth));
}

static int is_in_types_section(Dwarf_Die *die) {
  Dwarf_Half version = 0;
  uint8_t type = 0;
  if (dwarf_cu_info(die->cu, &version, &type, NULL, NULL, NULL, NULL, NULL) != 0) return 0;
  // Type units moved into .debug_info with DWARF 5 (§E.1).
  return version == 4 && (type == DW_UT_type || type == DW_UT_split_type);
}

int sdb_die_in_types_section(Dwarf_Die *die) { return READ(owner(die), 0, is_in_types_section(die)); }

// MARK: Code

ptrdiff_t sdb_ranges(Dwarf_Die *die, ptrdiff_t offset, Dwarf_Addr *base, Dwarf_Addr *start, Dwarf_Addr *end) {
  return READ(owner(die), -1, dwarf_ranges(die, offset, base, start, end));
}

int sdb_haspc(Dwarf_Die *die, Dwarf_Addr address) { return READ(owner(die), -1, dwarf_haspc(die, address)); }

int sdb_entrypc(Dwarf_Die *die, Dwarf_Addr *address) { return READ(owner(die), -1, dwarf_entrypc(die, address)); }

// MARK: Attributes

static Dwarf *owner_of(const Dwarf_Attribute *attribute) { return dwarf_cu_getdwarf(attribute->cu); }

Dwarf_Attribute *sdb_attr(Dwarf_Die *die, unsigned name, bool integrated, Dwarf_Attribute *result) {
  return READ(owner(die), NULL, integrated ? dwarf_attr_integrate(die, name, result) : dwarf_attr(die, name, result));
}

static struct sdb_text text(Dwarf_Attribute *attribute) {
  const char *found = attribute == NULL ? NULL : dwarf_formstring(attribute);
  return (struct sdb_text){found, found == NULL ? 0 : strlen(found)};
}

struct sdb_text sdb_formstring(Dwarf_Attribute *attribute) {
  return READ(owner_of(attribute), (struct sdb_text){0}, text(attribute));
}

int sdb_formudata(Dwarf_Attribute *attribute, Dwarf_Word *value) {
  return READ(owner_of(attribute), -1, dwarf_formudata(attribute, value));
}

int sdb_formsdata(Dwarf_Attribute *attribute, Dwarf_Sword *value) {
  return READ(owner_of(attribute), -1, dwarf_formsdata(attribute, value));
}

int sdb_formflag(Dwarf_Attribute *attribute, bool *value) {
  return READ(owner_of(attribute), -1, dwarf_formflag(attribute, value));
}

int sdb_formaddr(Dwarf_Attribute *attribute, Dwarf_Addr *value) {
  return READ(owner_of(attribute), -1, dwarf_formaddr(attribute, value));
}

int sdb_formblock(Dwarf_Attribute *attribute, Dwarf_Block *value) {
  return READ(owner_of(attribute), -1, dwarf_formblock(attribute, value));
}

Dwarf_Die *sdb_formref_die(Dwarf_Attribute *attribute, Dwarf_Die *value) {
  return READ(owner_of(attribute), NULL, dwarf_formref_die(attribute, value));
}

ptrdiff_t sdb_getlocations(Dwarf_Attribute *attribute, ptrdiff_t offset, Dwarf_Addr *base, Dwarf_Addr *start,
                           Dwarf_Addr *end, Dwarf_Op **operations, size_t *count) {
  return READ(owner_of(attribute), -1, dwarf_getlocations(attribute, offset, base, start, end, operations, count));
}

static int indexed_address(Dwarf_CU *unit, uint64_t index, Dwarf_Addr *address) {
  // libdw looks an operation's operand up, so we make it one.
  Dwarf_Attribute location = {.code = DW_AT_location, .form = DW_FORM_exprloc, .cu = unit};
  Dwarf_Op operation = {.atom = DW_OP_addrx, .number = index};
  Dwarf_Attribute found;
  if (dwarf_getlocation_attr(&location, &operation, &found) != 0) return -1;
  return dwarf_formaddr(&found, address);
}

int sdb_indexed_address(Dwarf_CU *unit, uint64_t index, Dwarf_Addr *address) {
  return READ(dwarf_cu_getdwarf(unit), -1, indexed_address(unit, index, address));
}

// MARK: Lines

static int get_lines(Dwarf_Die *unit, struct sdb_lines *lines) {
  if (dwarf_getsrclines(unit, &lines->rows, &lines->count) != 0) return -1;
  return dwarf_getsrcfiles(unit, &lines->files, &lines->file_count);
}

int sdb_get_lines(Dwarf_Die *unit, struct sdb_lines *lines) { return READ(owner(unit), -1, get_lines(unit, lines)); }

struct sdb_text sdb_line_file(Dwarf_Die *unit, struct sdb_lines *lines, size_t number) {
  const char *path = READ(owner(unit), NULL, dwarf_filesrc(lines->files, number, NULL, NULL));
  return (struct sdb_text){path, READ(owner(unit), 0, path == NULL ? (size_t)0 : strlen(path))};
}

struct sdb_line_row sdb_line(struct sdb_lines *lines, size_t index) {
  struct sdb_line_row row = {0};
  Dwarf_Line *line = dwarf_onesrcline(lines->rows, index);
  if (line == NULL) return row;
  int number = 0, column = 0;
  unsigned discriminator = 0;
  size_t file = 0;
  Dwarf_Files *files;
  Dwarf_Addr address = 0;
  dwarf_lineaddr(line, &address);
  dwarf_lineno(line, &number);
  dwarf_linecol(line, &column);
  dwarf_linebeginstatement(line, &row.is_statement);
  dwarf_lineprologueend(line, &row.ends_prologue);
  dwarf_lineendsequence(line, &row.ends_sequence);
  dwarf_linediscriminator(line, &discriminator);
  dwarf_line_file(line, &files, &file);
  row.address = address;
  row.line = number < 0 ? 0 : (uint32_t)number;
  row.column = column < 0 ? 0 : (uint32_t)column;
  row.discriminator = discriminator;
  row.file = (uint32_t)file;
  return row;
}

// MARK: Call frame information

Dwarf_CFI *sdb_cfi_of_elf(Elf *elf) { return READ(elf, NULL, dwarf_getcfi_elf(elf)); }

Dwarf_CFI *sdb_cfi_of_dwarf(Dwarf *dwarf) { return READ(dwarf, NULL, dwarf_getcfi(dwarf)); }

void sdb_cfi_close(Dwarf_CFI *table) { READ(table, 0, dwarf_cfi_end(table)); }

static int read_frame(Dwarf_CFI *table, Dwarf_Addr address, struct sdb_frame *frame) {
  if (dwarf_cfi_addrframe(table, address, &frame->raw) != 0) return -1;
  frame->return_column = dwarf_frame_info(frame->raw, NULL, NULL, &frame->is_signal);
  if (frame->return_column >= 0 && dwarf_frame_cfa(frame->raw, &frame->cfa, &frame->cfa_count) == 0) return 0;
  free(frame->raw);
  return -1;
}

int sdb_get_frame(Dwarf_CFI *table, Dwarf_Addr address, struct sdb_frame *result) {
  return READ(table, -1, read_frame(table, address, result));
}

int sdb_frame_register(Dwarf_CFI *table, struct sdb_frame *frame, int number, Dwarf_Op scratch[3],
                       Dwarf_Op **operations, size_t *count) {
  return READ(table, -1, dwarf_frame_register(frame->raw, number, scratch, operations, count));
}

// MARK: The index

static struct sdb_text name_of(Dwarf_Die *die, unsigned name) {
  Dwarf_Attribute attribute;
  return text(dwarf_attr_integrate(die, name, &attribute));
}

static struct sdb_summary summary(Dwarf_Die *die) {
  struct sdb_summary summary = {.tag = dwarf_tag(die), .has_children = dwarf_haschildren(die) == 1};
  switch (summary.tag) {
  case DW_TAG_subprogram:
    summary.has_code = dwarf_hasattr(die, DW_AT_low_pc) || dwarf_hasattr(die, DW_AT_ranges);
    if (summary.has_code) {
      summary.linkage_name = name_of(die, DW_AT_linkage_name);
      if (summary.linkage_name.bytes == NULL) summary.linkage_name = name_of(die, DW_AT_MIPS_linkage_name);
    }
    break;
  case DW_TAG_inlined_subroutine:
    summary.has_code = dwarf_hasattr(die, DW_AT_low_pc) || dwarf_hasattr(die, DW_AT_ranges);
    break;
  case DW_TAG_variable:
    summary.has_location = dwarf_hasattr(die, DW_AT_location) || dwarf_hasattr(die, DW_AT_const_value);
    summary.is_declaration = dwarf_hasattr(die, DW_AT_declaration);
    break;
  case DW_TAG_structure_type:
  case DW_TAG_class_type:
  case DW_TAG_union_type:
  case DW_TAG_enumeration_type:
  case DW_TAG_interface_type:
    summary.is_declaration = dwarf_hasattr(die, DW_AT_declaration);
    break;
  case DW_TAG_typedef:
  case DW_TAG_base_type:
  case DW_TAG_unspecified_type:
  case DW_TAG_enumerator:
  case DW_TAG_namespace:
  case DW_TAG_module:
    break;
  default:
    return summary;
  }
  summary.name = name_of(die, DW_AT_name);
  summary.offset = dwarf_dieoffset(die);
  return summary;
}

struct sdb_summary sdb_die_summary(Dwarf_Die *die) {
  return READ(owner(die), (struct sdb_summary){0}, summary(die));
}
