#ifndef KEEPOCH_CURSES_H
#define KEEPOCH_CURSES_H

#include <stdint.h>

/// One cell as curses is told it; colours are palette indices, -1 is the terminal's own.
typedef struct {
  uint32_t code;
  int16_t foreground;
  int16_t background;
  uint16_t attributes;
} kcu_cell;

enum {
  kcu_bold = 1,
  kcu_reverse = 2,
  kcu_underline = 4,
  kcu_dim = 8,
};

/// What kcu_open answers.
enum {
  kcu_ok = 0,
  /// TERM is unset or not known.
  kcu_unknown_terminal = 1,
  /// The terminal cannot move its cursor.
  kcu_poor_terminal = 2,
};

/// Kinds of kcu_read_key.
enum {
  kcu_no_key = 0,
  /// `code` is a Unicode scalar or a control character.
  kcu_character = 1,
  /// `code` is one of the kcu_key values.
  kcu_function_key = 2,
  /// A press of the first mouse button; `code` is column * 65536 + row, from 0.
  kcu_click = 3,
  /// The terminal told its background; `code` is 1 for a light one.
  kcu_background = 4,
  /// The terminal is through with everything before a kcu_ask_receipt.
  kcu_receipt = 5,
};

enum {
  kcu_key_up = 1,
  kcu_key_down,
  kcu_key_left,
  kcu_key_right,
  kcu_key_shift_up,
  kcu_key_shift_down,
  kcu_key_home,
  kcu_key_end,
  kcu_key_page_up,
  kcu_key_page_down,
  kcu_key_backspace,
  kcu_key_delete,
  kcu_key_enter,
  kcu_key_back_tab,
  kcu_key_wheel_up,
  kcu_key_wheel_down,
  /// What comes between these two was pasted.
  kcu_key_paste_begin,
  kcu_key_paste_end,
  /// kcu_key_f0 + n is Fn.
  kcu_key_f0 = 100,
};

/// What kcu_open is asked for, as bits.
enum {
  kcu_wants_color = 1,
  kcu_wants_mouse = 2,
  /// Ask the terminal for its background, which comes as a kcu_background.
  kcu_wants_background = 4,
};

/// Takes the terminal: alternate screen, raw keys, signal and crash handlers.
int kcu_open(int input, int output, int wants);

/// Gives the terminal back as it was.
void kcu_close(void);

/// Gives the terminal back, stops the process (the whole group when `group`), and takes it again
/// when the process goes on.
void kcu_suspend(int group);

/// Gives the terminal back for another program, and takes it again.
void kcu_leave(void);
void kcu_return(void);

/// Asks the terminal to put bytes into its clipboard (OSC 52). Returns 0 when they are too many.
int kcu_copy(const uint8_t *bytes, int count);

int kcu_width(void);
int kcu_height(void);

/// 0, 8, 16 or 256.
int kcu_colors(void);

/// Whether the locale's characters are UTF-8.
int kcu_is_utf8(void);

/// Reads the window size anew and tells curses.
void kcu_resize(void);

/// Cells of a row from a column on.
void kcu_put_row(int row, int column, const kcu_cell *cells, int count);

/// A base character with its marks, where one code is not enough.
void kcu_put_cluster(int row, int column, const uint32_t *codes, int count, kcu_cell style);

/// Sends what changed, between the marks of a synchronised update; row -1 hides the cursor.
void kcu_present(int row, int column);

/// Lets the terminal's bell sound, or flash.
void kcu_ring(void);

/// Asks the terminal to say when it is through with everything so far (DSR 5); 0 where it is not known to
/// answer.
int kcu_ask_receipt(void);

/// Whether a write would not wait.
int kcu_is_writable(void);

/// Makes the next kcu_present send everything.
void kcu_invalidate(void);

/// One key that has arrived, without waiting.
int kcu_read_key(uint32_t *code);

/// Readable when a signal came.
int kcu_signal_descriptor(void);

/// The next signal that came, 0 when none.
int kcu_next_signal(void);

#endif
