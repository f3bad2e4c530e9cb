/* Layouts and declarators of C, for `ptype`; nothing of it has to run. */
typedef struct node node_t;
struct node {
  node_t *next;
  union {
    long number;
    char bytes[8];
  } content;
  enum kind { leaf, inner = 10 } kind;
  unsigned first : 1, second : 7;
  int third : 12;
  const char *restrict name;
  volatile int *const place;
};
struct aligned {
  char small;
  double wide __attribute__((aligned(32)));
};
struct operations {
  int (*open)(const char *path, ...);
  void (*(*handler)(int, void (*)(int)))(int);
  int (*(*table[3])(void))[5];
};
struct empty {};
struct unknown;
static const char *const names[] = {"a"};
int *const *volatile *deep;
int unprototyped() { return 1; }

int main(int argc, char **argv) {
  node_t node = {0};
  struct aligned aligned = {0};
  struct operations operations = {0};
  struct empty empty;
  struct unknown *unknown = 0;
  (void)empty;
  return argc + node.third + aligned.small + !operations.open + !unknown + names[0][0] + !deep + unprototyped() + !argv;
}
