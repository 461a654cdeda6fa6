#ifndef KEEPOCH_TEST_VTERM_H
#define KEEPOCH_TEST_VTERM_H

#include <stddef.h>
#include <stdint.h>

/// A terminal emulator without a window, by libvterm.
typedef struct kvt_terminal kvt_terminal;

typedef struct {
  /// The first scalar; 0 for a blank or the second half of a wide character.
  uint32_t code;
  int bold;
  int reverse;
  /// Whether the colours are not the terminal's own.
  int has_foreground;
  int has_background;
} kvt_cell;

kvt_terminal *kvt_new(int rows, int columns);
void kvt_free(kvt_terminal *terminal);
void kvt_write(kvt_terminal *terminal, const char *bytes, size_t length);
void kvt_resize(kvt_terminal *terminal, int rows, int columns);
kvt_cell kvt_get(const kvt_terminal *terminal, int row, int column);
int kvt_cursor_row(const kvt_terminal *terminal);
int kvt_cursor_column(const kvt_terminal *terminal);
int kvt_cursor_visible(const kvt_terminal *terminal);
int kvt_on_alternate_screen(const kvt_terminal *terminal);

#endif
