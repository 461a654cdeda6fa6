#include "CGlyphKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF
#define VECTORS __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))

bool kgk_has_vectors(void) { return __builtin_cpu_supports("avx2"); }

// Rows from the cell's middle outwards, two at a time: they soonest show that a glyph cannot win.
static const int row_pairs[5][2] = {{4, 5}, {3, 6}, {2, 7}, {1, 8}, {0, 9}};

// Two rows of eight 16-bit values in the order in which two rows of 32 bits are packed.
INLINE __m256i packed_rows(const int16_t *first, const int16_t *second) {
  __m128i a = _mm_loadu_si128((const __m128i *)first);
  __m128i b = _mm_loadu_si128((const __m128i *)second);
  return _mm256_set_m128i(_mm_unpackhi_epi64(a, b), _mm_unpacklo_epi64(a, b));
}

INLINE __m256i widened(const int16_t *row) {
  return _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)row));
}

INLINE __m256i codes_of(const int16_t *codes, __m256i light) {
  __m256i both = _mm256_i32gather_epi32((const int *)codes, light, 2);
  return _mm256_and_si256(both, _mm256_set1_epi32(0xFFFF));
}

INLINE int32_t sum_of(__m256i lanes) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
  return _mm_cvtsi128_si32(half);
}

INLINE __m256i stamp_light(const kgk_cell *cell, const int16_t *stamp, int row) {
  __m256i base = _mm256_loadu_si256((const __m256i *)(cell->light + row * cell->stride));
  return _mm256_add_epi32(base, widened(stamp + row * KGK_COLUMNS));
}

INLINE __m256i pen_light(const kgk_cell *cell, const kgk_pen *pen, int row) {
  int place = row * KGK_COLUMNS;
  __m256i sum = _mm256_mullo_epi32(widened(pen->full + place), _mm256_set1_epi32(pen->paper));
  sum = _mm256_add_epi32(
      sum, _mm256_mullo_epi32(widened(pen->straight + place), _mm256_set1_epi32(pen->even)));
  sum = _mm256_add_epi32(
      sum, _mm256_mullo_epi32(widened(pen->curved + place), _mm256_set1_epi32(pen->bend)));
  sum = _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(1 << 13)), 14);
  __m256i base = _mm256_loadu_si256((const __m256i *)(cell->light + row * cell->stride));
  return _mm256_add_epi32(base, sum);
}

INLINE __m256i square_of(const kgk_cell *cell, __m256i first, __m256i second, __m256i wanted,
                         __m256i weights) {
  __m256i shown = _mm256_packs_epi32(codes_of(cell->codes, first), codes_of(cell->codes, second));
  __m256i miss = _mm256_mulhrs_epi16(_mm256_sub_epi16(shown, wanted), weights);
  return _mm256_madd_epi16(miss, miss);
}

VECTORS int32_t kgk_stamp_error(const kgk_cell *cell, const int16_t *stamp, int32_t limit) {
  __m256i sum = _mm256_setzero_si256();
  for (int pair = 0; pair < 5; pair++) {
    int a = row_pairs[pair][0], b = row_pairs[pair][1];
    __m256i wanted = packed_rows(cell->wanted + a * cell->stride, cell->wanted + b * cell->stride);
    __m256i weights =
        packed_rows(cell->weights + a * cell->stride, cell->weights + b * cell->stride);
    sum = _mm256_add_epi32(sum, square_of(cell, stamp_light(cell, stamp, a),
                                          stamp_light(cell, stamp, b), wanted, weights));
  }
  int32_t error = sum_of(sum);
  return error < limit ? error : limit;
}

VECTORS int32_t kgk_pen_error(const kgk_cell *cell, const kgk_pen *pen, int32_t limit) {
  __m256i sum = _mm256_setzero_si256();
  for (int pair = 0; pair < 5; pair++) {
    int a = row_pairs[pair][0], b = row_pairs[pair][1];
    __m256i wanted = packed_rows(cell->wanted + a * cell->stride, cell->wanted + b * cell->stride);
    __m256i weights =
        packed_rows(cell->weights + a * cell->stride, cell->weights + b * cell->stride);
    sum = _mm256_add_epi32(sum, square_of(cell, pen_light(cell, pen, a), pen_light(cell, pen, b),
                                          wanted, weights));
    if (pair == 1 && sum_of(sum) >= limit) return limit;
  }
  int32_t error = sum_of(sum);
  return error < limit ? error : limit;
}

