#define _GNU_SOURCE
#include "Terminal.h"

#include "CFault.h"
#include "CNcurses.h"
#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

// All of it is set up before a handler can run; `restore_size` is 0 while the terminal is not ours.
static struct termios saved_modes;
static int saved_terminal = -1;
static pid_t owner;
static char restore_text[1024];
static volatile sig_atomic_t restore_size;
static int collected;
static int signal_bell = -1;
static unsigned pending;

static int collect(int byte) {
  if (collected < (int)sizeof restore_text) restore_text[collected++] = (char)byte;
  return byte;
}

static int collect_capability(const char *name) {
  char *sequence = tigetstr(name);
  if (!sequence || sequence == (char *)-1) return 0;
  tputs(sequence, 1, collect);
  return 1;
}

int terminal_check(const char *type, int output) {
  int error = 0;
  if (setupterm(type, output, &error) != OK) return SDB_SCREEN_UNKNOWN;
  const char *place = tigetstr("cup");
  int can_place = place && place != (const char *)-1;
  // newterm makes its own.
  del_curterm(cur_term);
  return can_place ? 0 : SDB_SCREEN_DUMB;
}

void terminal_save_modes(int terminal) {
  saved_terminal = terminal;
  tcgetattr(terminal, &saved_modes);
  owner = getpid();
  static int is_registered;
  // exit() from anywhere gives the terminal back.
  if (!is_registered) is_registered = atexit(terminal_restore) == 0;
}

void terminal_prepare_restore(const char *extra) {
  collected = 0;
  for (const char *byte = extra; *byte; byte++) collect(*byte);
  // Plain text, own colours, normal keypad, visible cursor, main screen (terminfo(5)).
  static const char *const names[] = {"sgr0", "oc", "op", "rmkx", "cnorm"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) collect_capability(names[i]);
  if (!collect_capability("rmcup")) collect_capability("clear");
  restore_size = collected;
}

void terminal_restore(void) {
  int size = restore_size;
  // A fork of this process that ends does not own the terminal.
  if (size == 0 || getpid() != owner) return;
  restore_size = 0;
  const char *rest = restore_text;
  while (size > 0) {
    ssize_t written = write(saved_terminal, rest, (size_t)size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    rest += written;
    size -= (int)written;
  }
  tcsetattr(saved_terminal, TCSANOW, &saved_modes);
}

void terminal_restored(void) { restore_size = 0; }

// MARK: Signals

static const struct {
  int number;
  unsigned flag;
} events[] = {
  {SIGWINCH, SDB_SCREEN_RESIZED}, {SIGTSTP, SDB_SCREEN_STOP},   {SIGINT, SDB_SCREEN_INTERRUPT},
  {SIGTERM, SDB_SCREEN_TERMINATE}, {SIGQUIT, SDB_SCREEN_TERMINATE}, {SIGHUP, SDB_SCREEN_HANGUP},
};
#define EVENT_COUNT (sizeof events / sizeof *events)
static struct sigaction events_before[EVENT_COUNT];

static void on_event(int number) {
  int error = errno;
  for (size_t i = 0; i < EVENT_COUNT; i++) {
    if (events[i].number == number) __atomic_fetch_or(&pending, events[i].flag, __ATOMIC_SEQ_CST);
  }
  sdb_wake_ring(signal_bell);
  errno = error;
}

void terminal_catch_signals(int event) {
  signal_bell = event;
  struct sigaction action = {.sa_handler = on_event, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < EVENT_COUNT; i++) sigaction(events[i].number, &action, &events_before[i]);
  sdb_fault_add_last_words(terminal_restore);
  sdb_fault_prepare_thread();
}

void terminal_release_signals(void) {
  for (size_t i = 0; i < EVENT_COUNT; i++) sigaction(events[i].number, &events_before[i], NULL);
  sdb_fault_remove_last_words(terminal_restore);
}

unsigned terminal_take_signals(void) { return __atomic_exchange_n(&pending, 0, __ATOMIC_SEQ_CST); }

void terminal_stop(void) {
  struct sigaction before, standard = {.sa_handler = SIG_DFL};
  sigset_t mask, mask_before;
  sigemptyset(&mask);
  sigaddset(&mask, SIGTSTP);
  sigaction(SIGTSTP, &standard, &before);
  pthread_sigmask(SIG_UNBLOCK, &mask, &mask_before);
  // To this thread: it is stopped before raise returns.
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
  sigaction(SIGTSTP, &before, NULL);
}
