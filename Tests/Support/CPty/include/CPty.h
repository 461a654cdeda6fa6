#ifndef KEEPOCH_TEST_PTY_H
#define KEEPOCH_TEST_PTY_H

#include <sys/types.h>

/// Starts a program as the leader of a session on a new pseudo-terminal of a size.
/// Returns the terminal's other end, or -1; the child's signals and mask are the defaults.
int kpt_spawn(char *const arguments[], char *const environment[], int rows, int columns,
              pid_t *process);

#endif
