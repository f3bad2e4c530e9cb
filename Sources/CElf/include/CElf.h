#ifndef SDB_CELF_H
#define SDB_CELF_H

#endif
