// The terminal as it was, and how it gets to be so again, whatever ends this process.

// Whether ncurses can draw on a terminal of this type: 0 or an sdb_screen_failure.
int terminal_check(const char *type, int output);
// Remembers the modes that a terminal has now.
void terminal_save_modes(int terminal);
// Makes ready what a dying process writes to leave the screen; `extra` goes first.
void terminal_prepare_restore(const char *extra);
// Gives the terminal back at once. Safe in a signal handler; more calls do nothing.
void terminal_restore(void);
// The terminal was given back by other means.
void terminal_restored(void);
// Handlers for resizing, stopping, ending and crashing; each ring of `bell` is an event for the terminal's thread.
void terminal_catch_signals(int bell);
void terminal_release_signals(void);
unsigned terminal_take_signals(void);
// Stops this process as Ctrl-Z does, with the terminal already given back; returns when it goes on.
void terminal_stop(void);
