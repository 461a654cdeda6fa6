#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1

#include "CCurses.h"
#include "clipboard.h"
#include "guard.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// curses.h only; term.h defines macros such as "lines" that break our own names.
extern char *tigetstr(const char *);
extern int tigetflag(const char *);

static SCREEN *screen;
static WINDOW *keys;
static FILE *output_file;
static FILE *input_file;
static int colors;

enum { pair_sides = 257, most_cells = 4096 };
static int32_t pairs[pair_sides * pair_sides];
static int next_pair;

// Whether a colour of the terminal is an RGB value and no index of a palette.
static int is_direct;

// What curses calls a colour of the 256, at xterm's default values where colours are direct.
static int color_of(int index) {
  if (!is_direct || index < 8) return index;
  static const uint8_t steps[6] = {0, 95, 135, 175, 215, 255};
  static const uint32_t bright[8] = {0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00,
                                     0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
  if (index < 16) return (int)bright[index - 8];
  int red, green, blue;
  if (index < 232) {
    red = steps[(index - 16) / 36];
    green = steps[(index - 16) / 6 % 6];
    blue = steps[(index - 16) % 6];
  } else {
    red = green = blue = 8 + 10 * (index - 232);
  }
  int rgb = red << 16 | green << 8 | blue;
  // The lowest values are a palette's even here; this black is none of them.
  return rgb < 256 ? 256 : rgb;
}

static int pair_of(int16_t foreground, int16_t background) {
  if (colors == 0 || (foreground < 0 && background < 0)) return 0;
  if (foreground >= colors) foreground = -1;
  if (background >= colors) background = -1;
  int32_t *known = &pairs[(foreground + 1) * pair_sides + background + 1];
  if (*known == 0) {
    if (next_pair >= COLOR_PAIRS) return 0;
    if (init_extended_pair(next_pair, color_of(foreground), color_of(background)) == ERR) return 0;
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
enum {
  keypad_base = KEY_MAX + 100,
  paste_begin = KEY_MAX + 200,
  paste_end,
  mouse_sgr,
  mouse_x10,
  reply_background,
  reply_receipt,
};

// Mouse reports and bracketed paste are of xterm and its like; others are left alone.
static int is_xterm_like;
static int wants_mouse;
static int wants_background;
static int receipts_owed;

static void mark(const char *text) {
  ssize_t ignored = write(fileno(output_file), text, strlen(text));
  (void)ignored;
}

static void report_on(void) {
  if (!is_xterm_like) return;
  mark("\033[?2004h");
  if (wants_mouse) mark("\033[?1000h\033[?1006h");
}

static void report_off(void) {
  if (is_xterm_like) mark(kcu_reports_off);
}

static void define_keypad(void) {
  for (int index = 0; keypad_finals[index]; index++) {
    const char sequence[] = {27, 'O', keypad_finals[index], 0};
    define_key(sequence, keypad_base + index);
  }
}

// Arrows of a terminal that does not go over to its application mode when it is asked to.
static void define_arrows(void) {
  static const struct {
    const char *sequence;
    int key;
  } arrows[] = {
      {"\033[A", KEY_UP},   {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
      {"\033[H", KEY_HOME}, {"\033[F", KEY_END},
  };
  for (int index = 0; index < 6; index++) define_key(arrows[index].sequence, arrows[index].key);
}

// Known to curses, so that it waits for the rest of a sequence that comes in two pieces.
static void define_reports(void) {
  if (!is_xterm_like) return;
  define_key("\033[200~", paste_begin);
  define_key("\033[201~", paste_end);
  define_key("\033[<", mouse_sgr);
  define_key("\033[M", mouse_x10);
  define_key("\033]11;", reply_background);
  define_key("\033[0n", reply_receipt);
}

static void set_up(void) {
  raw();
  noecho();
  nonl();
  leaveok(stdscr, TRUE);
  keypad(keys, TRUE);
  define_keypad();
  define_arrows();
  define_reports();
  nodelay(keys, TRUE);
  // Taken before the cursor is hidden: some terminals bring back with the first screen the cursor
  // that they saw when it was left.
  wrefresh(stdscr);
  report_on();
}

int kcu_open(int input, int output, int wants) {
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
  char *mouse = tigetstr("kmous");
  is_xterm_like = (mouse && mouse != (char *)-1) || tigetflag("XT") == 1;
  wants_mouse = wants & kcu_wants_mouse;
  wants_background = wants & kcu_wants_background;
  // Until its first endwin, curses flushes after every movement: hundreds of writes a frame.
  endwin();
  set_escdelay(25);
  keys = newpad(1, 1);
  set_up();
  colors = 0;
  is_direct = 0;
  next_pair = 1;
  memset(pairs, 0, sizeof pairs);
  if ((wants & kcu_wants_color) && has_colors()) {
    start_color();
    use_default_colors();
    is_direct = COLORS > 256;
    colors = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
  }
  kcu_guard_install(fileno(output_file));
  if (is_xterm_like && wants_background) mark("\033]11;?\033\\");
  return kcu_ok;
}

void kcu_close(void) {
  if (!screen) return;
  kcu_guard_remove();
  report_off();
  char *own_screen = tigetstr("smcup");
  if (!own_screen || own_screen == (char *)-1) {
    // What stands there now would stay under the shell's next lines.
    erase();
    wrefresh(stdscr);
  }
  endwin();
  // The answer to a question that was asked a moment ago must not end up in a shell.
  if (is_xterm_like && (wants_background || receipts_owed > 0)) tcflush(fileno(input_file), TCIFLUSH);
  delscreen(screen);
  screen = NULL;
}

void kcu_leave(void) {
  report_off();
  endwin();
  kcu_guard_pause();
}

void kcu_return(void) {
  kcu_guard_resume();
  set_up();
  kcu_resize();
  kcu_invalidate();
}

void kcu_suspend(int group) {
  kcu_leave();
  if (group) {
    // Another thread may take a signal to the group, and this one would run on before the stop.
    signal(SIGTSTP, SIG_IGN);
    kill(0, SIGTSTP);
    signal(SIGTSTP, SIG_DFL);
  }
  raise(SIGTSTP);
  kcu_return();
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
    // What a terminal does with its cells when sizes come one after the other is not known.
    clearok(curscr, TRUE);
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

void kcu_ring(void) { beep(); }

int kcu_ask_receipt(void) {
  if (!is_xterm_like) return 0;
  receipts_owed++;
  mark("\033[5n");
  return 1;
}

int kcu_is_writable(void) {
  struct pollfd output = {fileno(output_file), POLLOUT, 0};
  return poll(&output, 1, 0) != 0;
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

// One character of a sequence that has begun; the rest of it may still be on the way.
static int next_of_sequence(wint_t *next) {
  wtimeout(keys, 50);
  int kind = wget_wch(keys, next);
  nodelay(keys, TRUE);
  return kind == OK;
}

static int mouse_event(int button, int column, int row, uint32_t *code) {
  // Shift, Meta and Control do not change what a button means here.
  button &= ~28;
  if (column < 0 || row < 0 || column > 0xFFFF || row > 0xFFFF) return 0;
  if (button == 64 || button == 65) {
    *code = button == 64 ? kcu_key_wheel_up : kcu_key_wheel_down;
    return kcu_function_key;
  }
  if (button != 0) return 0;
  *code = (uint32_t)column << 16 | (uint32_t)row;
  return kcu_click;
}

// `button;column;row` and M for a press or m for a release.
static int take_mouse_sgr(uint32_t *code) {
  int numbers[3] = {0, 0, 0};
  int place = 0;
  wint_t next = 0;
  while (next_of_sequence(&next)) {
    if (next >= '0' && next <= '9') {
      if (place < 3 && numbers[place] < 100000) numbers[place] = numbers[place] * 10 + (int)(next - '0');
    } else if (next == ';') {
      place++;
    } else {
      return next == 'M' && place == 2 ? mouse_event(numbers[0], numbers[1] - 1, numbers[2] - 1, code)
                                       : 0;
    }
  }
  return 0;
}

static int take_mouse_x10(uint32_t *code) {
  wint_t bytes[3] = {0, 0, 0};
  for (int index = 0; index < 3; index++) {
    if (!next_of_sequence(&bytes[index])) return 0;
  }
  return mouse_event((int)bytes[0] - 32, (int)bytes[1] - 33, (int)bytes[2] - 33, code);
}

// `rgb:RRRR/GGGG/BBBB`, each of one to four digits, then BEL or ESC \.
static int take_background(uint32_t *code) {
  char text[64];
  int length = 0;
  wint_t next = 0;
  while (next_of_sequence(&next) && next != 7) {
    if (next == 27) {
      next_of_sequence(&next);
      break;
    }
    if (length + 1 < (int)sizeof text) text[length++] = (char)next;
  }
  text[length] = 0;
  unsigned red, green, blue;
  int ends[3] = {0, 0, 0};
  const char *values = strchr(text, ':');
  if (strncmp(text, "rgb", 3) != 0 || !values) return 0;
  if (sscanf(values + 1, "%4x%n/%4x%n/%4x%n", &red, &ends[0], &green, &ends[1], &blue, &ends[2]) < 3) {
    return 0;
  }
  double full = (1u << (4 * ends[0])) - 1;
  // Weights of ITU-R BT.709.
  *code = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / full > 0.5;
  return kcu_background;
}

int kcu_read_key(uint32_t *code) {
  for (;;) {
    wint_t key = 0;
    int kind = wget_wch(keys, &key);
    if (kind == ERR) return kcu_no_key;
    if (kind == OK && key == 27 && take_sequence()) continue;
    if (kind == KEY_CODE_YES) {
      int found = 0;
      switch (key) {
      case mouse_sgr: found = take_mouse_sgr(code); break;
      case mouse_x10:
      case KEY_MOUSE: found = take_mouse_x10(code); break;
      case reply_background: found = take_background(code); break;
      case reply_receipt:
        if (receipts_owed > 0) receipts_owed--;
        found = kcu_receipt;
        break;
      case paste_begin: *code = kcu_key_paste_begin; return kcu_function_key;
      case paste_end: *code = kcu_key_paste_end; return kcu_function_key;
      default: break;
      }
      if (found) return found;
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

int kcu_copy(const uint8_t *bytes, int count) {
  return is_xterm_like && kcu_clipboard_put(fileno(output_file), bytes, count);
}
