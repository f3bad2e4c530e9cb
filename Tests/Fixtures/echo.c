/* Answers each line it reads, until "bye" or the end of its input. */
#include <stdio.h>
#include <string.h>

static int answered;

static void answer(const char *line) {
  answered++;
  printf("line %d was [%s]\n", answered, line);
  fflush(stdout);
}

int main(void) {
  char line[128];
  printf("say something\n");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = 0;
    if (strcmp(line, "bye") == 0)
      break;
    answer(line);
  }
  printf("goodbye after %d\n", answered);
  return 3;
}
