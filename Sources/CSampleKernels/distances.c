#include "CSampleKernels.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

struct csk_rows {
  int64_t count, width, depth;
  int level;
  // Left: whole numbers as the level multiplies them, row after row.
  void *left;
  // Right: panels of rows, interleaved.
  void *right;
  int32_t *squares;
  int32_t *sums;
};

enum { LEFT_STEP = 8 };

int csk_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vnni"))
    return CSK_AVX512_VNNI;
  if (__builtin_cpu_supports("avx2")) return CSK_AVX2;
#endif
  return CSK_PLAIN;
}

const char *csk_level_name(int level) {
  return level == CSK_AVX512_VNNI ? "avx512-vnni" : level == CSK_AVX2 ? "avx2" : "plain";
}

static int64_t rounded(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

// Bytes of one number, numbers taken at once along a row, rows of a panel.
static int64_t number_size(int level) { return level == CSK_AVX2 ? 2 : 1; }
static int64_t chunk(int level) {
  return level == CSK_AVX512_VNNI ? 4 : level == CSK_AVX2 ? 2 : 1;
}
static int64_t panel(int level) { return level == CSK_AVX512_VNNI ? 16 : level == CSK_AVX2 ? 8 : 1; }

csk_rows *csk_rows_new(const uint8_t *rows, int64_t count, int64_t width, int level, int roles) {
  csk_rows *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  int64_t step = chunk(level), tall = panel(level), size = number_size(level);
  int64_t depth = rounded(width, step);
  int64_t padded = rounded(count, CSK_GRAIN) + CSK_GRAIN;
  made->count = count;
  made->width = width;
  made->depth = depth;
  made->level = level;
  made->squares = calloc((size_t)padded, sizeof(int32_t));
  made->sums = calloc((size_t)padded, sizeof(int32_t));
  if (roles & CSK_LEFT) made->left = aligned_alloc(64, (size_t)rounded(padded * depth * size, 64));
  if (roles & CSK_RIGHT) made->right = aligned_alloc(64, (size_t)rounded(padded * depth * size, 64));
  if (!made->squares || !made->sums || ((roles & CSK_LEFT) && !made->left) ||
      ((roles & CSK_RIGHT) && !made->right)) {
    csk_rows_free(made);
    return NULL;
  }
  for (int64_t row = 0; row < count; row++) {
    const uint8_t *from = rows + row * width;
    int32_t square = 0, sum = 0;
    for (int64_t k = 0; k < width; k++) {
      square += (int32_t)from[k] * from[k];
      sum += from[k];
    }
    made->squares[row] = square;
    made->sums[row] = sum;
  }
  if (made->left) {
    for (int64_t row = 0; row < padded; row++) {
      const uint8_t *from = rows + row * width;
      if (level == CSK_AVX2) {
        int16_t *to = (int16_t *)made->left + row * depth;
        for (int64_t k = 0; k < depth; k++) to[k] = row < count && k < width ? from[k] : 0;
      } else {
        uint8_t *to = (uint8_t *)made->left + row * depth;
        // Signed bytes for VNNI; what is padded meets a zero on the other side.
        uint8_t turn = level == CSK_AVX512_VNNI ? 0x80 : 0;
        if (row < count) {
          for (int64_t k = 0; k < width; k++) to[k] = from[k] ^ turn;
          for (int64_t k = width; k < depth; k++) to[k] = 0;
        } else {
          memset(to, 0, (size_t)depth);
        }
      }
    }
  }
  if (made->right) {
    memset(made->right, 0, (size_t)(padded * depth * size));
    for (int64_t row = 0; row < count; row++) {
      const uint8_t *from = rows + row * width;
      int64_t start = row / tall * tall * depth;
      if (level == CSK_AVX2) {
        int16_t *to = (int16_t *)made->right + start + row % tall * step;
        for (int64_t k = 0; k < width; k++) to[k / step * step * tall + k % step] = from[k];
      } else if (level == CSK_AVX512_VNNI) {
        uint8_t *to = (uint8_t *)made->right + start + row % tall * 4;
        int64_t k = 0;
        for (; k + 4 <= width; k += 4) memcpy(to + k / 4 * 64, from + k, 4);
        for (; k < width; k++) to[k / 4 * 64 + k % 4] = from[k];
      } else {
        memcpy((uint8_t *)made->right + row * depth, from, (size_t)width);
      }
    }
  }
  return made;
}

void csk_rows_free(csk_rows *rows) {
  if (!rows) return;
  free(rows->left);
  free(rows->right);
  free(rows->squares);
  free(rows->sums);
  free(rows);
}

#if defined(__x86_64__)

// `height` left rows against `panels` panels of 16 right rows.
#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni"), always_inline)) static inline

VNNI void vnni_tile(const int8_t *left, const uint8_t *right, int64_t depth, const int32_t *squares,
                    const int32_t *right_squares, const int32_t *right_sums, int32_t *out,
                    int64_t stride, const int panels) {
  __m512i sums[LEFT_STEP][3];
#pragma clang loop unroll(full)
  for (int row = 0; row < LEFT_STEP; row++)
#pragma clang loop unroll(full)
    for (int p = 0; p < panels; p++) sums[row][p] = _mm512_setzero_si512();
  int64_t steps = depth / 4, pitch = depth * 16;
  for (int64_t k = 0; k < steps; k++) {
    __m512i wide[3];
#pragma clang loop unroll(full)
    for (int p = 0; p < panels; p++)
      wide[p] = _mm512_loadu_si512((const void *)(right + p * pitch + k * 64));
#pragma clang loop unroll(full)
    for (int row = 0; row < LEFT_STEP; row++) {
      int32_t four;
      memcpy(&four, left + row * depth + k * 4, 4);
      __m512i narrow = _mm512_set1_epi32(four);
#pragma clang loop unroll(full)
      for (int p = 0; p < panels; p++)
        sums[row][p] = _mm512_dpbusd_epi32(sums[row][p], wide[p], narrow);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < panels; p++) {
    __m512i own = _mm512_loadu_si512((const void *)(right_squares + p * 16));
    // The left was shifted by 128.
    __m512i shift = _mm512_slli_epi32(_mm512_loadu_si512((const void *)(right_sums + p * 16)), 8);
    own = _mm512_sub_epi32(own, shift);
#pragma clang loop unroll(full)
    for (int row = 0; row < LEFT_STEP; row++) {
      __m512i all = _mm512_add_epi32(own, _mm512_set1_epi32(squares[row]));
      all = _mm512_sub_epi32(all, _mm512_slli_epi32(sums[row][p], 1));
      _mm512_storeu_si512((void *)(out + row * stride + p * 16), all);
    }
  }
}

__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void vnni_distances(
    const csk_rows *left, int64_t x0, int64_t m, const csk_rows *right, int64_t y0, int64_t n,
    int32_t *out, int64_t stride) {
  int64_t depth = left->depth, all = rounded(n, 16) / 16;
  const int8_t *x = (const int8_t *)left->left + x0 * depth;
  const uint8_t *y = (const uint8_t *)right->right + y0 * depth;
  // A panel group stays in the second cache while all left rows pass by.
  int64_t group = 3 * (1 + (384 << 10) / (depth * 48));
  for (int64_t first = 0; first < all; first += group) {
    int64_t end = first + group < all ? first + group : all;
    for (int64_t row = 0; row < m; row += LEFT_STEP) {
      int64_t p = first;
      for (; p + 3 <= end; p += 3)
        vnni_tile(x + row * depth, y + p * 16 * depth, depth, left->squares + x0 + row,
                  right->squares + y0 + p * 16, right->sums + y0 + p * 16,
                  out + row * stride + p * 16, stride, 3);
      if (end - p == 2)
        vnni_tile(x + row * depth, y + p * 16 * depth, depth, left->squares + x0 + row,
                  right->squares + y0 + p * 16, right->sums + y0 + p * 16,
                  out + row * stride + p * 16, stride, 2);
      if (end - p == 1)
        vnni_tile(x + row * depth, y + p * 16 * depth, depth, left->squares + x0 + row,
                  right->squares + y0 + p * 16, right->sums + y0 + p * 16,
                  out + row * stride + p * 16, stride, 1);
    }
  }
}

__attribute__((target("avx2"))) static void avx2_distances(const csk_rows *left, int64_t x0,
                                                           int64_t m, const csk_rows *right,
                                                           int64_t y0, int64_t n, int32_t *out,
                                                           int64_t stride) {
  int64_t depth = left->depth, all = rounded(n, 8) / 8;
  const int16_t *x = (const int16_t *)left->left + x0 * depth;
  const int16_t *y = (const int16_t *)right->right + y0 * depth;
  int64_t group = 2 * (1 + (192 << 10) / (depth * 32));
  for (int64_t first = 0; first < all; first += group) {
    int64_t end = first + group < all ? first + group : all;
    for (int64_t row = 0; row < m; row += 4) {
      for (int64_t p = first; p < end; p += 2) {
        // A panel beyond the last is padding: what it gives is not stored.
        int both = p + 1 < end;
        __m256i sums[4][2];
        for (int i = 0; i < 4; i++) sums[i][0] = sums[i][1] = _mm256_setzero_si256();
        const int16_t *one = y + p * 8 * depth, *two = both ? one + 8 * depth : one;
        for (int64_t k = 0; k < depth / 2; k++) {
          __m256i a = _mm256_load_si256((const __m256i *)(one + k * 16));
          __m256i b = _mm256_load_si256((const __m256i *)(two + k * 16));
#pragma clang loop unroll(full)
          for (int i = 0; i < 4; i++) {
            int32_t pair;
            memcpy(&pair, x + (row + i) * depth + k * 2, 4);
            __m256i narrow = _mm256_set1_epi32(pair);
            sums[i][0] = _mm256_add_epi32(sums[i][0], _mm256_madd_epi16(a, narrow));
            sums[i][1] = _mm256_add_epi32(sums[i][1], _mm256_madd_epi16(b, narrow));
          }
        }
        for (int q = 0; q <= both; q++) {
          __m256i own = _mm256_loadu_si256((const __m256i *)(right->squares + y0 + (p + q) * 8));
          for (int i = 0; i < 4; i++) {
            __m256i whole = _mm256_add_epi32(own, _mm256_set1_epi32(left->squares[x0 + row + i]));
            whole = _mm256_sub_epi32(whole, _mm256_slli_epi32(sums[i][q], 1));
            _mm256_storeu_si256((__m256i *)(out + (row + i) * stride + (p + q) * 8), whole);
          }
        }
      }
    }
  }
}

#endif

static void plain_distances(const csk_rows *left, int64_t x0, int64_t m, const csk_rows *right,
                            int64_t y0, int64_t n, int32_t *out, int64_t stride) {
  const uint8_t *x = (const uint8_t *)left->left + x0 * left->depth;
  const uint8_t *y = (const uint8_t *)right->right + y0 * left->depth;
  for (int64_t row = 0; row < m; row++)
    for (int64_t column = 0; column < n; column++) {
      const uint8_t *a = x + row * left->depth, *b = y + column * left->depth;
      int32_t sum = 0;
      for (int64_t k = 0; k < left->depth; k++) {
        int32_t difference = (int32_t)a[k] - b[k];
        sum += difference * difference;
      }
      out[row * stride + column] = sum;
    }
}

void csk_squared_distances(const csk_rows *left, int64_t x0, int64_t m, const csk_rows *right,
                           int64_t y0, int64_t n, int32_t *out, int64_t stride) {
#if defined(__x86_64__)
  if (left->level == CSK_AVX512_VNNI) {
    vnni_distances(left, x0, m, right, y0, n, out, stride);
    return;
  }
  if (left->level == CSK_AVX2) {
    avx2_distances(left, x0, m, right, y0, n, out, stride);
    return;
  }
#endif
  plain_distances(left, x0, m, right, y0, n, out, stride);
}
