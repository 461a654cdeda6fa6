#ifndef KEEPOCH_INFLATE_H
#define KEEPOCH_INFLATE_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  /// The stream ended; all of it was written.
  KIN_WHOLE = 0,
  /// The room is used up and the stream goes on.
  KIN_MORE = 1,
  /// The input ends before the stream does.
  KIN_CUT = 2,
  /// It is not a deflate stream.
  KIN_BROKEN = 3,
  KIN_NO_MEMORY = 4
} kin_result;

/// Inflates a raw deflate stream, without a zlib or gzip header, into at most `capacity` bytes.
/// `written` says how many were written, whatever the result is.
kin_result kin_inflate(const uint8_t *data, size_t length, uint8_t *out, size_t capacity,
                       size_t *written);

/// CRC-32 as zip files carry it, continued from `crc` (0 at the start).
uint32_t kin_crc32(uint32_t crc, const uint8_t *data, size_t length);

#endif
