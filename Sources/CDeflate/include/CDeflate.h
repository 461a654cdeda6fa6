#ifndef KEEPOCH_DEFLATE_H
#define KEEPOCH_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

/// The most bytes that kdf_compress writes for so many.
size_t kdf_bound(size_t length);

/// A zlib stream at the best level. Returns its length, or 0 when it does not fit.
size_t kdf_compress(const uint8_t *data, size_t length, uint8_t *out, size_t capacity);

/// CRC-32 as PNG chunks carry it, continued from `crc` (0 at the start).
uint32_t kdf_crc32(uint32_t crc, const uint8_t *data, size_t length);

#endif
