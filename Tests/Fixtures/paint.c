/* What full-screen programs do, by hand: the alternate screen, colours, cursor movement, the window's size
 * again after each SIGWINCH. Ends with the first key 'q'; prints other keys. */
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t resized = 1;

static void on_resize(int signal) {
  (void)signal;
  resized = 1;
}

static void draw(void) {
  struct winsize size = {0, 0, 0, 0};
  ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
  printf("\033[2J\033[1;1H\033[31mred\033[0m \033[1;32mgreen\033[0m \033[7mreverse\033[0m");
  printf("\033[3;5Hat row three");
  printf("\033[2;1Hsize %dx%d", size.ws_col, size.ws_row);
  fflush(stdout);
}

int main(void) {
  struct sigaction action = {.sa_handler = on_resize};
  sigaction(SIGWINCH, &action, NULL);
  struct termios before, raw;
  tcgetattr(STDIN_FILENO, &before);
  raw = before;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  printf("\033[?1049h");
  char key = 0;
  while (key != 'q') {
    if (resized) {
      resized = 0;
      draw();
    }
    /* A signal ends the read early, and the loop draws again. */
    if (read(STDIN_FILENO, &key, 1) == 1) {
      printf("\033[4;1Hkey %c", key);
      fflush(stdout);
    }
  }
  printf("\033[?1049l");
  tcsetattr(STDIN_FILENO, TCSANOW, &before);
  return 0;
}