VECTORS int32_t kgk_best_stamps(const kgk_cell *cell, const int16_t *stamps, int32_t count,
                                int32_t limit, int32_t keep, int32_t *errors, int32_t *glyphs) {
  __m256i wanted[5], weights[5];
  for (int pair = 0; pair < 5; pair++) {
    int a = row_pairs[pair][0], b = row_pairs[pair][1];
    wanted[pair] = packed_rows(cell->wanted + a * cell->stride, cell->wanted + b * cell->stride);
    weights[pair] = packed_rows(cell->weights + a * cell->stride, cell->weights + b * cell->stride);
  }
  int32_t kept = 0;
  for (int32_t glyph = 0; glyph < count; glyph++) {
    const int16_t *stamp = stamps + glyph * KGK_SAMPLES;
    __m256i sum = _mm256_setzero_si256();
    int32_t error = limit;
    for (int pair = 0; pair < 5; pair++) {
      int a = row_pairs[pair][0], b = row_pairs[pair][1];
      sum = _mm256_add_epi32(sum, square_of(cell, stamp_light(cell, stamp, a),
                                            stamp_light(cell, stamp, b), wanted[pair],
                                            weights[pair]));
      if (pair == 0 || pair == 1 || pair == 4) {
        error = sum_of(sum);
        if (error >= limit) break;
      }
    }
    if (error >= limit) continue;
    int32_t place = kept < keep ? kept++ : keep - 1;
    while (place > 0 && errors[place - 1] > error) {
      errors[place] = errors[place - 1];
      glyphs[place] = glyphs[place - 1];
      place--;
    }
    errors[place] = error;
    glyphs[place] = glyph;
    if (kept == keep) limit = errors[keep - 1];
  }
  return kept;
}

// Misses of one row in fine codes, 0 where the weight is 0.
INLINE __m256 misses(const kgk_cell *cell, __m256i light, int row) {
  __m256i wanted = widened(cell->wanted + row * cell->stride);
  __m256i weights = widened(cell->weights + row * cell->stride);
  __m256i miss = _mm256_sub_epi32(codes_of(cell->codes, light), wanted);
  __m256i is_outside = _mm256_cmpeq_epi32(weights, _mm256_setzero_si256());
  return _mm256_cvtepi32_ps(_mm256_andnot_si256(is_outside, miss));
}

INLINE __m256 spread_across(const kgk_means *means, __m256 row) {
  float values[KGK_COLUMNS];
  _mm256_storeu_ps(values, row);
  __m256 sum = _mm256_setzero_ps();
  for (int column = 0; column < KGK_COLUMNS; column++) {
    __m256 weights = _mm256_loadu_ps(means->across + column * KGK_COLUMNS);
    sum = _mm256_add_ps(sum, _mm256_mul_ps(_mm256_set1_ps(values[column]), weights));
  }
  return sum;
}

// Sums the lanes as (0+4 + 2+6) + (1+5 + 3+7).
INLINE float folded(__m256 lanes) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(half, _mm_shuffle_ps(half, half, 1)));
}

INLINE float pulled(const kgk_means *means, const __m256 rows[KGK_ROWS]) {
  __m256 total = _mm256_setzero_ps();
  for (int mean = 0; mean < KGK_MEAN_ROWS; mean++) {
    __m256 value = _mm256_loadu_ps(means->means + mean * means->stride);
    for (int row = 0; row < KGK_ROWS; row++) {
      __m256 weight = _mm256_set1_ps(means->down[mean * KGK_ROWS + row]);
      value = _mm256_add_ps(value, _mm256_mul_ps(weight, rows[row]));
    }
    __m256 pull = _mm256_loadu_ps(means->pull + mean * means->stride);
    total = _mm256_add_ps(total, _mm256_mul_ps(pull, _mm256_mul_ps(value, value)));
  }
  return folded(total);
}

VECTORS float kgk_stamp_means(const kgk_cell *cell, const kgk_means *means, const int16_t *stamp) {
  __m256 rows[KGK_ROWS];
  for (int row = 0; row < KGK_ROWS; row++) {
    rows[row] = spread_across(means, misses(cell, stamp_light(cell, stamp, row), row));
  }
  return pulled(means, rows);
}

VECTORS float kgk_pen_means(const kgk_cell *cell, const kgk_means *means, const kgk_pen *pen) {
  __m256 rows[KGK_ROWS];
  for (int row = 0; row < KGK_ROWS; row++) {
    rows[row] = spread_across(means, misses(cell, pen_light(cell, pen, row), row));
  }
  return pulled(means, rows);
}

