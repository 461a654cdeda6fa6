#define _GNU_SOURCE
#include "CSampleKernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_THREADS = 256 };

typedef struct {
  _Atomic int64_t next;
  int64_t count;
  void (*body)(void *, int64_t);
  void *context;
} work;

static void *take_part(void *given) {
  work *all = given;
  for (;;) {
    int64_t task = atomic_fetch_add_explicit(&all->next, 1, memory_order_relaxed);
    if (task >= all->count) return NULL;
    all->body(all->context, task);
  }
}

void csk_parallel(int threads, int64_t count, void (*body)(void *context, int64_t task),
                  void *context) {
  work all = {0, count, body, context};
  pthread_t others[MOST_THREADS];
  int started = 0;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  while (started + 1 < threads && started + 1 < count) {
    if (pthread_create(&others[started], NULL, take_part, &all)) break;
    started++;
  }
  take_part(&all);
  for (int place = 0; place < started; place++) pthread_join(others[place], NULL);
}

int csk_processor_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set)) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}
