#ifndef KEEPOCH_DIGEST_H
#define KEEPOCH_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/// SHA-256 of two byte ranges, one after the other. 0, or -1 when libcrypto is not installed.
/// The library is opened at the first call, so that a program that needs no digest never loads it.
int kdg_sha256(const void *first, size_t first_length, const void *second, size_t second_length,
               uint8_t digest[32]);

#endif
