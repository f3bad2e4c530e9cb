// Integers of any width (C23), for the tests of values.
int main(void) {
  _BitInt(13) small = -7;
  unsigned _BitInt(77) unsigned_wide = 8;
  unsigned_wide = unsigned_wide * 0xfffffffffffffffful + 7;
  _BitInt(128) full = -5;
  unsigned _BitInt(200) huge = ~(unsigned _BitInt(200))0;
  _BitInt(200) negative = -3;
  return (int)(small + (int)full + (int)(huge >> 190) + (int)negative); // stop here
}
