#ifndef SDB_CDEBUGINFOD_H
#define SDB_CDEBUGINFOD_H

#include <stdbool.h>
#include <stddef.h>

enum sdb_debuginfod_kind { SDB_DEBUGINFOD_DEBUGINFO, SDB_DEBUGINFOD_EXECUTABLE, SDB_DEBUGINFOD_SOURCE };

/// Called about once a second, and as bytes come; `total` is 0 while it is not known. False gives the search up.
typedef bool (*sdb_debuginfod_progress)(void *context, long done, long total);

/// Asks servers (URLs with blanks between; put into $DEBUGINFOD_URLS) for a file, in the library's cache first; waits for the answer. `source` is the
/// path of a source file, else NULL. 0 and the file's path, to be freed by free(3), or -errno: -ENOENT where no server
/// has it, -ENOSYS where the library is not installed, -EINTR where it was given up.
int sdb_debuginfod_find(const char *servers, enum sdb_debuginfod_kind kind, const unsigned char *build_id, size_t count,
                        const char *source, sdb_debuginfod_progress progress, void *context, char **path);

#endif
