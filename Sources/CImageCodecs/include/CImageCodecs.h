#ifndef KEEPOCH_IMAGE_CODECS_H
#define KEEPOCH_IMAGE_CODECS_H

#include <stddef.h>
#include <stdint.h>

/// What a picture's header says.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA; a palette counts as 3 or 4.
  uint8_t channels;
  /// Bytes of one channel of the decoded picture: 1 or 2.
  uint8_t bytes;
  /// Bits of one channel as stored in the file.
  uint8_t depth;
  /// Of a PNG: bits of one pixel as stored in the file.
  uint8_t pixel_bits;
} kic_info;

/// Reads the header of a PNG; 0 or an error code for kic_png_message.
int kic_png_info(const uint8_t *data, size_t length, kic_info *info);

/// Decodes a PNG, interlaced or not, into rows of `channels * bytes` per pixel, 16 bit in host order.
/// `size` must be width * height * channels * bytes of the header.
int kic_png_decode(const uint8_t *data, size_t length, uint8_t *pixels, size_t size);

/// The library's words for an error code.
const char *kic_png_message(int code);

/// As kic_png_info, for a JPEG; the library is opened when first needed. On failure `message` holds
/// why.
int kic_jpeg_info(const uint8_t *data, size_t length, kic_info *info, char *message, size_t room);

/// Decodes a JPEG into width * height * channels bytes of the header.
int kic_jpeg_decode(const uint8_t *data, size_t length, const kic_info *info, uint8_t *pixels,
                    char *message, size_t room);

/// As kic_png_info, for a WebP: 0, -1 for what is none, -2 without the library.
int kic_webp_info(const uint8_t *data, size_t length, kic_info *info);

/// Decodes a WebP into `size` bytes of RGBA.
int kic_webp_decode(const uint8_t *data, size_t length, uint8_t *pixels, size_t size,
                    uint32_t width);

#endif
