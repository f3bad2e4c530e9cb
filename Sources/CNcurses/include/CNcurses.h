#ifndef SDB_CNCURSES_H
#define SDB_CNCURSES_H

// ncurses without its globals, macros and variadic functions, and the signals of a program that owns a terminal.

#include <stddef.h>
#include <stdint.h>

enum sdb_screen_failure {
  SDB_SCREEN_UNKNOWN = 1,  // terminfo does not know the terminal
  SDB_SCREEN_DUMB,         // it cannot place its cursor
  SDB_SCREEN_FAILED,       // ncurses would not start
};

typedef struct {
  int colors;
  // Whether a colour number is 0xRRGGBB.
  int direct;
  // Whether the palette can be changed.
  int changeable;
  int unicode;
} sdb_screen_traits;

// Takes the terminal over: raw input, alternate screen, keypad, bracketed paste, and the mouse where it is wanted and
// there is one. `bell` is an eventfd that is rung when a signal comes. 0 or an sdb_screen_failure.
int sdb_screen_open(int input, int output, const char *type, int bell, int mouse, sdb_screen_traits *traits);
// Gives the terminal back; more calls do nothing.
void sdb_screen_close(void);
// Gives the terminal back, stops this process, and takes the terminal over again when it goes on.
void sdb_screen_suspend(void);
void sdb_screen_size(int *rows, int *columns);
// Makes ncurses' screen as large as the terminal now is.
void sdb_screen_fit(int *rows, int *columns);

enum sdb_screen_signal {
  SDB_SCREEN_RESIZED = 1,
  SDB_SCREEN_STOP = 2,
  SDB_SCREEN_INTERRUPT = 4,
  SDB_SCREEN_TERMINATE = 8,
  SDB_SCREEN_HANGUP = 16,
};
// The signals since the last call.
unsigned sdb_screen_signals(void);

enum sdb_screen_attribute {
  SDB_SCREEN_BOLD = 1,
  SDB_SCREEN_DIM = 2,
  SDB_SCREEN_ITALIC = 4,
  SDB_SCREEN_UNDERLINE = 8,
  SDB_SCREEN_REVERSE = 16,
  SDB_SCREEN_LINES = 32,  // the characters name lines and corners as acsc(5) does
};
// A base character and its marks, ended by 0, at a place inside of the screen. Colours are numbers, -1 the terminal's
// own.
void sdb_screen_put(int row, int column, const int32_t *text, unsigned attributes, int foreground, int background);
// Columns that ncurses gives a character; what it says has to hold, as it counts where the cursor is.
int sdb_screen_width(int32_t character);
// Sets colour `number` of the palette, parts from 0 to 255.
void sdb_screen_define_color(int number, int red, int green, int blue);
// Sends what changed. A negative row hides the cursor.
void sdb_screen_refresh(int row, int column);
// Forgets what the terminal shows: the next refresh sends everything.
void sdb_screen_forget(void);
void sdb_screen_beep(void);

// What `sdb_screen_read` found.
enum sdb_screen_input { SDB_SCREEN_NOTHING, SDB_SCREEN_CHARACTER, SDB_SCREEN_KEY };
// Key codes beyond those of ncurses, which keeps them in 16 bits.
enum sdb_screen_key {
  SDB_SCREEN_KEY_PASTE_START = 0x7f00,
  SDB_SCREEN_KEY_PASTE_END,
  SDB_SCREEN_KEY_MOUSE,  // `ESC [ <`; its numbers follow as characters
};
// The next character or key, without waiting (but for the rest of an escape sequence, a few milliseconds).
int sdb_screen_read(uint32_t *value);
// terminfo's name of a key, as `kcuu1` or `kLFT5`; NULL if it has none.
const char *sdb_screen_key_name(int key);

int sdb_wake_new(void);
void sdb_wake_ring(int bell);
void sdb_wake_clear(int bell);

#endif
