#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1

#include "CCurses.h"
#include "guard.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

// curses.h only; term.h defines macros such as "lines" that break our own names.
extern char *tigetstr(const char *);

static SCREEN *screen;
static WINDOW *keys;
static FILE *output_file;
static FILE *input_file;
static int colors;

enum { pair_sides = 257, most_cells = 4096 };
static int32_t pairs[pair_sides * pair_sides];
static int next_pair;

static int pair_of(int16_t foreground, int16_t background) {
  if (colors == 0 || (foreground < 0 && background < 0)) return 0;
  if (foreground >= colors) foreground = -1;
  if (background >= colors) background = -1;
  int32_t *known = &pairs[(foreground + 1) * pair_sides + background + 1];
  if (*known == 0) {
    if (next_pair >= COLOR_PAIRS) return 0;
    if (init_extended_pair(next_pair, foreground, background) == ERR) return 0;
    *known = next_pair++;
  }
  return *known;
}

static attr_t attributes_of(uint16_t attributes) {
  attr_t result = 0;
  if (attributes & kcu_bold) result |= WA_BOLD;
  if (attributes & kcu_reverse) result |= WA_REVERSE;
  if (attributes & kcu_underline) result |= WA_UNDERLINE;
  if (attributes & kcu_dim) result |= WA_DIM;
  return result;
}

// A numeric keypad in its application mode sends ESC O and a letter; it means its own signs.
static const char keypad_finals[] = "pqrstuvwxyMjklmno";
static const char keypad_means[] = "0123456789\r*+,-./";
enum { keypad_base = KEY_MAX + 100 };

static void define_keypad(void) {
  for (int index = 0; keypad_finals[index]; index++) {
    const char sequence[] = {27, 'O', keypad_finals[index], 0};
    define_key(sequence, keypad_base + index);
  }
}

static void set_up(void) {
  raw();
  noecho();
  nonl();
  leaveok(stdscr, TRUE);
  keypad(keys, TRUE);
  define_keypad();
  nodelay(keys, TRUE);
  // Taken before the cursor is hidden: some terminals bring back with the first screen the cursor
  // that they saw when it was left.
  wrefresh(stdscr);
}

int kcu_open(int input, int output, int wants_color) {
  setlocale(LC_CTYPE, "");
  output_file = fdopen(dup(output), "w");
  input_file = fdopen(dup(input), "r");
  if (!output_file || !input_file) return kcu_unknown_terminal;
  kcu_guard_save(input);
  screen = newterm(NULL, output_file, input_file);
  if (!screen) return kcu_unknown_terminal;
  char *move = tigetstr("cup");
  if (!move || move == (char *)-1) {
    endwin();
    return kcu_poor_terminal;
  }
  // Until its first endwin, curses flushes after every movement: hundreds of writes a frame.
  endwin();
  set_escdelay(25);
  keys = newpad(1, 1);
  set_up();
  colors = 0;
  next_pair = 1;
  memset(pairs, 0, sizeof pairs);
  if (wants_color && has_colors()) {
    start_color();
    use_default_colors();
    // Above 256 an index is an RGB value; only the first eight are still colours of a palette.
    colors = COLORS > 256 ? 8 : COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
  }
  kcu_guard_install(fileno(output_file));
  return kcu_ok;
}

void kcu_close(void) {
  if (!screen) return;
  kcu_guard_remove();
  endwin();
  delscreen(screen);
  screen = NULL;
}

void kcu_suspend(int group) {
  endwin();
  kcu_guard_pause();
  if (group) {
    kill(0, SIGTSTP);
  } else {
    raise(SIGTSTP);
  }
  kcu_guard_resume();
  set_up();
  kcu_resize();
  kcu_invalidate();
}

int kcu_width(void) { return COLS; }
int kcu_height(void) { return LINES; }
int kcu_colors(void) { return colors; }

int kcu_is_utf8(void) {
  const char *name = nl_langinfo(CODESET);
  return name && (strcmp(name, "UTF-8") == 0 || strcmp(name, "utf8") == 0);
}

