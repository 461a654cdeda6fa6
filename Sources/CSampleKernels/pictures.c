#include "CSampleKernels.h"

#include <string.h>

#if defined(__x86_64__)
#define EVERY_PROCESSOR __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define EVERY_PROCESSOR
#endif

static int64_t mirrored(int64_t place, int64_t size) {
  if (size == 1) return 0;
  if (place < 0) return -place;
  return place >= size ? 2 * size - 2 - place : place;
}

static inline int32_t absolute(int32_t value) { return value < 0 ? -value : value; }

static int32_t laplacian_at(const uint8_t *picture, int64_t x, int64_t y, int64_t width,
                            int64_t height) {
  const uint8_t *row = picture + y * width;
  return picture[mirrored(y - 1, height) * width + x] +
         picture[mirrored(y + 1, height) * width + x] + row[mirrored(x - 1, width)] +
         row[mirrored(x + 1, width)] - 4 * row[x];
}

// Short enough for 32 bits: 2048 times the square of 1020, and of sums of 255.
enum { STRETCH = 2048 };

EVERY_PROCESSOR static void look_at_values(const uint8_t *restrict pixels, int64_t count,
                                           csk_picture *out) {
  int32_t least = 255, greatest = 0;
  for (int64_t first = 0; first < count; first += STRETCH) {
    int64_t end = first + STRETCH < count ? first + STRETCH : count;
    int32_t sum = 0, squares = 0;
    for (int64_t p = first; p < end; p++) {
      int32_t value = pixels[p];
      sum += value;
      squares += value * value;
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
    }
    out->sum += sum;
    out->squares += squares;
  }
  out->least = least;
  out->greatest = greatest;
}

// All rows but the first and the last as if they were one: at the edges of a row this is wrong, which
// the caller takes back.
EVERY_PROCESSOR static void look_at_slopes(const uint8_t *restrict pixels, int64_t width,
                                           int64_t count, csk_picture *out) {
  const uint8_t *above = pixels - width, *below = pixels + width;
  for (int64_t first = 0; first < count; first += STRETCH) {
    int64_t end = first + STRETCH < count ? first + STRETCH : count;
    int32_t sum = 0;
    uint32_t squares = 0;
    for (int64_t p = first; p < end; p++) {
      int32_t value = above[p] + below[p] + pixels[p - 1] + pixels[p + 1] - 4 * pixels[p];
      sum += value;
      squares += (uint32_t)(value * value);
    }
    out->laplacian_sum += sum;
    out->laplacian_squares += squares;
  }
}

static inline int32_t noise_at(const uint8_t *row, int64_t width) {
  const uint8_t *above = row - width, *below = row + width;
  return absolute(above[-1] + above[1] + below[-1] + below[1] + 4 * row[0] -
                  2 * (above[0] + below[0] + row[-1] + row[1]));
}

EVERY_PROCESSOR static int64_t noise_of(const uint8_t *restrict pixels, int64_t width,
                                        int64_t count) {
  const uint8_t *above = pixels - width, *below = pixels + width;
  int64_t all = 0;
  for (int64_t first = 0; first < count; first += STRETCH) {
    int64_t end = first + STRETCH < count ? first + STRETCH : count;
    int32_t sum = 0;
    for (int64_t p = first; p < end; p++)
      sum += absolute(above[p - 1] + above[p + 1] + below[p - 1] + below[p + 1] + 4 * pixels[p] -
                      2 * (above[p] + below[p] + pixels[p - 1] + pixels[p + 1]));
    all += sum;
  }
  return all;
}

