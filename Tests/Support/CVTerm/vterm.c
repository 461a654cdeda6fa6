#include "CVTerm.h"

#include <stdlib.h>
#include <vterm.h>

struct kvt_terminal {
  VTerm *vt;
  VTermScreen *screen;
  VTermPos cursor;
  int is_visible;
  int is_alternate;
};

static int on_cursor(VTermPos position, VTermPos old, int visible, void *user) {
  (void)old;
  (void)visible;
  ((kvt_terminal *)user)->cursor = position;
  return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user) {
  kvt_terminal *terminal = user;
  if (property == VTERM_PROP_CURSORVISIBLE) terminal->is_visible = value->boolean;
  if (property == VTERM_PROP_ALTSCREEN) terminal->is_alternate = value->boolean;
  return 1;
}

static const VTermScreenCallbacks callbacks = {
    .movecursor = on_cursor,
    .settermprop = on_property,
};

kvt_terminal *kvt_new(int rows, int columns) {
  kvt_terminal *terminal = calloc(1, sizeof *terminal);
  terminal->vt = vterm_new(rows, columns);
  vterm_set_utf8(terminal->vt, 1);
  terminal->screen = vterm_obtain_screen(terminal->vt);
  terminal->is_visible = 1;
  vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
  vterm_screen_enable_altscreen(terminal->screen, 1);
  vterm_screen_reset(terminal->screen, 1);
  return terminal;
}

void kvt_free(kvt_terminal *terminal) {
  vterm_free(terminal->vt);
  free(terminal);
}

void kvt_write(kvt_terminal *terminal, const char *bytes, size_t length) {
  vterm_input_write(terminal->vt, bytes, length);
}

void kvt_resize(kvt_terminal *terminal, int rows, int columns) {
  vterm_set_size(terminal->vt, rows, columns);
}

kvt_cell kvt_get(const kvt_terminal *terminal, int row, int column) {
  VTermScreenCell cell;
  VTermPos position = {.row = row, .col = column};
  kvt_cell result = {0};
  if (!vterm_screen_get_cell(terminal->screen, position, &cell)) return result;
  result.code = cell.chars[0] == (uint32_t)-1 ? 0 : cell.chars[0];
  result.bold = cell.attrs.bold;
  result.reverse = cell.attrs.reverse;
  result.has_foreground = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
  result.has_background = !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
  return result;
}

int kvt_cursor_row(const kvt_terminal *terminal) { return terminal->cursor.row; }
int kvt_cursor_column(const kvt_terminal *terminal) { return terminal->cursor.col; }
int kvt_cursor_visible(const kvt_terminal *terminal) { return terminal->is_visible; }
int kvt_on_alternate_screen(const kvt_terminal *terminal) { return terminal->is_alternate; }
