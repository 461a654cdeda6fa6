// OpenBLAS and its LAPACK, opened when the first metric needs them. Matrices are row by row.
#ifndef C_LINEAR_ALGEBRA_H
#define C_LINEAR_ALGEBRA_H

#include <stdint.h>

// Opens the library for so many threads; 0 where it is not installed. Later calls set the threads.
// Call `cla_prepare` before other threads read the environment.
int cla_open(int threads);
// Sets what OpenBLAS reads from the environment at its start: the best kernels of this processor, and no
// more threads than wanted, unless the user has set them.
void cla_prepare(int threads);
// What was opened, as the library says it; empty before.
const char *cla_description(void);

// c = alpha a b' + beta c: a is m x k, b is n x k, c is m x n, with their row lengths.
void cla_multiply(int64_t m, int64_t n, int64_t k, double alpha, const double *a, int64_t a_row,
                  const double *b, int64_t b_row, double beta, double *c, int64_t c_row);
void cla_multiply_single(int64_t m, int64_t n, int64_t k, float alpha, const float *a,
                         int64_t a_row, const float *b, int64_t b_row, float beta, float *c,
                         int64_t c_row);
// c = a' a + beta c, of an n x k table; of the k x k result only one triangle is set: the lower one, places
// with column <= row, or the upper one.
void cla_scatter(int64_t n, int64_t k, int upper, const double *a, double beta, double *c);
// Replaces the lower triangle of a symmetric n x n matrix by l of l l' (LAPACK's dpotrf); 0 where the
// matrix is not positive definite.
int cla_cholesky(int64_t n, double *a);
// s = l' s l, of a symmetric s of which the lower triangle counts, before and after (LAPACK's dsygst).
void cla_congruence(int64_t n, const double *l, double *s);
// Ascending eigenvalues of a symmetric matrix of which one triangle counts; destroys it. The upper one is
// quicker. 0 where they did not converge or there was no memory.
int cla_eigenvalues(int64_t n, int upper, double *a, double *values);
// Ascending eigenvalues, and the eigenvectors as the rows of `a`.
int cla_eigenvectors(int64_t n, double *a, double *values);
// The triangle r of a = q r, of n x k with n >= k: k x k, zeros below its diagonal; destroys a.
int cla_triangle(int64_t n, int64_t k, double *a, double *r);
// Descending singular values of an m x n matrix, min(m, n) of them; destroys it.
int cla_singular_values(int64_t m, int64_t n, double *a, double *values);

#endif
