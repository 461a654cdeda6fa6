#include "CDigest.h"

#include <dlfcn.h>
#include <pthread.h>

typedef void *(*new_fn)(void);
typedef void (*free_fn)(void *);
typedef const void *(*algorithm_fn)(void);
typedef int (*init_fn)(void *, const void *, void *);
typedef int (*update_fn)(void *, const void *, size_t);
typedef int (*final_fn)(void *, uint8_t *, unsigned int *);

static struct {
  new_fn create;
  free_fn destroy;
  algorithm_fn sha256;
  init_fn init;
  update_fn update;
  final_fn finish;
  int ready;
} crypto;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
  const char *names[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"};
  void *library = 0;
  for (int i = 0; i < 3 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  crypto.create = (new_fn)dlsym(library, "EVP_MD_CTX_new");
  crypto.destroy = (free_fn)dlsym(library, "EVP_MD_CTX_free");
  crypto.sha256 = (algorithm_fn)dlsym(library, "EVP_sha256");
  crypto.init = (init_fn)dlsym(library, "EVP_DigestInit_ex");
  crypto.update = (update_fn)dlsym(library, "EVP_DigestUpdate");
  crypto.finish = (final_fn)dlsym(library, "EVP_DigestFinal_ex");
  crypto.ready = crypto.create && crypto.destroy && crypto.sha256 && crypto.init &&
                 crypto.update && crypto.finish;
}

int kdg_sha256(const void *first, size_t first_length, const void *second, size_t second_length,
               uint8_t digest[32]) {
  pthread_once(&once, open_library);
  if (!crypto.ready) return -1;
  void *context = crypto.create();
  if (!context) return -1;
  int good = crypto.init(context, crypto.sha256(), 0) && crypto.update(context, first, first_length)
             && crypto.update(context, second, second_length) && crypto.finish(context, digest, 0);
  crypto.destroy(context);
  return good ? 0 : -1;
}
