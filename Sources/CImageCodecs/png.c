#include "CImageCodecs.h"

#include <spng.h>

// A sample picture is never larger than this on a side; libspng refuses the rest.
enum { largest_side = 32768 };

static int open_png(const uint8_t *data, size_t length, spng_ctx **out, struct spng_ihdr *ihdr) {
  spng_ctx *ctx = spng_ctx_new(0);
  if (!ctx) return SPNG_EMEM;
  spng_set_image_limits(ctx, largest_side, largest_side);
  spng_set_chunk_limits(ctx, 8u << 20, 32u << 20);
  int code = spng_set_png_buffer(ctx, data, length);
  if (!code) code = spng_get_ihdr(ctx, ihdr);
  if (code) {
    spng_ctx_free(ctx);
    return code;
  }
  *out = ctx;
  return 0;
}

static int choose(spng_ctx *ctx, const struct spng_ihdr *ihdr, kic_info *info, int *format,
                  int *flags) {
  struct spng_trns trns;
  int transparent = spng_get_trns(ctx, &trns) == 0;
  info->width = ihdr->width;
  info->height = ihdr->height;
  info->depth = ihdr->bit_depth;
  info->bytes = ihdr->bit_depth == 16 ? 2 : 1;
  info->pixel_bits = ihdr->bit_depth;
  *flags = 0;
  *format = SPNG_FMT_PNG;
  switch (ihdr->color_type) {
  case SPNG_COLOR_TYPE_GRAYSCALE:
    info->channels = 1;
    if (ihdr->bit_depth < 8) *format = SPNG_FMT_G8;
    break;
  case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: info->channels = 2; break;
  case SPNG_COLOR_TYPE_TRUECOLOR: info->channels = 3; break;
  case SPNG_COLOR_TYPE_TRUECOLOR_ALPHA: info->channels = 4; break;
  case SPNG_COLOR_TYPE_INDEXED:
    info->channels = transparent ? 4 : 3;
    *format = transparent ? SPNG_FMT_RGBA8 : SPNG_FMT_RGB8;
    *flags = transparent ? SPNG_DECODE_TRNS : 0;
    return 0;
  default: return SPNG_ECOLOR_TYPE;
  }
  info->pixel_bits = (uint8_t)(info->channels * ihdr->bit_depth);
  if (transparent && (info->channels == 1 || info->channels == 3)) {
    info->channels = 4;
    *format = info->bytes == 2 ? SPNG_FMT_RGBA16 : SPNG_FMT_RGBA8;
    *flags = SPNG_DECODE_TRNS;
  }
  return 0;
}

int kic_png_info(const uint8_t *data, size_t length, kic_info *info) {
  spng_ctx *ctx;
  struct spng_ihdr ihdr;
  int format, flags;
  int code = open_png(data, length, &ctx, &ihdr);
  if (code) return code;
  code = choose(ctx, &ihdr, info, &format, &flags);
  spng_ctx_free(ctx);
  return code;
}

int kic_png_decode(const uint8_t *data, size_t length, uint8_t *pixels, size_t size) {
  spng_ctx *ctx;
  struct spng_ihdr ihdr;
  kic_info info;
  int format, flags;
  int code = open_png(data, length, &ctx, &ihdr);
  if (code) return code;
  code = choose(ctx, &ihdr, &info, &format, &flags);
  size_t need = 0;
  if (!code) code = spng_decoded_image_size(ctx, format, &need);
  if (!code && need != size) code = SPNG_EBUFSIZ;
  if (!code) code = spng_decode_image(ctx, pixels, size, format, flags);
  spng_ctx_free(ctx);
  return code;
}

const char *kic_png_message(int code) { return spng_strerror(code); }