VECTORS void kgk_fit_sums(const float *shapes, int32_t count, const float *weights,
                          const float *missing, const float *full, float *squares, float *matches,
                          float *overlaps) {
  __m256 weighted[KGK_ROWS], covered[KGK_ROWS];
  for (int row = 0; row < KGK_ROWS; row++) {
    __m256 weight = _mm256_loadu_ps(weights + row * KGK_COLUMNS);
    weighted[row] = _mm256_mul_ps(weight, _mm256_loadu_ps(missing + row * KGK_COLUMNS));
    covered[row] = _mm256_mul_ps(weight, _mm256_loadu_ps(full + row * KGK_COLUMNS));
  }
  for (int32_t glyph = 0; glyph < count; glyph++) {
    __m256 square = _mm256_setzero_ps(), match = square, overlap = square;
    for (int row = 0; row < KGK_ROWS; row++) {
      __m256 shape = _mm256_loadu_ps(shapes + glyph * KGK_SAMPLES + row * KGK_COLUMNS);
      __m256 weight = _mm256_loadu_ps(weights + row * KGK_COLUMNS);
      square = _mm256_add_ps(square, _mm256_mul_ps(_mm256_mul_ps(weight, shape), shape));
      match = _mm256_add_ps(match, _mm256_mul_ps(weighted[row], shape));
      overlap = _mm256_add_ps(overlap, _mm256_mul_ps(covered[row], shape));
    }
    squares[glyph] = folded(square);
    matches[glyph] = folded(match);
    overlaps[glyph] = folded(overlap);
  }
}

VECTORS void kgk_nearest_shapes(const int16_t *tones, int32_t cells, const int16_t *shapes,
                                const int32_t *norms, int32_t groups, int32_t *nearest) {
  const __m256i eight = _mm256_set1_epi32(8);
  for (int32_t cell = 0; cell < cells; cell++) {
    const int16_t *wanted = tones + cell * 8;
    __m256i pairs[4];
    for (int pair = 0; pair < 4; pair++) {
      int32_t two;
      __builtin_memcpy(&two, wanted + 2 * pair, 4);
      pairs[pair] = _mm256_set1_epi32(two);
    }
    __m256i least = _mm256_set1_epi32(INT32_MAX), best = _mm256_setzero_si256();
    __m256i indices = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    for (int32_t group = 0; group < groups; group++) {
      const __m256i *shape = (const __m256i *)(shapes + group * 64);
      __m256i dot = _mm256_add_epi32(
          _mm256_add_epi32(_mm256_madd_epi16(_mm256_loadu_si256(shape), pairs[0]),
                           _mm256_madd_epi16(_mm256_loadu_si256(shape + 1), pairs[1])),
          _mm256_add_epi32(_mm256_madd_epi16(_mm256_loadu_si256(shape + 2), pairs[2]),
                           _mm256_madd_epi16(_mm256_loadu_si256(shape + 3), pairs[3])));
      __m256i norm = _mm256_loadu_si256((const __m256i *)(norms + group * 8));
      __m256i error = _mm256_sub_epi32(norm, _mm256_add_epi32(dot, dot));
      __m256i is_less = _mm256_cmpgt_epi32(least, error);
      least = _mm256_blendv_epi8(least, error, is_less);
      best = _mm256_blendv_epi8(best, indices, is_less);
      indices = _mm256_add_epi32(indices, eight);
    }
    int32_t errors[8], places[8];
    _mm256_storeu_si256((__m256i *)errors, least);
    _mm256_storeu_si256((__m256i *)places, best);
    int32_t chosen = 0;
    for (int lane = 1; lane < 8; lane++) {
      if (errors[lane] < errors[chosen] ||
          (errors[lane] == errors[chosen] && places[lane] < places[chosen])) {
        chosen = lane;
      }
    }
    nearest[cell] = places[chosen];
  }
}

#else

bool kgk_has_vectors(void) { return false; }

// Never called: `kgk_has_vectors` says so.
int32_t kgk_stamp_error(const kgk_cell *cell, const int16_t *stamp, int32_t limit) { return limit; }
int32_t kgk_pen_error(const kgk_cell *cell, const kgk_pen *pen, int32_t limit) { return limit; }
int32_t kgk_best_stamps(const kgk_cell *cell, const int16_t *stamps, int32_t count, int32_t limit,
                        int32_t keep, int32_t *errors, int32_t *glyphs) {
  return 0;
}
float kgk_stamp_means(const kgk_cell *cell, const kgk_means *means, const int16_t *stamp) {
  return 0;
}
float kgk_pen_means(const kgk_cell *cell, const kgk_means *means, const kgk_pen *pen) { return 0; }
void kgk_fit_sums(const float *shapes, int32_t count, const float *weights, const float *missing,
                  const float *full, float *squares, float *matches, float *overlaps) {}
void kgk_nearest_shapes(const int16_t *tones, int32_t cells, const int16_t *shapes,
                        const int32_t *norms, int32_t groups, int32_t *nearest) {}

#endif
