#define _GNU_SOURCE 1

#include "guard.h"
#include "CCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

extern char *tigetstr(const char *);

static const int polite[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT,  SIGTSTP,
                             SIGQUIT,  SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { polite_count = 10, fatal_count = 6, stack_size = 64 * 1024 };

static struct sigaction polite_before[polite_count];
static struct sigaction fatal_before[fatal_count];
static struct sigaction size_before;
static struct termios saved;
static int has_saved;
static int tty = -1;
static int output = -1;
static int pipe_ends[2] = {-1, -1};
static char restore[512];
static size_t restore_length;

static void on_polite(int number) {
  int before = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(pipe_ends[1], &byte, 1);
  (void)ignored;
  errno = before;
}

// Only write, tcsetattr and sigaction here: nothing else is safe in a crashed process.
static void on_fatal(int number, siginfo_t *info, void *context) {
  (void)context;
  ssize_t ignored = write(output, restore, restore_length);
  (void)ignored;
  if (has_saved) tcsetattr(tty, TCSANOW, &saved);
  for (int index = 0; index < fatal_count; index++) {
    if (fatal[index] == number) sigaction(number, &fatal_before[index], 0);
  }
  // A faulting instruction runs again into the handler that was there; a sent signal does not.
  if (number == SIGABRT || info->si_code <= 0) raise(number);
}

static void add(const char *text) {
  size_t length = text && text != (char *)-1 ? strlen(text) : 0;
  if (restore_length + length >= sizeof restore) return;
  memcpy(restore + restore_length, text, length);
  restore_length += length;
}

// Padding marks such as $<5> are for tputs; no terminal of today needs them.
static void add_capability(const char *name) {
  const char *text = tigetstr(name);
  if (!text || text == (char *)-1) return;
  char plain[128];
  size_t length = 0;
  while (*text && length + 1 < sizeof plain) {
    if (text[0] == '$' && text[1] == '<') {
      while (*text && *text != '>') text++;
      if (*text) text++;
      continue;
    }
    plain[length++] = *text++;
  }
  plain[length] = 0;
  add(plain);
}

void kcu_guard_save(int input) {
  tty = input;
  has_saved = tcgetattr(input, &saved) == 0;
}

void kcu_guard_install(int out) {
  output = out;
  restore_length = 0;
  add("\033[?2026l");
  add(kcu_reports_off);
  add_capability("rmkx");
  add_capability("sgr0");
  add_capability("op");
  add_capability("cnorm");
  add_capability("rmcup");
  if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return;
  static char *stack;
  if (!stack) stack = malloc(stack_size);
  if (stack) {
    stack_t alternate = {.ss_sp = stack, .ss_size = stack_size};
    sigaltstack(&alternate, 0);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_polite;
  action.sa_flags = SA_RESTART;
  for (int index = 0; index < polite_count; index++) {
    sigaction(polite[index], &action, &polite_before[index]);
  }
  // A file that may not grow further is an error of its write, never the end of the program.
  action.sa_handler = SIG_IGN;
  sigaction(SIGXFSZ, &action, &size_before);
  action.sa_sigaction = on_fatal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
  for (int index = 0; index < fatal_count; index++) {
    sigaction(fatal[index], &action, &fatal_before[index]);
  }
}

void kcu_guard_remove(void) {
  for (int index = 0; index < polite_count; index++) {
    sigaction(polite[index], &polite_before[index], 0);
  }
  for (int index = 0; index < fatal_count; index++) {
    sigaction(fatal[index], &fatal_before[index], 0);
  }
  sigaction(SIGXFSZ, &size_before, 0);
}

void kcu_guard_pause(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, 0);
}

void kcu_guard_resume(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_polite;
  action.sa_flags = SA_RESTART;
  sigaction(SIGTSTP, &action, 0);
}

int kcu_signal_descriptor(void) { return pipe_ends[0]; }

int kcu_next_signal(void) {
  unsigned char byte = 0;
  return read(pipe_ends[0], &byte, 1) == 1 ? byte : 0;
}
