// Objects of the C++ library whose methods are called nowhere, so that no compiler has made them.
#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct Point {
  int x, y;
};
struct Numbers : std::vector<int> {
  using std::vector<int>::vector;
};
struct Own : std::vector<int> {
  int size() const { return 77; }
};

std::array<int, 3> table{7, 8, 9};
std::vector<int> later;
std::optional<int> constant = 5;

__attribute__((noinline)) void keep(const void *object) { asm volatile("" : : "r"(object) : "memory"); }
template <class... Objects> __attribute__((always_inline)) inline void keep_all(const Objects &...objects) {
  (keep(&objects), ...);
}

int main() {
  std::vector<int> v{10, 20, 30}, ve;
  Numbers numbers{4, 5};
  Own own;
  std::vector<bool> vb{true, false, true};
  std::deque<int> d{1, 2, 3};
  std::array<int, 3> a{7, 8, 9};
  std::list<int> l{4, 5, 6}, le;
  std::forward_list<int> fl{4, 5};
  std::map<int, int> m{{3, 33}, {4, 44}};
  std::map<std::string, int> ms{{"key", 1}, {"z", 2}};
  std::map<Point *, int> mp;
  std::unordered_map<int, int> um{{3, 33}};
  std::set<int> st{1, 2};
  std::unique_ptr<Point> up(new Point{1, 2}), un;
  std::unique_ptr<int[]> ua(new int[3]{5, 6, 7});
  auto sp = std::make_shared<Point>(Point{3, 4}), sp2 = sp;
  std::weak_ptr<Point> wp = sp;
  std::string s = "hello";
  std::string_view sv = s;
  std::optional<int> opt = 42, no;
  std::optional<Point> op = Point{8, 9};
  std::stack<int> stack(std::deque<int>{1, 2});
  std::queue<int> queue(std::deque<int>{1, 2});
  auto it = m.begin();
  auto vi = v.begin();
  auto di = d.begin();
  auto ui = um.begin();
  keep_all(v, ve, numbers, own, vb, d, a, l, le, fl, m, ms, mp, um, st, up, un, ua, sp, sp2, wp, s, sv, opt, no, op);
  keep_all(stack, queue, it, vi, di, ui);
  keep(nullptr); // stop here
  keep_all(v, ve, numbers, own, vb, d, a, l, le, fl, m, ms, mp, um, st, up, un, ua, sp, sp2, wp, s, sv, opt, no, op);
  keep_all(stack, queue, it, vi, di, ui);
}
