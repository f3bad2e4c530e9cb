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
