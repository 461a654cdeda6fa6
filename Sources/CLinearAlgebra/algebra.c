#define _GNU_SOURCE
#include "CLinearAlgebra.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// As CBLAS and LAPACK number them.
enum { ROWS = 101, PLAIN = 111, TURNED = 112, UPPER = 121, LOWER = 122 };

static struct {
  void *handle;
  void (*dgemm)(int, int, int, int, int, int, double, const double *, int, const double *, int,
                double, double *, int);
  void (*sgemm)(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                float *, int);
  void (*dsyrk)(int, int, int, int, int, double, const double *, int, double, double *, int);
  void (*dsygst)(const int *, const char *, const int *, double *, const int *, const double *,
                 const int *, int *);
  void (*dpotrf)(const char *, const int *, double *, const int *, int *);
  void (*dsyevd)(const char *, const char *, const int *, double *, const int *, double *, double *,
                 const int *, int *, const int *, int *);
  void (*dgeqrf)(const int *, const int *, double *, const int *, double *, double *, const int *,
                 int *);
  void (*dgesdd)(const char *, const int *, const int *, double *, const int *, double *, double *,
                 const int *, double *, const int *, double *, const int *, int *, int *);
  void (*set_threads)(int);
  char *(*config)(void);
} open_blas;

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char description[160];

void cla_prepare(int threads) {
  char text[16];
  snprintf(text, sizeof text, "%d", threads);
  setenv("OPENBLAS_NUM_THREADS", text, 0);
  // A thread without work waits for 2^26 ticks in a loop, in the way of the threads of our own.
  setenv("OPENBLAS_THREAD_TIMEOUT", "16", 0);
#if defined(__x86_64__)
  // Releases before 0.3.30 do not know the newest processors and take what is the best for older ones.
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
#endif
}

static int find_all(void *library) {
  struct {
    const char *name;
    void **place;
  } wanted[] = {
      {"cblas_dgemm", (void **)&open_blas.dgemm},   {"cblas_sgemm", (void **)&open_blas.sgemm},
      {"cblas_dsyrk", (void **)&open_blas.dsyrk},   {"dsygst_", (void **)&open_blas.dsygst},   {"dpotrf_", (void **)&open_blas.dpotrf},
      {"dsyevd_", (void **)&open_blas.dsyevd},      {"dgeqrf_", (void **)&open_blas.dgeqrf},
      {"dgesdd_", (void **)&open_blas.dgesdd},      {"openblas_set_num_threads",
                                                     (void **)&open_blas.set_threads},
      {"openblas_get_config", (void **)&open_blas.config},
  };
  for (size_t place = 0; place < sizeof wanted / sizeof *wanted; place++) {
    *wanted[place].place = dlsym(library, wanted[place].name);
    if (!*wanted[place].place) return 0;
  }
  return 1;
}

