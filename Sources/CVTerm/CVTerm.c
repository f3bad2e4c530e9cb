#include "CVTerm.h"

#include <vterm.h>

struct sdb_vt {
  VTerm *vterm;
  VTermScreen *screen;
  sdb_vt_events events;
  void *context;
  // One line for push_line and pop_line, as wide as the terminal.
  sdb_vt_cell *line;
};

static sdb_vt_color color_from(const VTermColor *color) {
  sdb_vt_color result = {SDB_VT_COLOR_STANDARD, {0, 0, 0}};
  if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color)) return result;
  if (VTERM_COLOR_IS_INDEXED(color)) {
    result.kind = SDB_VT_COLOR_INDEXED;
    result.values[0] = color->indexed.idx;
  } else {
    result.kind = SDB_VT_COLOR_RGB;
    result.values[0] = color->rgb.red;
    result.values[1] = color->rgb.green;
    result.values[2] = color->rgb.blue;
  }
  return result;
}

static VTermColor color_to(sdb_vt_color color, uint8_t standard) {
  VTermColor result;
  switch (color.kind) {
  case SDB_VT_COLOR_INDEXED: vterm_color_indexed(&result, color.values[0]); break;
  case SDB_VT_COLOR_RGB: vterm_color_rgb(&result, color.values[0], color.values[1], color.values[2]); break;
  default:
    vterm_color_rgb(&result, 0, 0, 0);
    result.type |= standard;
  }
  return result;
}

static void cell_from(const VTermScreenCell *from, sdb_vt_cell *to) {
  for (int i = 0; i < SDB_VT_CELL_CHARS; i++) to->chars[i] = from->chars[i];
  to->width = (uint8_t)from->width;
  to->attributes = (from->attrs.bold ? SDB_VT_BOLD : 0) | (from->attrs.italic ? SDB_VT_ITALIC : 0) |
                   (from->attrs.underline ? SDB_VT_UNDERLINE : 0) | (from->attrs.reverse ? SDB_VT_REVERSE : 0) |
                   (from->attrs.blink ? SDB_VT_BLINK : 0) | (from->attrs.strike ? SDB_VT_STRIKE : 0);
  to->foreground = color_from(&from->fg);
  to->background = color_from(&from->bg);
}

static void cell_to(const sdb_vt_cell *from, VTermScreenCell *to) {
  *to = (VTermScreenCell){.width = (char)from->width};
  for (int i = 0; i < SDB_VT_CELL_CHARS; i++) to->chars[i] = from->chars[i];
  to->attrs.bold = (from->attributes & SDB_VT_BOLD) != 0;
  to->attrs.italic = (from->attributes & SDB_VT_ITALIC) != 0;
  to->attrs.underline = (from->attributes & SDB_VT_UNDERLINE) != 0;
  to->attrs.reverse = (from->attributes & SDB_VT_REVERSE) != 0;
  to->attrs.blink = (from->attributes & SDB_VT_BLINK) != 0;
  to->attrs.strike = (from->attributes & SDB_VT_STRIKE) != 0;
  to->fg = color_to(from->foreground, VTERM_COLOR_DEFAULT_FG);
  to->bg = color_to(from->background, VTERM_COLOR_DEFAULT_BG);
}

static int on_damage(VTermRect rect, void *user) {
  sdb_vt *terminal = user;
  terminal->events.damage(terminal->context, rect.start_row, rect.end_row);
  return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user) {
  sdb_vt *terminal = user;
  switch (property) {
  case VTERM_PROP_CURSORVISIBLE: terminal->events.cursor_visible(terminal->context, value->boolean); break;
  case VTERM_PROP_ALTSCREEN: terminal->events.alternate_screen(terminal->context, value->boolean); break;
  case VTERM_PROP_MOUSE: terminal->events.mouse(terminal->context, value->number); break;
  case VTERM_PROP_TITLE: terminal->events.title(terminal->context, value->string); break;
  default: break;
  }
  return 1;
}

static int on_bell(void *user) {
  sdb_vt *terminal = user;
  terminal->events.bell(terminal->context);
  return 1;
}

static int on_resize(int rows, int columns, void *user) {
  sdb_vt *terminal = user;
  terminal->events.damage(terminal->context, 0, rows);
  (void)columns;
  return 1;
}

static int is_blank(const VTermScreenCell *cell) {
  return cell->chars[0] == 0 && VTERM_COLOR_IS_DEFAULT_BG(&cell->bg) && !cell->attrs.reverse && !cell->attrs.underline;
}

static int on_push_line(int count, const VTermScreenCell *cells, void *user) {
  sdb_vt *terminal = user;
  while (count > 0 && is_blank(&cells[count - 1])) count--;
  if (count == 0) {
    terminal->events.push_line(terminal->context, NULL, 0);
    return 1;
  }
  sdb_vt_cell *line = realloc(terminal->line, sizeof *line * (size_t)count);
  if (!line) return 0;
  terminal->line = line;
  for (int i = 0; i < count; i++) cell_from(&cells[i], &line[i]);
  terminal->events.push_line(terminal->context, line, count);
  return 1;
}

