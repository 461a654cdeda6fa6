#ifndef KEEPOCH_CHECKSUM_H
#define KEEPOCH_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli), by the processor's instruction where there is one.
uint32_t kcs_crc32c(const void *data, size_t length);

/// The same from tables, whatever the processor has.
uint32_t kcs_crc32c_portable(const void *data, size_t length);

#endif
