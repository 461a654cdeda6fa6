#ifndef KEEPOCH_GUARD_H
#define KEEPOCH_GUARD_H

// Keeps the terminal sane whatever ends the program.

/// Remembers how the terminal was; before curses changes it.
void kcu_guard_save(int input);
/// Installs the handlers; prepares what a crash will write.
void kcu_guard_install(int output);
void kcu_guard_remove(void);
/// Lets SIGTSTP stop the process, and back again.
void kcu_guard_pause(void);
void kcu_guard_resume(void);

/// Switches mouse reports and bracketed paste off.
#define kcu_reports_off "\033[?1006l\033[?1000l\033[?2004l"

#endif
