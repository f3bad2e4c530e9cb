#ifndef SDB_CCOMPRESSION_H
#define SDB_CCOMPRESSION_H

#include <stddef.h>
#include <stdint.h>

/// Inflates a zlib stream of `count` bytes into `target`, which has to be of exactly its inflated size.
/// 0, or -errno: -EINVAL where the stream is damaged or of another size.
int sdb_inflate(const void *source, size_t count, void *target, size_t size);

/// The same of zstd frames (RFC 8878).
int sdb_zstd_decompress(const void *source, size_t count, void *target, size_t size);

/// Decompresses an xz stream (the .xz file format, with its checks) into memory of its own, to be freed by free(3).
/// 0, or -errno: -EFBIG where it would be larger than `limit`, -EINVAL where it is damaged.
int sdb_xz_decompress(const void *source, size_t count, size_t limit, void **target, size_t *size);

/// CRC-32 as zlib and `.gnu_debuglink` have it.
uint32_t sdb_crc32(const void *bytes, size_t count);

#endif
