#include <stdio.h>
static int *rows(int x) {
  static int table[3];
  static char *label = "hey";
  table[x % 3] += x;
  printf("%s", label);
  return table;
}
int main(void) {
  int *row = rows(4);
  register int kept = 4;
  return row[1] - kept; // stop
}
