#include "CCompression.h"

#include <errno.h>
#include <zlib.h>

int sdb_inflate(const void *source, size_t count, void *target, size_t size) {
  uLongf written = size;
  uLong used = count;
  int status = uncompress2(target, &written, source, &used);
  return status == Z_OK && written == size ? 0 : -EINVAL;
}