int cla_open(int threads) {
  static const char *const names[] = {"libopenblas.so.0", "libopenblas.so"};
  pthread_mutex_lock(&gate);
  for (int place = 0; place < 2 && !open_blas.handle; place++) {
    void *library = dlopen(names[place], RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    if (find_all(library)) {
      open_blas.handle = library;
      snprintf(description, sizeof description, "%s", open_blas.config());
    } else {
      dlclose(library);
    }
  }
  int found = open_blas.handle != NULL;
  if (found) open_blas.set_threads(threads < 1 ? 1 : threads);
  pthread_mutex_unlock(&gate);
  return found;
}

const char *cla_description(void) { return description; }

void cla_multiply(int64_t m, int64_t n, int64_t k, double alpha, const double *a, int64_t a_row,
                  const double *b, int64_t b_row, double beta, double *c, int64_t c_row) {
  open_blas.dgemm(ROWS, PLAIN, TURNED, (int)m, (int)n, (int)k, alpha, a, (int)a_row, b, (int)b_row,
                  beta, c, (int)c_row);
}

void cla_multiply_single(int64_t m, int64_t n, int64_t k, float alpha, const float *a,
                         int64_t a_row, const float *b, int64_t b_row, float beta, float *c,
                         int64_t c_row) {
  open_blas.sgemm(ROWS, PLAIN, TURNED, (int)m, (int)n, (int)k, alpha, a, (int)a_row, b, (int)b_row,
                  beta, c, (int)c_row);
}

void cla_scatter(int64_t n, int64_t k, int upper, const double *a, double beta, double *c) {
  open_blas.dsyrk(ROWS, upper ? UPPER : LOWER, TURNED, (int)k, (int)n, 1, a, (int)k, beta, c,
                  (int)k);
}

// LAPACK reads columns: the lower triangle of rows is its upper one, and l of rows its u'.
int cla_cholesky(int64_t n, double *a) {
  int size = (int)n, info = 0;
  open_blas.dpotrf("U", &size, a, &size, &info);
  return info == 0;
}

void cla_congruence(int64_t n, const double *l, double *s) {
  // u s u' of its second kind; half of what two triangular products would take.
  int size = (int)n, kind = 2, info = 0;
  open_blas.dsygst(&kind, "U", &size, s, &size, l, &size, &info);
}

static int eigen(const char *job, const char *half, int64_t n, double *a, double *values) {
  int size = (int)n, info = 0, ask = -1, whole = 0;
  double wanted = 0;
  open_blas.dsyevd(job, half, &size, a, &size, values, &wanted, &ask, &whole, &ask, &info);
  if (info) return 0;
  int room = (int)wanted, whole_room = whole;
  double *work = malloc((size_t)room * sizeof *work);
  int *whole_work = malloc((size_t)whole_room * sizeof *whole_work);
  if (work && whole_work)
    open_blas.dsyevd(job, half, &size, a, &size, values, work, &room, whole_work, &whole_room,
                     &info);
  else
    info = 1;
  free(work);
  free(whole_work);
  return info == 0;
}

// Rows' upper triangle is LAPACK's lower one, of which it makes eigenvalues sooner.
int cla_eigenvalues(int64_t n, int upper, double *a, double *values) {
  return eigen("N", upper ? "L" : "U", n, a, values);
}

int cla_eigenvectors(int64_t n, double *a, double *values) { return eigen("V", "U", n, a, values); }

// Turns an n x k table of rows into one of columns.
static double *turned(int64_t n, int64_t k, const double *a) {
  double *made = malloc((size_t)(n * k) * sizeof *made);
  if (!made) return NULL;
  enum { EDGE = 32 };
  for (int64_t row = 0; row < n; row += EDGE)
    for (int64_t column = 0; column < k; column += EDGE)
      for (int64_t y = row; y < n && y < row + EDGE; y++)
        for (int64_t x = column; x < k && x < column + EDGE; x++)
          made[x * n + y] = a[y * k + x];
  return made;
}

int cla_triangle(int64_t n, int64_t k, double *a, double *r) {
  int rows = (int)n, columns = (int)k, info = 0, ask = -1;
  double *columned = turned(n, k, a), *scales = malloc((size_t)k * sizeof *scales), wanted = 0;
  double *work = NULL;
  if (columned && scales) {
    open_blas.dgeqrf(&rows, &columns, columned, &rows, scales, &wanted, &ask, &info);
    int room = (int)wanted;
    work = malloc((size_t)room * sizeof *work);
    if (work) open_blas.dgeqrf(&rows, &columns, columned, &rows, scales, work, &room, &info);
    for (int64_t row = 0; work && row < k; row++)
      for (int64_t column = 0; column < k; column++)
        r[row * k + column] = column < row ? 0 : columned[column * n + row];
  }
  int done = work && info == 0;
  free(columned);
  free(scales);
  free(work);
  return done;
}

int cla_singular_values(int64_t m, int64_t n, double *a, double *values) {
  // Rows read as columns are the transpose, which has the same values.
  int rows = (int)n, columns = (int)m, least = rows < columns ? rows : columns;
  int info = 0, ask = -1, one = 1;
  double wanted = 0, none = 0;
  int *whole = malloc((size_t)(8 * least) * sizeof *whole);
  double *work = NULL;
  if (whole) {
    open_blas.dgesdd("N", &rows, &columns, a, &rows, values, &none, &one, &none, &one, &wanted,
                     &ask, whole, &info);
    int room = (int)wanted;
    work = malloc((size_t)room * sizeof *work);
    if (work)
      open_blas.dgesdd("N", &rows, &columns, a, &rows, values, &none, &one, &none, &one, work,
                       &room, whole, &info);
  }
  int done = work && info == 0;
  free(whole);
  free(work);
  return done;
}
