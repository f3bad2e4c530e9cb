#include "CDw.h"

Elf *sdb_elf_open(const void *image, size_t size) {
  elf_version(EV_CURRENT);
  Elf *elf = elf_memory((char *)image, size);
  if (elf != NULL && elf_kind(elf) != ELF_K_ELF) {
    elf_end(elf);
    return NULL;
  }
  return elf;
}

int sdb_die_advance(Dwarf_Die *die) {
  Dwarf_Die next;
  int result = dwarf_siblingof(die, &next);
  if (result != 0) return result;
  // A damaged DW_AT_sibling may lead backwards, and round for ever.
  if ((char *)next.addr <= (char *)die->addr) return -1;
  *die = next;
  return 0;
}

int sdb_die_in_types_section(Dwarf_Die *die) {
  Dwarf_Half version = 0;
  uint8_t type = 0;
  if (dwarf_cu_info(die->cu, &version, &type, NULL, NULL, NULL, NULL, NULL) != 0) return 0;
  // Type units moved into .debug_info with DWARF 5 (§E.1).
  return version == 4 && (type == DW_UT_type || type == DW_UT_split_type);
}

int sdb_lines(Dwarf_Die *unit, Dwarf_Lines **lines, size_t *count, Dwarf_Files **files, size_t *file_count) {
  if (dwarf_getsrclines(unit, lines, count) != 0) return -1;
  return dwarf_getsrcfiles(unit, files, file_count);
}

struct sdb_line_row sdb_line(Dwarf_Lines *lines, size_t index) {
  struct sdb_line_row row = {0};
  Dwarf_Line *line = dwarf_onesrcline(lines, index);
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

struct sdb_summary sdb_die_summary(Dwarf_Die *die) {
  struct sdb_summary summary = {.tag = dwarf_tag(die), .has_children = dwarf_haschildren(die) == 1};
  Dwarf_Attribute attribute;
  switch (summary.tag) {
  case DW_TAG_subprogram:
    summary.has_code = dwarf_hasattr(die, DW_AT_low_pc) || dwarf_hasattr(die, DW_AT_ranges);
    if (summary.has_code) {
      summary.linkage_name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_linkage_name, &attribute));
      if (summary.linkage_name == NULL)
        summary.linkage_name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_MIPS_linkage_name, &attribute));
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
    break;
  default:
    return summary;
  }
  summary.name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attribute));
  summary.offset = dwarf_dieoffset(die);
  return summary;
}
