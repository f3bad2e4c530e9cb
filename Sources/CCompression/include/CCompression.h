#ifndef SDB_CCOMPRESSION_H
#define SDB_CCOMPRESSION_H

#include <stddef.h>

/// Inflates a zlib stream of `count` bytes into `target`, which has to be of exactly its inflated size.
/// 0, or -EINVAL where the stream is damaged or of another size.
int sdb_inflate(const void *source, size_t count, void *target, size_t size);

#endif
