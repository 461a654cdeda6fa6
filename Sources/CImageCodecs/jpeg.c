#include "CImageCodecs.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

// The few of TurboJPEG's functions and numbers that are asked for; its interface is stable.
typedef void *(*init_fn)(void);
typedef int (*header_fn)(void *, const unsigned char *, unsigned long, int *, int *, int *, int *);
typedef int (*decompress_fn)(void *, const unsigned char *, unsigned long, unsigned char *, int,
                             int, int, int, int);
typedef int (*destroy_fn)(void *);
typedef char *(*message_fn)(void *);

enum { format_rgb = 0, format_gray = 6, space_gray = 2, space_cmyk = 3, space_ycck = 4 };
enum { flag_limit_scans = 32768 };

static struct {
  init_fn init;
  header_fn header;
  decompress_fn decompress;
  destroy_fn destroy;
  message_fn message;
  int ready;
} turbo;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
  const char *names[] = {"libturbojpeg.so.0", "libturbojpeg.so"};
  void *library = 0;
  for (int i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  turbo.init = (init_fn)dlsym(library, "tjInitDecompress");
  turbo.header = (header_fn)dlsym(library, "tjDecompressHeader3");
  turbo.decompress = (decompress_fn)dlsym(library, "tjDecompress2");
  turbo.destroy = (destroy_fn)dlsym(library, "tjDestroy");
  turbo.message = (message_fn)dlsym(library, "tjGetErrorStr2");
  turbo.ready = turbo.init && turbo.header && turbo.decompress && turbo.destroy && turbo.message;
}

static void say(char *message, size_t room, const char *words) {
  strncpy(message, words, room - 1);
  message[room - 1] = 0;
}

int kic_jpeg_info(const uint8_t *data, size_t length, kic_info *info, char *message, size_t room) {
  pthread_once(&once, open_library);
  if (!turbo.ready) {
    say(message, room, "JPEG pictures need the library libturbojpeg, which is not installed");
    return -1;
  }
  void *handle = turbo.init();
  if (!handle) return -1;
  int width = 0, height = 0, sampling = 0, space = 0;
  int code = turbo.header(handle, data, length, &width, &height, &sampling, &space);
  if (code != 0) {
    say(message, room, turbo.message(handle));
  } else if (space == space_cmyk || space == space_ycck) {
    say(message, room, "it is in CMYK; save it in gray or RGB");
    code = -1;
  } else if (width <= 0 || height <= 0) {
    say(message, room, "it has no pixels");
    code = -1;
  } else {
    info->width = (uint32_t)width;
    info->height = (uint32_t)height;
    info->channels = space == space_gray ? 1 : 3;
    info->bytes = 1;
    info->depth = 8;
  }
  turbo.destroy(handle);
  return code == 0 ? 0 : -1;
}

int kic_jpeg_decode(const uint8_t *data, size_t length, const kic_info *info, uint8_t *pixels,
                    char *message, size_t room) {
  void *handle = turbo.ready ? turbo.init() : 0;
  if (!handle) return -1;
  int format = info->channels == 1 ? format_gray : format_rgb;
  int code = turbo.decompress(handle, data, length, pixels, (int)info->width, 0,
                              (int)info->height, format, flag_limit_scans);
  // Only the first warning has words, and an error behind it still counts as a warning: none is
  // known to be of no consequence.
  if (code != 0) say(message, room, turbo.message(handle));
  turbo.destroy(handle);
  return code == 0 ? 0 : -1;
}