void kcu_resize(void) {
  struct winsize size;
  if (ioctl(fileno(output_file), TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    resizeterm(size.ws_row, size.ws_col);
  }
}

void kcu_put_row(int row, int column, const kcu_cell *cells, int count) {
  cchar_t line[most_cells];
  int length = 0;
  for (int index = 0; index < count && length < most_cells; index++) {
    if (cells[index].code == 0) continue;
    wchar_t text[2] = {(wchar_t)cells[index].code, 0};
    int pair = pair_of(cells[index].foreground, cells[index].background);
    setcchar(&line[length++], text, attributes_of(cells[index].attributes), 0, &pair);
  }
  mvwadd_wchnstr(stdscr, row, column, line, length);
}

void kcu_put_cluster(int row, int column, const uint32_t *codes, int count, kcu_cell style) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (int index = 0; index < count && index < CCHARW_MAX; index++) text[index] = codes[index];
  int pair = pair_of(style.foreground, style.background);
  cchar_t cell;
  if (setcchar(&cell, text, attributes_of(style.attributes), 0, &pair) == OK) {
    mvwadd_wchnstr(stdscr, row, column, &cell, 1);
  }
}

static void mark(const char *text) {
  ssize_t ignored = write(fileno(output_file), text, strlen(text));
  (void)ignored;
}

void kcu_present(int row, int column) {
  mark("\033[?2026h");
  if (row >= 0) {
    leaveok(stdscr, FALSE);
    wmove(stdscr, row, column);
    curs_set(1);
  } else {
    leaveok(stdscr, TRUE);
    curs_set(0);
  }
  wnoutrefresh(stdscr);
  doupdate();
  mark("\033[?2026l");
}

void kcu_invalidate(void) { clearok(curscr, TRUE); }

static int function_key(wint_t code) {
  switch (code) {
  case KEY_UP: return kcu_key_up;
  case KEY_DOWN: return kcu_key_down;
  case KEY_LEFT: return kcu_key_left;
  case KEY_RIGHT: return kcu_key_right;
  case KEY_SR: return kcu_key_shift_up;
  case KEY_SF: return kcu_key_shift_down;
  case KEY_HOME: return kcu_key_home;
  case KEY_END: return kcu_key_end;
  case KEY_PPAGE: return kcu_key_page_up;
  case KEY_NPAGE: return kcu_key_page_down;
  case KEY_BACKSPACE: return kcu_key_backspace;
  case KEY_DC: return kcu_key_delete;
  case KEY_ENTER: return kcu_key_enter;
  case KEY_BTAB: return kcu_key_back_tab;
  default:
    if (code > KEY_F(0) && code <= KEY_F(12)) return kcu_key_f0 + (int)(code - KEY_F(0));
    return 0;
  }
}

// After an ESC that curses did not know: takes a whole sequence, so that none of its letters is a
// command. Anything else is put back: it is a key of its own.
static int take_sequence(void) {
  wint_t next = 0;
  if (wget_wch(keys, &next) != OK) return 0;
  wint_t final = 0;
  int kind = ERR;
  if (next == '[' || next == 'O') kind = wget_wch(keys, &final);
  if (kind != OK) {
    unget_wch((wchar_t)next);
    return 0;
  }
  while (next == '[' && kind == OK && (final < 0x40 || final > 0x7E)) kind = wget_wch(keys, &final);
  return 1;
}

// A mouse report, from a program before us that left reporting on: SGR ends with a letter, X10 has
// three bytes.
static void swallow_mouse(void) {
  wint_t next = 0;
  if (wget_wch(keys, &next) != OK) return;
  if (next >= '0' && next <= '9') {
    while (wget_wch(keys, &next) == OK && next != 'M' && next != 'm') {}
  } else {
    wget_wch(keys, &next);
    wget_wch(keys, &next);
  }
}

int kcu_read_key(uint32_t *code) {
  for (;;) {
    wint_t key = 0;
    int kind = wget_wch(keys, &key);
    if (kind == ERR) return kcu_no_key;
    if (kind == OK && key == 27 && take_sequence()) continue;
    if (kind == KEY_CODE_YES) {
      if (key == KEY_MOUSE) {
        swallow_mouse();
        continue;
      }
      if (key >= keypad_base && key < keypad_base + sizeof keypad_finals - 1) {
        *code = (unsigned char)keypad_means[key - keypad_base];
        return kcu_character;
      }
      int known = function_key(key);
      if (!known) continue;
      *code = (uint32_t)known;
      return kcu_function_key;
    }
    *code = key;
    return kcu_character;
  }
}
