#ifndef SDB_CDEMANGLE_H
#define SDB_CDEMANGLE_H

/// The text of an Itanium C++ ABI name (`_Z…`), to be freed; NULL where it is none.
char *sdb_demangle_cpp(const char *mangled);

/// The text of a Swift name (`$s…`, `_T0…`), to be freed; NULL where it is none.
char *sdb_demangle_swift(const char *mangled);

#endif
