// Maps whose operator[] the program has compiled: it inserts what it does not find.
#include <map>
#include <string>
#include <unordered_map>

struct Point {
  int x, y;
  bool operator<(const Point &other) const { return x < other.x; }
};
struct Other {
  int z;
};

int main() {
  std::map<int, std::string> names;
  std::unordered_map<std::string, int> counts;
  std::map<Point, int> places;
  std::map<int, int> nothing;
  names[3] = "three";
  counts["one"] = 1;
  places[{1, 2}] = 7;
  nothing[0] = 1;
  nothing.clear();
  Point point{1, 2};
  int Point::*to_y = &Point::y;
  Other other{5};
  return names.size() + counts.size() + places.size() + point.*to_y + other.z + nothing.size();  // stop here
}
