#include "CChecksum.h"

#include <pthread.h>
#include <string.h>

// Slicing by eight: Intel's method of looking up eight bytes at a time.
static uint32_t table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0x82F63B78u : crc >> 1;
    table[0][byte] = crc;
  }
  for (uint32_t byte = 0; byte < 256; byte++) {
    for (int slice = 1; slice < 8; slice++) {
      uint32_t before = table[slice - 1][byte];
      table[slice][byte] = before >> 8 ^ table[0][before & 0xFF];
    }
  }
}

uint32_t kcs_crc32c_portable(const void *data, size_t length) {
  pthread_once(&once, fill_table);
  const uint8_t *bytes = data;
  uint32_t crc = ~0u;
  for (; length >= 8; bytes += 8, length -= 8) {
    uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                          (uint32_t)bytes[3] << 24);
    crc = table[7][low & 0xFF] ^ table[6][low >> 8 & 0xFF] ^ table[5][low >> 16 & 0xFF] ^
          table[4][low >> 24] ^ table[3][bytes[4]] ^ table[2][bytes[5]] ^ table[1][bytes[6]] ^
          table[0][bytes[7]];
  }
  for (; length > 0; bytes++, length--) crc = crc >> 8 ^ table[0][(crc ^ *bytes) & 0xFF];
  return ~crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_hardware(const void *data,
                                                                  size_t length) {
  const uint8_t *bytes = data;
  uint64_t crc = ~0u;
  for (; length >= 8; bytes += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  uint32_t narrow = (uint32_t)crc;
  for (; length > 0; bytes++, length--) narrow = _mm_crc32_u8(narrow, *bytes);
  return ~narrow;
}

uint32_t kcs_crc32c(const void *data, size_t length) {
  return __builtin_cpu_supports("sse4.2") ? crc32c_hardware(data, length)
                                          : kcs_crc32c_portable(data, length);
}
#elif defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>

uint32_t kcs_crc32c(const void *data, size_t length) {
  const uint8_t *bytes = data;
  uint32_t crc = ~0u;
  for (; length >= 8; bytes += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    crc = __crc32cd(crc, word);
  }
  for (; length > 0; bytes++, length--) crc = __crc32cb(crc, *bytes);
  return ~crc;
}
#else
uint32_t kcs_crc32c(const void *data, size_t length) {
  return kcs_crc32c_portable(data, length);
}
#endif
