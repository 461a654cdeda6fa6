#include "CSQLite.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

// The few prototypes that are used, as sqlite.org documents them; so nobody needs its headers.
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

enum {
  OK = 0,
  ROW = 100,
  DONE = 101,
  OPEN_READWRITE = 0x2,
  OPEN_MEMORY = 0x80,
  OPEN_NOMUTEX = 0x8000,
  DESERIALIZE_READONLY = 4,
  CONFIG_TRIGGERS = 1003,
  CONFIG_DEFENSIVE = 1010,
  CONFIG_VIEWS = 1015,
  CONFIG_TRUSTED_SCHEMA = 1017,
  LIMIT_LENGTH = 0,
  LIMIT_SQL_LENGTH = 1,
  LIMIT_COLUMN = 2,
  LIMIT_ATTACHED = 7,
};

static struct {
  int (*open)(const char *, sqlite3 **, int, const char *);
  int (*close)(sqlite3 *);
  const char *(*message)(sqlite3 *);
  int (*deserialize)(sqlite3 *, const char *, unsigned char *, int64_t, int64_t, unsigned);
  int (*execute)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
  int (*configure)(sqlite3 *, int, ...);
  int (*limit)(sqlite3 *, int, int);
  void (*progress)(sqlite3 *, int, int (*)(void *), void *);
  int (*prepare)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
  int (*bind_text)(sqlite3_stmt *, int, const char *, int, void (*)(void *));
  int (*step)(sqlite3_stmt *);
  int (*finalize)(sqlite3_stmt *);
  int (*columns)(sqlite3_stmt *);
  int (*type)(sqlite3_stmt *, int);
  int64_t (*integer)(sqlite3_stmt *, int);
  double (*real)(sqlite3_stmt *, int);
  const void *(*blob)(sqlite3_stmt *, int);
  int (*length)(sqlite3_stmt *, int);
  int ready;
} sql;

struct ksq_base {
  sqlite3 *handle;
  double deadline;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
  void *library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  const struct {
    void *place;
    const char *name;
  } needed[] = {
      {&sql.open, "sqlite3_open_v2"},         {&sql.close, "sqlite3_close_v2"},
      {&sql.message, "sqlite3_errmsg"},       {&sql.deserialize, "sqlite3_deserialize"},
      {&sql.execute, "sqlite3_exec"},         {&sql.configure, "sqlite3_db_config"},
      {&sql.limit, "sqlite3_limit"},          {&sql.progress, "sqlite3_progress_handler"},
      {&sql.prepare, "sqlite3_prepare_v2"},   {&sql.bind_text, "sqlite3_bind_text"},
      {&sql.step, "sqlite3_step"},            {&sql.finalize, "sqlite3_finalize"},
      {&sql.columns, "sqlite3_column_count"},
      {&sql.type, "sqlite3_column_type"},     {&sql.integer, "sqlite3_column_int64"},
      {&sql.real, "sqlite3_column_double"},   {&sql.blob, "sqlite3_column_blob"},
      {&sql.length, "sqlite3_column_bytes"},
  };
  for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
    void *symbol = dlsym(library, needed[i].name);
    if (!symbol) return;
    *(void **)needed[i].place = symbol;
  }
  sql.ready = 1;
}

int ksq_is_there(void) {
  pthread_once(&once, open_library);
  return sql.ready;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int is_over(void *base) { return now() > ((ksq_base *)base)->deadline; }

ksq_base *ksq_open(uint8_t *bytes, size_t length, double seconds) {
  if (!ksq_is_there() || length > INT32_MAX) return 0;
  ksq_base *base = calloc(1, sizeof *base);
  if (!base) return 0;
  base->deadline = now() + seconds;
  int flags = OPEN_READWRITE | OPEN_MEMORY | OPEN_NOMUTEX;
  if (sql.open(":memory:", &base->handle, flags, 0) != OK) {
    ksq_close(base);
    return 0;
  }
  sqlite3 *handle = base->handle;
  sql.configure(handle, CONFIG_DEFENSIVE, 1, (int *)0);
  sql.configure(handle, CONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  sql.configure(handle, CONFIG_VIEWS, 0, (int *)0);
  sql.configure(handle, CONFIG_TRIGGERS, 0, (int *)0);
  // No value is longer than its file; a schema must fit into a little.
  sql.limit(handle, LIMIT_LENGTH, length < 1 << 20 ? 1 << 20 : (int)length);
  sql.limit(handle, LIMIT_SQL_LENGTH, 1 << 20);
  sql.limit(handle, LIMIT_COLUMN, 200);
  sql.limit(handle, LIMIT_ATTACHED, 0);
  sql.progress(handle, 1000, is_over, base);
  if (sql.deserialize(handle, "main", bytes, (int64_t)length, (int64_t)length,
                      DESERIALIZE_READONLY) != OK) {
    ksq_close(base);
    return 0;
  }
  sql.execute(handle, "PRAGMA query_only=1;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=1", 0, 0,
              0);
  return base;
}

const char *ksq_message(ksq_base *base) { return sql.message(base->handle); }

void ksq_close(ksq_base *base) {
  if (!base) return;
  sql.close(base->handle);
  free(base);
}

ksq_query *ksq_prepare(ksq_base *base, const char *statement) {
  sqlite3_stmt *query = 0;
  if (sql.prepare(base->handle, statement, -1, &query, 0) != OK) return 0;
  return (ksq_query *)query;
}

void ksq_bind(ksq_query *query, const char *text, size_t length) {
  sql.bind_text((sqlite3_stmt *)query, 1, text, (int)length, 0);
}

int ksq_step(ksq_query *query) {
  int result = sql.step((sqlite3_stmt *)query);
  return result == ROW ? KSQ_ROW : result == DONE ? KSQ_END : KSQ_FAILED;
}

int ksq_columns(ksq_query *query) { return sql.columns((sqlite3_stmt *)query); }

int ksq_type(ksq_query *query, int column) { return sql.type((sqlite3_stmt *)query, column); }

int64_t ksq_integer(ksq_query *query, int column) {
  return sql.integer((sqlite3_stmt *)query, column);
}

double ksq_double(ksq_query *query, int column) { return sql.real((sqlite3_stmt *)query, column); }

const void *ksq_bytes(ksq_query *query, int column, size_t *length) {
  const void *bytes = sql.blob((sqlite3_stmt *)query, column);
  int count = sql.length((sqlite3_stmt *)query, column);
  *length = bytes && count > 0 ? (size_t)count : 0;
  return bytes;
}

void ksq_finish(ksq_query *query) { sql.finalize((sqlite3_stmt *)query); }