static void look_at_one(const uint8_t *picture, int64_t width, int64_t height, csk_picture *out) {
  memset(out, 0, sizeof *out);
  look_at_values(picture, width * height, out);
  if (width < 3 || height < 3) {
    for (int64_t y = 0; y < height; y++)
      for (int64_t x = 0; x < width; x++) {
        int64_t value = laplacian_at(picture, x, y, width, height);
        out->laplacian_sum += value;
        out->laplacian_squares += value * value;
      }
    return;
  }
  // From the second pixel of the second row to the last but one of the last but one: a pixel
  // to each side is still of the picture.
  int64_t start = width + 1, count = (height - 2) * width - 2;
  look_at_slopes(picture + start, width, count, out);
  out->noise_sum = noise_of(picture + start, width, count);
  for (int64_t y = 1; y < height - 1; y++)
    for (int edge = 0; edge < 2; edge++) {
      int64_t x = edge ? width - 1 : 0, place = y * width + x;
      int64_t right = laplacian_at(picture, x, y, width, height);
      out->laplacian_sum += right;
      out->laplacian_squares += right * right;
      if (place < start || place >= start + count) continue;
      const uint8_t *at = picture + place;
      int64_t wrong = at[-width] + at[width] + at[-1] + at[1] - 4 * at[0];
      out->laplacian_sum -= wrong;
      out->laplacian_squares -= wrong * wrong;
      out->noise_sum -= noise_at(at, width);
    }
  for (int64_t x = 0; x < width; x++)
    for (int edge = 0; edge < 2; edge++) {
      int64_t value = laplacian_at(picture, x, edge ? height - 1 : 0, width, height);
      out->laplacian_sum += value;
      out->laplacian_squares += value * value;
    }
}

void csk_look(const uint8_t *pixels, int64_t count, int64_t width, int64_t height,
              csk_picture *out) {
  for (int64_t picture = 0; picture < count; picture++)
    look_at_one(pixels + picture * width * height, width, height, out + picture);
}

void csk_histogram(const uint8_t *row, int64_t width, uint32_t counts[256]) {
  // Four tables, since an even area would wait for its own count each time.
  uint32_t parts[4][256];
  memset(parts, 0, sizeof parts);
  int64_t k = 0;
  for (; k + 4 <= width; k += 4)
    for (int part = 0; part < 4; part++) parts[part][row[k + part]]++;
  for (; k < width; k++) parts[0][row[k]]++;
  for (int value = 0; value < 256; value++)
    counts[value] = parts[0][value] + parts[1][value] + parts[2][value] + parts[3][value];
}

static inline uint64_t mixed(uint64_t a, uint64_t b) {
  __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_of(const uint8_t *row, int64_t width) {
  uint64_t hash = 0x9E3779B97F4A7C15u ^ (uint64_t)width, other = 0xD1B54A32D192ED03u;
  int64_t k = 0;
  for (; k + 32 <= width; k += 32) {
    uint64_t part[4];
    memcpy(part, row + k, 32);
    hash = mixed(hash ^ part[0], part[1] ^ 0xA0761D6478BD642Fu);
    other = mixed(other ^ part[2], part[3] ^ 0xE7037ED1A0B428DBu);
  }
  for (; k < width; k += 8) {
    uint64_t part = 0;
    memcpy(&part, row + k, (size_t)(width - k < 8 ? width - k : 8));
    hash = mixed(hash ^ part, 0x8EBC6AF09C88C6E3u);
  }
  return mixed(hash ^ other, 0x589965CC75374CC3u);
}

int64_t csk_first_equals(const uint8_t *rows, int64_t count, int64_t width, int64_t *first,
                         uint64_t *scratch, int64_t capacity) {
  uint64_t *hashes = scratch;
  uint64_t *places = scratch + capacity;
  memset(places, 0, (size_t)capacity * sizeof *places);
  int64_t distinct = 0;
  for (int64_t row = 0; row < count; row++) {
    const uint8_t *own = rows + row * width;
    uint64_t hash = hash_of(own, width);
    int64_t slot = (int64_t)(hash & (uint64_t)(capacity - 1));
    first[row] = row;
    while (places[slot]) {
      int64_t known = (int64_t)places[slot] - 1;
      if (hashes[slot] == hash && !memcmp(rows + known * width, own, (size_t)width)) {
        first[row] = known;
        break;
      }
      slot = (slot + 1) & (capacity - 1);
    }
    if (first[row] == row) {
      places[slot] = (uint64_t)row + 1;
      hashes[slot] = hash;
      distinct++;
    }
  }
  return distinct;
}
