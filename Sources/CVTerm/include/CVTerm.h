#ifndef SDB_CVTERM_H
#define SDB_CVTERM_H

// Pseudo-terminals, and libvterm without its bit-fields, unions and callbacks of many shapes: one flat cell, one table of events.

#include <stddef.h>
#include <stdint.h>

#define SDB_VT_CELL_CHARS 6

enum sdb_vt_color_kind { SDB_VT_COLOR_STANDARD, SDB_VT_COLOR_INDEXED, SDB_VT_COLOR_RGB };

enum sdb_vt_attribute {
  SDB_VT_BOLD = 1,
  SDB_VT_ITALIC = 2,
  SDB_VT_UNDERLINE = 4,
  SDB_VT_REVERSE = 8,
  SDB_VT_BLINK = 16,
  SDB_VT_STRIKE = 32,
};

typedef struct {
  uint8_t kind;
  // The index, or red, green and blue.
  uint8_t values[3];
} sdb_vt_color;

typedef struct {
  // Code points, ended by 0 if fewer. The right half of a wide character holds UINT32_MAX.
  uint32_t chars[SDB_VT_CELL_CHARS];
  uint8_t width;
  uint8_t attributes;
  sdb_vt_color foreground;
  sdb_vt_color background;
} sdb_vt_cell;

typedef struct {
  // Bytes for the program: answers to its queries, keys, mouse.
  void (*output)(void *context, const char *bytes, size_t count);
  // Rows from `first` up to, not including, `end` changed.
  void (*damage)(void *context, int first, int end);
  // A line left the screen at its top; blanks at its end are not given.
  void (*push_line)(void *context, const sdb_vt_cell *cells, int count);
  // The screen grew: fill in the last line that left; 0 if there is none.
  int (*pop_line)(void *context, sdb_vt_cell *cells, int count);
  void (*cursor_visible)(void *context, int visible);
  void (*alternate_screen)(void *context, int on);
  // 0: the program wants no mouse, 1: clicks, 2: drags, 3: all movement.
  void (*mouse)(void *context, int mode);
  void (*title)(void *context, const char *text);
  void (*bell)(void *context);
} sdb_vt_events;

typedef struct sdb_vt sdb_vt;

// NULL if there is no memory. `context` goes to each event.
sdb_vt *sdb_vt_new(int rows, int columns, const sdb_vt_events *events, void *context);
void sdb_vt_free(sdb_vt *terminal);
// Both at least 1.
void sdb_vt_resize(sdb_vt *terminal, int rows, int columns);
// Only what `OutputFilter` let through: libvterm 0.1.4 trusts its input.
void sdb_vt_feed(sdb_vt *terminal, const char *bytes, size_t count);
void sdb_vt_cell_at(sdb_vt *terminal, int row, int column, sdb_vt_cell *cell);
void sdb_vt_cursor(sdb_vt *terminal, int *row, int *column);

// Keys; `modifiers` 1 shift, 2 alt, 4 control. What they send comes as an output event.
enum sdb_vt_key {
  SDB_VT_ENTER, SDB_VT_TAB, SDB_VT_BACKSPACE, SDB_VT_ESCAPE, SDB_VT_UP, SDB_VT_DOWN, SDB_VT_LEFT, SDB_VT_RIGHT,
  SDB_VT_INSERT, SDB_VT_DELETE, SDB_VT_HOME, SDB_VT_END, SDB_VT_PAGE_UP, SDB_VT_PAGE_DOWN,
  // F1 is SDB_VT_FUNCTION + 1.
  SDB_VT_FUNCTION,
};
void sdb_vt_press_character(sdb_vt *terminal, uint32_t character, int modifiers);
void sdb_vt_press_key(sdb_vt *terminal, int key, int modifiers);
void sdb_vt_paste_start(sdb_vt *terminal);
void sdb_vt_paste_end(sdb_vt *terminal);
// `button` 1 to 3, 4 and 5 the wheel, 0 for movement alone.
void sdb_vt_mouse(sdb_vt *terminal, int row, int column, int button, int pressed, int modifiers);

// Opens both sides of a pty (pty(7)), the controller not blocking, neither passed on by exec. `path` gets the slave's, with its end.
// 0 or -errno.
int sdb_pty_open(int rows, int columns, int *controller, int *slave, char *path, size_t capacity);
// An eventfd that does not block; -errno on failure.
int sdb_bell_new(void);
void sdb_bell_ring(int bell);
void sdb_bell_clear(int bell);

#endif
