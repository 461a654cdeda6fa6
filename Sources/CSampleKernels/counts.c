#include "CSampleKernels.h"

#include <math.h>

#if defined(__x86_64__)
#define EVERY_PROCESSOR __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define EVERY_PROCESSOR
#endif

enum { RUN = 64 };

EVERY_PROCESSOR static int32_t least_of(const int32_t *row, int64_t n) {
  int32_t least = INT32_MAX;
  for (int64_t k = 0; k < n; k++) least = row[k] < least ? row[k] : least;
  return least;
}

void csk_take_minimum(const int32_t *row, int64_t n, int64_t base, int32_t *best, int64_t *place) {
  int32_t least = least_of(row, n);
  if (least >= *best) return;
  int64_t k = 0;
  while (row[k] != least) k++;
  *best = least;
  *place = base + k;
}

void csk_take_smallest(const int32_t *row, int64_t n, int32_t *kept, int64_t k) {
  for (int64_t first = 0; first < n; first += RUN) {
    int64_t count = n - first < RUN ? n - first : RUN;
    if (least_of(row + first, count) >= kept[k - 1]) continue;
    for (int64_t at = first; at < first + count; at++) {
      int32_t value = row[at];
      if (value >= kept[k - 1]) continue;
      int64_t place = k - 1;
      while (place > 0 && kept[place - 1] > value) {
        kept[place] = kept[place - 1];
        place--;
      }
      kept[place] = value;
    }
  }
}

EVERY_PROCESSOR static int32_t any_below(const int32_t *row, const int32_t *limits, int64_t n) {
  int32_t found = 0;
  for (int64_t k = 0; k < n; k++) found |= row[k] < limits[k];
  return found;
}

void csk_offer_to_columns(const int32_t *row, int64_t n, int32_t *kept, int64_t k,
                          int32_t *limits) {
  for (int64_t first = 0; first < n; first += RUN) {
    int64_t count = n - first < RUN ? n - first : RUN;
    if (!any_below(row + first, limits + first, count)) continue;
    for (int64_t at = first; at < first + count; at++) {
      if (row[at] >= limits[at]) continue;
      int32_t *own = kept + at * k;
      int64_t place = k - 1;
      while (place > 0 && own[place - 1] > row[at]) {
        own[place] = own[place - 1];
        place--;
      }
      own[place] = row[at];
      limits[at] = own[k - 1];
    }
  }
}

EVERY_PROCESSOR csk_ball_counts csk_count_balls(const int32_t *row, int64_t n, int32_t radius,
                                                const int32_t *radii, uint8_t *hits, int closed) {
  // A closed ball is an open one of the next whole number.
  int32_t shift = closed ? 1 : 0;
  int64_t inside = 0;
  int32_t covered = 0;
  for (int64_t first = 0; first < n; first += 4096) {
    int64_t end = first + 4096 < n ? first + 4096 : n;
    int32_t part = 0;
    for (int64_t k = first; k < end; k++) {
      int32_t is_in = row[k] - shift < radius;
      part += is_in;
      hits[k] |= (uint8_t)is_in;
      covered |= row[k] - shift < radii[k];
    }
    inside += part;
  }
  csk_ball_counts counts = {inside, covered};
  return counts;
}

int64_t csk_places_within(const int32_t *row, int64_t n, int32_t limit, int64_t base,
                          int64_t *places, int64_t room) {
  int64_t found = 0;
  for (int64_t first = 0; first < n; first += RUN) {
    int64_t count = n - first < RUN ? n - first : RUN;
    if (least_of(row + first, count) > limit) continue;
    for (int64_t k = first; k < first + count; k++) {
      if (row[k] > limit) continue;
      if (found < room) places[found] = base + k;
      found++;
    }
  }
  return found;
}

double csk_sum_of_roots(const int32_t *row, int64_t n) {
  double sum = 0;
  for (int64_t k = 0; k < n; k++) sum += sqrt((double)row[k]);
  return sum;
}

EVERY_PROCESSOR int64_t csk_absolute_difference(const uint8_t *a, const uint8_t *b,
                                                int64_t width) {
  int64_t sum = 0;
  for (int64_t first = 0; first < width; first += 65536) {
    int64_t end = first + 65536 < width ? first + 65536 : width;
    int32_t part = 0;
    for (int64_t k = first; k < end; k++) {
      int32_t difference = (int32_t)a[k] - b[k];
      part += difference < 0 ? -difference : difference;
    }
    sum += part;
  }
  return sum;
}
