#ifndef SDB_CELF_H
#define SDB_CELF_H

#include <elf.h>
#include <link.h>

#endif
