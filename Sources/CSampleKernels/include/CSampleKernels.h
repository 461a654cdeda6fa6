// Inner loops over many samples: distances of 8-bit pictures, exact in whole numbers, and what is
// counted of them. Every loop has a plain twin that gives the same whole numbers.
#ifndef C_SAMPLE_KERNELS_H
#define C_SAMPLE_KERNELS_H

#include <stdint.h>

// Widest row whose squared distances fit 32 bits.
#define CSK_WIDEST 33000

// Which set of instructions distances are worked out by.
enum csk_level { CSK_PLAIN = 0, CSK_AVX2 = 1, CSK_AVX512_VNNI = 2 };

// The best set that this processor has.
int csk_best_level(void);
// Of a level: `avx512-vnni`, `avx2`, `plain`.
const char *csk_level_name(int level);

// Rows of bytes, laid out for one level.
typedef struct csk_rows csk_rows;

// Copies `count` rows of `width` bytes, 1...CSK_WIDEST. `roles` is a sum of the two below.
// NULL without memory.
csk_rows *csk_rows_new(const uint8_t *rows, int64_t count, int64_t width, int level, int roles);
void csk_rows_free(csk_rows *rows);
// The rows stand on the left, or on the right of a table of distances.
enum { CSK_LEFT = 1, CSK_RIGHT = 2 };
// Where blocks of rows may begin, on either side.
#define CSK_GRAIN 48

// Squared distances of left rows x0..<x0+m and right rows y0..<y0+n, `out[row * stride + column]`.
// x0 and y0 are multiples of CSK_GRAIN; `stride` is at least n rounded up to CSK_GRAIN, and `out` has
// room for m rounded up to 8 rows.
void csk_squared_distances(const csk_rows *left, int64_t x0, int64_t m, const csk_rows *right,
                           int64_t y0, int64_t n, int32_t *out, int64_t stride);

// The smallest of a row and its first place, if it is below `*best`; `base` is the place of the first.
void csk_take_minimum(const int32_t *row, int64_t n, int64_t base, int32_t *best, int64_t *place);
// Keeps the k smallest in ascending order; `kept` is filled with INT32_MAX at first.
void csk_take_smallest(const int32_t *row, int64_t n, int32_t *kept, int64_t k);

// Offers a row's distance to each of n columns' own k smallest, `kept[column * k]` ascending;
// `limits[column]` is the last of them.
void csk_offer_to_columns(const int32_t *row, int64_t n, int32_t *kept, int64_t k,
                          int32_t *limits);

// What one row of distances says of two sets of balls, squared radii: `radius` of this row, `radii` of
// the columns. Adds to `hits[column]` for each column inside the row's ball, and says how many there
// are and whether the row lies in any column's ball. `closed` counts the border as inside.
typedef struct {
  int64_t inside;
  int32_t is_covered;
} csk_ball_counts;
csk_ball_counts csk_count_balls(const int32_t *row, int64_t n, int32_t radius, const int32_t *radii,
                                uint8_t *hits, int closed);
// The places of a row whose distance is at most `limit`, as many as there is room for; returns how many
// there are.
int64_t csk_places_within(const int32_t *row, int64_t n, int32_t limit, int64_t base,
                          int64_t *places, int64_t room);
// Sum of the roots of a row.
double csk_sum_of_roots(const int32_t *row, int64_t n);

// Sum of the absolute differences of two rows of bytes.
int64_t csk_absolute_difference(const uint8_t *a, const uint8_t *b, int64_t width);

// What single pictures are told by, in whole numbers.
typedef struct {
  int64_t sum, squares;
  int64_t laplacian_sum, laplacian_squares;
  int64_t noise_sum;
  int32_t least, greatest;
} csk_picture;
// `count` pictures of width * height bytes each, both at least 1. The Laplacian has four neighbours and
// mirrors at the border without repeating it; the noise is the sum of absolute values of
// 1 -2 1 / -2 4 -2 / 1 -2 1 inside, 0 for pictures under 3x3.
void csk_look(const uint8_t *pixels, int64_t count, int64_t width, int64_t height,
              csk_picture *out);

// How often each of 256 values stands in a row of at most INT32_MAX bytes.
void csk_histogram(const uint8_t *row, int64_t width, uint32_t counts[256]);

// For each row the first row that is equal to it; `scratch` has room for 2 * capacity whole numbers, and
// capacity is a power of two of at least 2 * count. Returns how many are distinct.
int64_t csk_first_equals(const uint8_t *rows, int64_t count, int64_t width, int64_t *first,
                         uint64_t *scratch, int64_t capacity);

// Runs `body(context, task)` for tasks 0..<count on so many threads, this one among them.
void csk_parallel(int threads, int64_t count, void (*body)(void *context, int64_t task),
                  void *context);
// How many processors this process may run on.
int csk_processor_count(void);

#endif
