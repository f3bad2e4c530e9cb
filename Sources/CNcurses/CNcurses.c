#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include "Terminal.h"
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *input_stream;
static FILE *output_stream;
// The modes that are asked for beside ncurses' own, and how they are left; empty where the terminal has none.
static const char *modes_on = "";
static const char *modes_off = "";

// Buttons, movement with a button held, in the SGR form that has no limit of columns; bracketed paste. Terminals
// without a mouse in terminfo are not sent them: not all of those ignore what they don't know.
static const char mouse_on[] = "\033[?2004h\033[?1000h\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?2004l\033[?1006l\033[?1002l\033[?1000l";
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

// Written past ncurses, after what it has sent.
static void set_modes(const char *sequence) {
  const char *rest = sequence;
  size_t size = strlen(sequence);
  while (size > 0) {
    ssize_t written = write(fileno(output_stream), rest, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    rest += written;
    size -= (size_t)written;
  }
}

// The user's encoding; UTF-8 where the environment says nothing, as most terminals have it.
static int set_locale(void) {
  setlocale(LC_CTYPE, "");
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  int is_set = 0;
  for (int i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) is_set = 1;
  }
  if (!is_set) setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void close_streams(void) {
  if (input_stream) fclose(input_stream);
  if (output_stream) fclose(output_stream);
  input_stream = output_stream = NULL;
}

// Streams of our own: ncurses sets the buffering of its output.
static int open_streams(int input, int output) {
  int in = dup(input), out = dup(output);
  input_stream = in < 0 ? NULL : fdopen(in, "r");
  output_stream = out < 0 ? NULL : fdopen(out, "w");
  return input_stream && output_stream;
}

static void define_keys(void) {
  define_key("\033[200~", SDB_SCREEN_KEY_PASTE_START);
  define_key("\033[201~", SDB_SCREEN_KEY_PASTE_END);
  // Ahead of ncurses' own mouse, which knows neither drags nor, for all terminals, the SGR form.
  define_key("\033[<", SDB_SCREEN_KEY_MOUSE);
}

// Leaves ncurses' modes. The picture is wiped first: some terminals have no second screen to leave, and tmux 3.3a, once
// resized, takes rows of the second screen along to the first.
static void leave_screen(void) {
  set_modes(modes_off);
  erase();
  clearok(curscr, TRUE);
  refresh();
  endwin();
}

int sdb_screen_open(int input, int output, const char *type, int bell, int mouse, sdb_screen_traits *traits) {
  traits->unicode = set_locale();
  int failure = terminal_check(type, output);
  if (failure) return failure;
  if (!open_streams(input, output)) {
    close_streams();
    return SDB_SCREEN_FAILED;
  }
  terminal_save_modes(input);
  terminal_catch_signals(bell);
  screen = newterm(type, output_stream, input_stream);
  if (!screen) {
    terminal_restore();
    terminal_release_signals();
    close_streams();
    return SDB_SCREEN_FAILED;
  }
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(25);
  leaveok(stdscr, FALSE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  traits->colors = has_colors() ? COLORS : 0;
  traits->direct = tigetflag("RGB") > 0 || tigetnum("RGB") > 0;
  traits->changeable = can_change_color();
  char *prefix = tigetstr("kmous");
  int has_mouse = prefix && prefix != (char *)-1;
  modes_on = !has_mouse ? "" : mouse ? mouse_on : paste_on;
  modes_off = !has_mouse ? "" : mouse ? mouse_off : paste_off;
  define_keys();
  terminal_prepare_restore(modes_off);
  refresh();
  set_modes(modes_on);
  return 0;
}

void sdb_screen_close(void) {
  if (!screen) return;
  leave_screen();
  delscreen(screen);
  screen = NULL;
  terminal_restored();
  terminal_release_signals();
  close_streams();
}

void sdb_screen_suspend(void) {
  if (!screen) return;
  leave_screen();
  terminal_stop();
  refresh();
  set_modes(modes_on);
  clearok(curscr, TRUE);
}

void sdb_screen_size(int *rows, int *columns) {
  getmaxyx(stdscr, *rows, *columns);
}

void sdb_screen_fit(int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fileno(output_stream), TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    resizeterm(size.ws_row, size.ws_col);
  }
  sdb_screen_size(rows, columns);
}

unsigned sdb_screen_signals(void) { return terminal_take_signals(); }

static attr_t attributes_from(unsigned attributes) {
  return (attributes & SDB_SCREEN_BOLD ? A_BOLD : 0) | (attributes & SDB_SCREEN_DIM ? A_DIM : 0) |
         (attributes & SDB_SCREEN_ITALIC ? A_ITALIC : 0) | (attributes & SDB_SCREEN_UNDERLINE ? A_UNDERLINE : 0) |
         (attributes & SDB_SCREEN_REVERSE ? A_REVERSE : 0) | (attributes & SDB_SCREEN_LINES ? A_ALTCHARSET : 0);
}

void sdb_screen_put(int row, int column, const int32_t *text, unsigned attributes, int foreground, int background) {
  // alloc_pair finds the pair of two colours, or takes over the one not used for longest.
  int pair = has_colors() && (foreground >= 0 || background >= 0) ? alloc_pair(foreground, background) : 0;
  if (pair < 0) pair = 0;
  wchar_t characters[CCHARW_MAX + 1];
  int count = 0;
  while (count < CCHARW_MAX && text[count]) {
    characters[count] = (wchar_t)text[count];
    count++;
  }
  characters[count] = 0;
  cchar_t cell;
  if (setcchar(&cell, characters, attributes_from(attributes), 0, &pair) == ERR) return;
  mvadd_wch(row, column, &cell);
}

int sdb_screen_width(int32_t character) { return wcwidth((wchar_t)character); }

void sdb_screen_define_color(int number, int red, int green, int blue) {
  init_extended_color(number, red * 1000 / 255, green * 1000 / 255, blue * 1000 / 255);
}

void sdb_screen_refresh(int row, int column) {
  curs_set(row >= 0);
  if (row >= 0) move(row, column);
  refresh();
}

void sdb_screen_forget(void) { clearok(curscr, TRUE); }

void sdb_screen_beep(void) { beep(); }

int sdb_screen_read(uint32_t *value) {
  wint_t character = 0;
  int kind = get_wch(&character);
  *value = (uint32_t)character;
  return kind == ERR ? SDB_SCREEN_NOTHING : kind == KEY_CODE_YES ? SDB_SCREEN_KEY : SDB_SCREEN_CHARACTER;
}

const char *sdb_screen_key_name(int key) { return keyname(key); }

int sdb_wake_new(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void sdb_wake_ring(int bell) { eventfd_write(bell, 1); }

void sdb_wake_clear(int bell) {
  eventfd_t count;
  eventfd_read(bell, &count);
}
