typedef float eight __attribute__((vector_size(32)));
eight twice(eight v) { return v + v; }
int main(void) {
  eight wide = {1, 2, 3, 4, 5, 6, 7, 8};
  eight more = twice(wide);
  return (int)more[0]; /* stop */
}
