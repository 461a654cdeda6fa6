#include "CInflate.h"

#include <zlib.h>

// zlib counts in 32 bits; longer ranges are handed over piece by piece.
static const size_t largest_piece = 1u << 30;

kin_result kin_inflate(const uint8_t *data, size_t length, uint8_t *out, size_t capacity,
                       size_t *written) {
  z_stream stream = {0};
  *written = 0;
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return KIN_NO_MEMORY;
  // A stream that fills the room exactly still has to say that it ends.
  uint8_t beyond;
  size_t read = 0;
  kin_result result;
  for (;;) {
    size_t in = length - read < largest_piece ? length - read : largest_piece;
    size_t room = capacity - *written < largest_piece ? capacity - *written : largest_piece;
    int is_full = room == 0;
    stream.next_in = (Bytef *)(data + read);
    stream.avail_in = (uInt)in;
    stream.next_out = is_full ? &beyond : out + *written;
    stream.avail_out = is_full ? 1 : (uInt)room;
    int code = inflate(&stream, Z_NO_FLUSH);
    size_t used = in - stream.avail_in;
    size_t made = (is_full ? 1 : room) - stream.avail_out;
    read += used;
    if (is_full && made > 0) {
      result = KIN_MORE;
      break;
    }
    if (!is_full) *written += made;
    if (code == Z_STREAM_END) {
      result = KIN_WHOLE;
      break;
    }
    if (code != Z_OK && code != Z_BUF_ERROR) {
      result = code == Z_MEM_ERROR ? KIN_NO_MEMORY : KIN_BROKEN;
      break;
    }
    if (used == 0 && made == 0) {
      result = KIN_CUT;
      break;
    }
  }
  inflateEnd(&stream);
  return result;
}

uint32_t kin_crc32(uint32_t crc, const uint8_t *data, size_t length) {
  return (uint32_t)crc32_z(crc, data, length);
}
