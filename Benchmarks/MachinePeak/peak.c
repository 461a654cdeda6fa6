#define _GNU_SOURCE
#include "CMachinePeak.h"

#include <pthread.h>
#include <stdint.h>
#include <time.h>

// Of this thread: what else runs on the machine does not count.
static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

#if defined(__x86_64__)
#include <immintrin.h>

// Enough sums side by side to hide how long one takes.
enum { SUMS = 12, TURNS = 1 << 16, MOST_THREADS = 256, TRIES = 10 };

// Each returns the operations it did; the asm keeps sums in registers and the loop as it stands.
#define LOOP(name, isa, type, zero, step, operations)              \
  __attribute__((target(isa))) static double name(void) {          \
    type sums[SUMS], a = zero, b = zero;                           \
    for (int k = 0; k < SUMS; k++) sums[k] = zero;                 \
    __asm__ volatile("" : "+v"(a), "+v"(b));                       \
    for (int turn = 0; turn < TURNS; turn++) {                     \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < SUMS; k++) { \
        step;                                                      \
        __asm__ volatile("" : "+v"(sums[k]));                      \
      }                                                            \
    }                                                              \
    return (double)TURNS * SUMS * (operations);                    \
  }

LOOP(double_512, "avx512f", __m512d, _mm512_setzero_pd(), sums[k] = _mm512_fmadd_pd(a, b, sums[k]), 16)
LOOP(single_512, "avx512f", __m512, _mm512_setzero_ps(), sums[k] = _mm512_fmadd_ps(a, b, sums[k]), 32)
LOOP(bytes_512, "avx512f,avx512vnni", __m512i, _mm512_setzero_si512(),
     sums[k] = _mm512_dpbusd_epi32(sums[k], a, b), 128)
LOOP(double_256, "avx2,fma", __m256d, _mm256_setzero_pd(), sums[k] = _mm256_fmadd_pd(a, b, sums[k]), 8)
LOOP(single_256, "avx2,fma", __m256, _mm256_setzero_ps(), sums[k] = _mm256_fmadd_ps(a, b, sums[k]), 16)
LOOP(bytes_256, "avx2", __m256i, _mm256_setzero_si256(),
     sums[k] = _mm256_add_epi32(sums[k], _mm256_madd_epi16(a, b)), 32)

typedef double (*loop)(void);

static int has_wide(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

static loop loop_of(int kind, const char **words) {
  if (kind == PEAK_BYTES && has_wide() && __builtin_cpu_supports("avx512vnni")) {
    *words = "8 bits, AVX-512 VNNI";
    return bytes_512;
  }
  if (kind != PEAK_BYTES && has_wide()) {
    *words = kind == PEAK_DOUBLE ? "64 bits, AVX-512 FMA" : "32 bits, AVX-512 FMA";
    return kind == PEAK_DOUBLE ? double_512 : single_512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    *words = kind == PEAK_DOUBLE   ? "64 bits, AVX2 FMA"
             : kind == PEAK_SINGLE ? "32 bits, AVX2 FMA"
                                   : "16 bits, AVX2";
    return kind == PEAK_DOUBLE ? double_256 : kind == PEAK_SINGLE ? single_256 : bytes_256;
  }
  *words = "none";
  return 0;
}

typedef struct {
  loop loop;
  double seconds, rate;
} part;

static void *work(void *given) {
  part *own = given;
  double begin = now(), operations = 0, took = 0;
  while (took < own->seconds) {
    operations += own->loop();
    took = now() - begin;
  }
  own->rate = operations / took;
  return 0;
}

double machine_peak(int kind, int threads, double seconds) {
  const char *words;
  loop chosen = loop_of(kind, &words);
  if (!chosen) return 0;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  pthread_t others[MOST_THREADS];
  part parts[MOST_THREADS];
  double best = 0;
  // The best of some turns, since the other threads of a core take from some.
  for (int turn = 0; turn < TRIES; turn++) {
    int started = 0;
    for (int place = 0; place < threads; place++) parts[place] = (part){chosen, seconds / TRIES, 0};
    for (int place = 1; place < threads; place++)
      if (!pthread_create(&others[started], 0, work, &parts[place])) started++;
    work(&parts[0]);
    for (int place = 0; place < started; place++) pthread_join(others[place], 0);
    double all = 0;
    for (int place = 0; place < threads; place++) all += parts[place].rate;
    if (all > best) best = all;
  }
  return best;
}

const char *machine_peak_words(int kind) {
  const char *words;
  (void)loop_of(kind, &words);
  return words;
}

#else

double machine_peak(int kind, int threads, double seconds) {
  (void)kind, (void)threads, (void)seconds, (void)now;
  return 0;
}

const char *machine_peak_words(int kind) {
  (void)kind;
  return "none";
}

#endif
