#ifndef KEEPOCH_SQLITE_H
#define KEEPOCH_SQLITE_H

#include <stddef.h>
#include <stdint.h>

/// A database in memory. SQLite never sees a file: it can neither lock, write nor make one.
typedef struct ksq_base ksq_base;
typedef struct ksq_query ksq_query;

/// Whether SQLite could be opened, and can read databases from memory (3.36, or built for it). The
/// library is opened at the first call.
int ksq_is_there(void);

/// The bytes of a database, which must outlive it and are not changed; zero without the library or
/// without memory. What the schema says is not run: no views, triggers or functions. All queries
/// together take at most `seconds`.
ksq_base *ksq_open(uint8_t *bytes, size_t length, double seconds);

/// Why the last call failed; lives until the next one.
const char *ksq_message(ksq_base *base);

void ksq_close(ksq_base *base);

/// One statement; zero when the database does not have what it names, or is damaged.
ksq_query *ksq_prepare(ksq_base *base, const char *statement);

/// The first `?` is this text, which must outlive the query.
void ksq_bind(ksq_query *query, const char *text, size_t length);

enum { KSQ_FAILED = -1, KSQ_END = 0, KSQ_ROW = 1 };
int ksq_step(ksq_query *query);

int ksq_columns(ksq_query *query);

enum { KSQ_INTEGER = 1, KSQ_FLOAT = 2, KSQ_TEXT = 3, KSQ_BLOB = 4, KSQ_NULL = 5 };
int ksq_type(ksq_query *query, int column);
int64_t ksq_integer(ksq_query *query, int column);
double ksq_double(ksq_query *query, int column);

/// The bytes of a text or blob; live until the next step.
const void *ksq_bytes(ksq_query *query, int column, size_t *length);

void ksq_finish(ksq_query *query);

#endif
