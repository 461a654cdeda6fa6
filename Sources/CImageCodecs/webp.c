#include "CImageCodecs.h"

#include <dlfcn.h>
#include <pthread.h>

typedef int (*info_fn)(const uint8_t *, size_t, int *, int *);
typedef uint8_t *(*decode_fn)(const uint8_t *, size_t, uint8_t *, size_t, int);

static struct {
  info_fn info;
  decode_fn decode;
  int ready;
} webp;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
  const char *names[] = {"libwebp.so.7", "libwebp.so"};
  void *library = 0;
  for (int i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  webp.info = (info_fn)dlsym(library, "WebPGetInfo");
  webp.decode = (decode_fn)dlsym(library, "WebPDecodeRGBAInto");
  webp.ready = webp.info && webp.decode;
}

int kic_webp_info(const uint8_t *data, size_t length, kic_info *info) {
  pthread_once(&once, open_library);
  if (!webp.ready) return -2;
  int width = 0, height = 0;
  if (!webp.info(data, length, &width, &height) || width <= 0 || height <= 0) return -1;
  info->width = (uint32_t)width;
  info->height = (uint32_t)height;
  info->channels = 4;
  info->bytes = 1;
  info->depth = 8;
  return 0;
}

int kic_webp_decode(const uint8_t *data, size_t length, uint8_t *pixels, size_t size,
                    uint32_t width) {
  return webp.ready && webp.decode(data, length, pixels, size, (int)width * 4) ? 0 : -1;
}
