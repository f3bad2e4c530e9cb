#include "CCompression.h"

#include <errno.h>
#include <libdeflate.h>
#include <lzma.h>
#include <stdlib.h>
#include <zstd.h>

int sdb_inflate(const void *source, size_t count, void *target, size_t size) {
  // Its tables: none may be used by two threads at once.
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
  if (decompressor == NULL) return -ENOMEM;
  // Without a place for the size that was written, any other than `size` is an error.
  enum libdeflate_result result = libdeflate_zlib_decompress(decompressor, source, count, target, size, NULL);
  libdeflate_free_decompressor(decompressor);
  return result == LIBDEFLATE_SUCCESS ? 0 : -EINVAL;
}

int sdb_zstd_decompress(const void *source, size_t count, void *target, size_t size) {
  // An error is a number greater than any size.
  return ZSTD_decompress(target, size, source, count) == size ? 0 : -EINVAL;
}

static int decode(lzma_stream *stream, size_t limit, void **target, size_t *size) {
  unsigned char *buffer = NULL;
  size_t capacity = 0, used = 0;
  for (;;) {
    if (used == capacity) {
      if (capacity >= limit) {
        free(buffer);
        return -EFBIG;
      }
      capacity = capacity == 0 ? 1 << 16 : capacity * 2;
      if (capacity > limit) capacity = limit;
      unsigned char *larger = realloc(buffer, capacity);
      if (larger == NULL) {
        free(buffer);
        return -ENOMEM;
      }
      buffer = larger;
    }
    stream->next_out = buffer + used;
    stream->avail_out = capacity - used;
    lzma_ret status = lzma_code(stream, LZMA_FINISH);
    used = capacity - stream->avail_out;
    if (status == LZMA_STREAM_END) break;
    if (status != LZMA_OK) {
      free(buffer);
      return -EINVAL;
    }
  }
  *target = buffer;
  *size = used;
  return 0;
}

int sdb_xz_decompress(const void *source, size_t count, size_t limit, void **target, size_t *size) {
  lzma_stream stream = LZMA_STREAM_INIT;
  // The decoder's dictionary counts too: it is as large as the stream claims.
  if (lzma_stream_decoder(&stream, limit, 0) != LZMA_OK) return -ENOMEM;
  stream.next_in = source;
  stream.avail_in = count;
  int status = decode(&stream, limit, target, size);
  lzma_end(&stream);
  return status;
}

uint32_t sdb_crc32(const void *bytes, size_t count) { return libdeflate_crc32(0, bytes, count); }
