#include "CDeflate.h"

#include <zlib.h>

size_t kdf_bound(size_t length) { return compressBound(length); }

size_t kdf_compress(const uint8_t *data, size_t length, uint8_t *out, size_t capacity) {
  uLongf written = capacity;
  return compress2(out, &written, data, length, Z_BEST_COMPRESSION) == Z_OK ? written : 0;
}

uint32_t kdf_crc32(uint32_t crc, const uint8_t *data, size_t length) {
  return (uint32_t)crc32_z(crc, data, length);
}