static int on_pop_line(int count, VTermScreenCell *cells, void *user) {
  sdb_vt *terminal = user;
  sdb_vt_cell *line = realloc(terminal->line, sizeof *line * (size_t)count);
  if (!line) return 0;
  terminal->line = line;
  if (!terminal->events.pop_line(terminal->context, line, count)) return 0;
  for (int i = 0; i < count; i++) cell_to(&line[i], &cells[i]);
  return 1;
}

static const VTermScreenCallbacks callbacks = {
  .damage = on_damage,
  .settermprop = on_property,
  .bell = on_bell,
  .resize = on_resize,
  .sb_pushline = on_push_line,
  .sb_popline = on_pop_line,
};

static void on_output(const char *bytes, size_t count, void *user) {
  sdb_vt *terminal = user;
  terminal->events.output(terminal->context, bytes, count);
}

sdb_vt *sdb_vt_new(int rows, int columns, const sdb_vt_events *events, void *context) {
  sdb_vt *terminal = calloc(1, sizeof *terminal);
  if (!terminal) return NULL;
  terminal->vterm = vterm_new(rows, columns);
  if (!terminal->vterm) {
    free(terminal);
    return NULL;
  }
  terminal->events = *events;
  terminal->context = context;
  vterm_set_utf8(terminal->vterm, 1);
  vterm_output_set_callback(terminal->vterm, on_output, terminal);
  terminal->screen = vterm_obtain_screen(terminal->vterm);
  vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
  vterm_screen_enable_altscreen(terminal->screen, 1);
  // One event for a whole write: a flood must not mean a call for each character.
  vterm_screen_set_damage_merge(terminal->screen, VTERM_DAMAGE_SCREEN);
  vterm_screen_reset(terminal->screen, 1);
  return terminal;
}

void sdb_vt_free(sdb_vt *terminal) {
  vterm_free(terminal->vterm);
  free(terminal->line);
  free(terminal);
}

void sdb_vt_resize(sdb_vt *terminal, int rows, int columns) {
  vterm_set_size(terminal->vterm, rows, columns);
  vterm_screen_flush_damage(terminal->screen);
}

void sdb_vt_feed(sdb_vt *terminal, const char *bytes, size_t count) {
  vterm_input_write(terminal->vterm, bytes, count);
  vterm_screen_flush_damage(terminal->screen);
}

void sdb_vt_cell_at(sdb_vt *terminal, int row, int column, sdb_vt_cell *cell) {
  VTermScreenCell from = {0};
  vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &from);
  cell_from(&from, cell);
}

void sdb_vt_cursor(sdb_vt *terminal, int *row, int *column) {
  VTermPos position;
  vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &position);
  *row = position.row;
  *column = position.col;
}

static VTermModifier modifier_from(int modifiers) {
  return (modifiers & 1 ? VTERM_MOD_SHIFT : 0) | (modifiers & 2 ? VTERM_MOD_ALT : 0) |
         (modifiers & 4 ? VTERM_MOD_CTRL : 0);
}

void sdb_vt_press_character(sdb_vt *terminal, uint32_t character, int modifiers) {
  vterm_keyboard_unichar(terminal->vterm, character, modifier_from(modifiers));
}

void sdb_vt_press_key(sdb_vt *terminal, int key, int modifiers) {
  static const VTermKey keys[] = {
    [SDB_VT_ENTER] = VTERM_KEY_ENTER,   [SDB_VT_TAB] = VTERM_KEY_TAB,         [SDB_VT_BACKSPACE] = VTERM_KEY_BACKSPACE,
    [SDB_VT_ESCAPE] = VTERM_KEY_ESCAPE, [SDB_VT_UP] = VTERM_KEY_UP,           [SDB_VT_DOWN] = VTERM_KEY_DOWN,
    [SDB_VT_LEFT] = VTERM_KEY_LEFT,     [SDB_VT_RIGHT] = VTERM_KEY_RIGHT,     [SDB_VT_INSERT] = VTERM_KEY_INS,
    [SDB_VT_DELETE] = VTERM_KEY_DEL,    [SDB_VT_HOME] = VTERM_KEY_HOME,       [SDB_VT_END] = VTERM_KEY_END,
    [SDB_VT_PAGE_UP] = VTERM_KEY_PAGEUP, [SDB_VT_PAGE_DOWN] = VTERM_KEY_PAGEDOWN,
  };
  VTermKey code = key >= SDB_VT_FUNCTION ? (VTermKey)VTERM_KEY_FUNCTION(key - SDB_VT_FUNCTION) : keys[key];
  vterm_keyboard_key(terminal->vterm, code, modifier_from(modifiers));
}

void sdb_vt_paste_start(sdb_vt *terminal) { vterm_keyboard_start_paste(terminal->vterm); }

void sdb_vt_paste_end(sdb_vt *terminal) { vterm_keyboard_end_paste(terminal->vterm); }

void sdb_vt_mouse(sdb_vt *terminal, int row, int column, int button, int pressed, int modifiers) {
  vterm_mouse_move(terminal->vterm, row, column, modifier_from(modifiers));
  if (button > 0) vterm_mouse_button(terminal->vterm, button, pressed, modifier_from(modifiers));
}
