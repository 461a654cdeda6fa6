#define _GNU_SOURCE 1

#include "CPty.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Between fork and execve only what is safe in the child of a process with threads.
int kpt_spawn(char *const arguments[], char *const environment[], int rows, int columns,
              pid_t *process) {
  int main_end, other_end;
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  if (openpty(&main_end, &other_end, NULL, NULL, &size) != 0) return -1;
  fcntl(main_end, F_SETFD, FD_CLOEXEC);
  *process = fork();
  if (*process == 0) {
    setsid();
    ioctl(other_end, TIOCSCTTY, 0);
    for (int end = 0; end < 3; end++) dup2(other_end, end);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    close_range(3, ~0u, 0);
    execve(arguments[0], arguments, environment);
    _exit(127);
  }
  close(other_end);
  return *process < 0 ? -1 : main_end;
}
