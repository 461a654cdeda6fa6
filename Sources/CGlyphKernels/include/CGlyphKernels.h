// The inner loops of glyph matching for processors with AVX2.
//
// Each has a twin in plain Swift (GlyphRendering/Kernels) that gives the same bits: integers, or
// single-precision products and sums in the same order, never fused.
#ifndef CGLYPHKERNELS_H
#define CGLYPHKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Samples that a cell's blurred ink reaches, row by row, and the coarser samples of error about it.
enum { KGK_COLUMNS = 8, KGK_ROWS = 10, KGK_SAMPLES = 80, KGK_MEAN_ROWS = 9, KGK_MEANS = 72 };

// Whether this processor can run the other functions.
bool kgk_has_vectors(void);

// What a cell's footprint meets: light without the cell, fine codes wanted, and the root of each
// sample's weight in 1/32768; all at the footprint's first sample, `stride` values a row.
typedef struct {
  const int32_t *light;
  const int16_t *wanted;
  const int16_t *weights;
  ptrdiff_t stride;
  // Fine code of each light; index 0 is light 0, and one more value can be read beyond the last.
  const int16_t *codes;
} kgk_cell;

// Coarse means of the error about a cell without the cell, and how much each counts.
typedef struct {
  const float *means;
  const float *pull;
  ptrdiff_t stride;
  // Weights of the eight sample columns in the eight columns of means, sample by sample.
  const float *across;
  // Weights of the ten sample rows in the nine rows of means, mean by mean.
  const float *down;
} kgk_means;

// Light of a cell's ink and paper as the blur spreads it; see Pen in GlyphRendering.
typedef struct {
  const int16_t *full;
  const int16_t *straight;
  const int16_t *curved;
  int32_t paper;
  int32_t even;
  int32_t bend;
} kgk_pen;

// The squared, weighted error with a glyph's stamp in place, or `limit` once it is no less.
int32_t kgk_stamp_error(const kgk_cell *cell, const int16_t *stamp, int32_t limit);

// The same for a glyph with levels of its own.
int32_t kgk_pen_error(const kgk_cell *cell, const kgk_pen *pen, int32_t limit);

// The `keep` stamps of least error below `limit`, best first and of equals the first; how many.
int32_t kgk_best_stamps(const kgk_cell *cell, const int16_t *stamps, int32_t count, int32_t limit,
                        int32_t keep, int32_t *errors, int32_t *glyphs);

// What the means of the error add to a choice: the sum of pull * mean * mean.
float kgk_stamp_means(const kgk_cell *cell, const kgk_means *means, const int16_t *stamp);
float kgk_pen_means(const kgk_cell *cell, const kgk_means *means, const kgk_pen *pen);

// Weighted sums for fitting levels: shape * shape, missing * shape and full * shape of each glyph.
void kgk_fit_sums(const float *shapes, int32_t count, const float *weights, const float *missing,
                  const float *full, float *squares, float *matches, float *overlaps);

// Of each cell's eight tones the nearest shape: the least of norm - 2 * dot; of equals the first.
// `shapes` holds groups of eight shapes, of which two tones lie together: tone 0 and 1 of each of
// the eight, then tone 2 and 3, and so on; `norms` is infinite (INT32_MAX) beyond the last shape.
void kgk_nearest_shapes(const int16_t *tones, int32_t cells, const int16_t *shapes,
                        const int32_t *norms, int32_t groups, int32_t *nearest);

#endif
