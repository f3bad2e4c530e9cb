// Every container and vocabulary type of the C++ library, for the formatters.
#include <any>
#include <array>
#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <functional>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <stack>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

struct Point {
  int x, y;
  bool operator==(const Point &) const = default;
};
struct alignas(32) Wide {
  int w;
  bool operator<(const Wide &other) const { return w < other.w; }
};
struct Widget {
  std::string name;
  std::vector<int> sizes;
  std::map<std::string, Point> places;
};
struct Numbers : std::vector<int> {
  int extra = 7;
};
struct Deleter {
  int calls = 3;
  void operator()(Point *p) const { delete p; }
};
struct PointHash {
  std::size_t operator()(const Point &p) const { return p.x * 31 + p.y; }
};
struct Greater {
  bool operator()(int a, int b) const { return a > b; }
};
static int twice(int n) { return 2 * n; }

__attribute__((noinline)) int stop(std::string text, const std::vector<int> &numbers, std::map<int, int> *table) {
  return (int)text.size() + (int)numbers.size() + (int)table->size(); // stop here
}

int main(int argc, char **) {
  std::string empty_string, sso = "short", heap(40, 'h'), quoted = "a\"b\n\x01\xc3\xa9", zeros("a\0b", 3);
  std::string *string_pointer = &sso;
  std::string long_string = "0123456789";
  for (int i = 0; i < 5; ++i) long_string += long_string;
  std::wstring wide = L"wide é";
  std::u16string utf16 = u"sixteen";
  std::u32string utf32 = U"thirty-two";
  std::u8string utf8 = u8"eight";
  std::string_view view = std::string_view(heap).substr(0, 5), no_view;

  std::vector<int> empty_vector, vector{1, 2, 3}, same(20, 5), exact, many;
  vector.reserve(7);
  for (int i = 0; i < 200; ++i) exact.push_back(i);
  for (int i = 0; i < 1000; ++i) many.push_back(i);
  std::vector<bool> no_bits, bits(70);
  bits[0] = bits[3] = bits[69] = true;
  std::vector<std::string> strings{"one", "two"};
  std::vector<std::vector<int>> nested{{1}, {2, 3}, {}};
  std::vector<Point> points{{1, 2}, {3, 4}};
  std::vector<Wide> wides{{1}, {2}};
  std::vector<double> doubles{1.5, 2.5};
  std::vector<char> characters{'a', 'b'};
  std::vector<const char *> c_strings{"x", "y"};
  Numbers numbers;
  numbers.push_back(4);

  std::deque<int> empty_deque, deque{1, 2, 3}, long_deque;
  for (int i = 0; i < 500; ++i) long_deque.push_back(i);
  for (int i = 0; i < 100; ++i) long_deque.pop_front();
  std::deque<Point> point_deque{{1, 2}};
  std::list<int> empty_list, list{1, 2, 3};
  std::list<Wide> wide_list{{5}};
  std::forward_list<int> empty_forward, forward{1, 2, 3};
  std::array<int, 3> array{1, 2, 3};
  std::array<int, 0> empty_array;
  std::array<std::string, 2> string_array{"p", "q"};

  std::map<std::string, int> empty_map, map{{"a", 1}, {"b", 2}, {"c", 3}};
  std::map<int, std::vector<int>> vector_map{{1, {1, 2}}, {2, {}}};
  std::map<char, Wide> wide_map{{'k', {9}}};
  std::multimap<int, char> multimap{{1, 'x'}, {1, 'y'}};
  std::map<Point, int, bool (*)(const Point &, const Point &)> point_map(
      [](const Point &a, const Point &b) { return a.x < b.x; });
  point_map[{1, 2}] = 3;
  std::map<int, int> big_map;
  for (int i = 0; i < 300; ++i) big_map[i] = i * i;
  std::set<int> empty_set, set{3, 1, 2};
  std::multiset<int> multiset{1, 1, 2};
  std::set<std::string> string_set{"x", "y"};
  std::unordered_map<std::string, int> empty_hash, hash{{"k", 1}};
  std::unordered_map<int, Point> int_hash{{7, {1, 2}}};
  std::unordered_set<int> hash_set{5};
  std::unordered_set<Point, PointHash> point_set{{1, 2}};
  std::unordered_multimap<int, int> multi_hash{{1, 2}, {1, 3}};
  std::unordered_multiset<int> multi_set{4, 4};

  std::pair<int, std::string> pair{1, "first"};
  std::tuple<> empty_tuple;
  std::tuple<int, std::string, double> tuple{1, "t", 2.5};
  std::tuple<Greater, int> tuple_with_empty(Greater{}, 2);
  int referred = 5;
  std::tuple<int &, const char *> tuple_of_references{referred, "ref"};
  std::optional<int> nothing, something = 5;
  std::optional<std::string> some_string = "opt";
  std::variant<int, std::string> number_variant = 3, string_variant = "var";
  std::variant<std::monostate, Point> point_variant = Point{1, 2}, mono_variant;
  std::any no_any, int_any = 5, string_any = std::string("any"), big_any = Wide{3};
  std::unique_ptr<int> no_unique, unique = std::make_unique<int>(5);
  std::unique_ptr<Point, Deleter> deleting(new Point{1, 2});
  std::unique_ptr<int[]> unique_array(new int[3]{1, 2, 3});
  std::shared_ptr<Point> no_shared, shared = std::make_shared<Point>(Point{1, 2}), other_shared = shared;
  std::weak_ptr<Point> weak = shared, expired = std::make_shared<Point>();
  std::shared_ptr<std::string> shared_string(new std::string("shared"));
  std::function<int(int)> no_function, function = twice, lambda_function = [referred](int n) { return n + referred; };
  std::span<int> span(vector);
  std::span<int, 3> fixed_span(array);
  std::span<const std::string> string_span(strings);
  std::chrono::seconds seconds(5);
  std::chrono::milliseconds milliseconds(1500);
  std::chrono::nanoseconds nanoseconds(7);
  std::chrono::hours hours(2);
  std::chrono::duration<double> fraction(1.5);
  std::chrono::duration<int, std::ratio<1, 3>> thirds(2);
  std::chrono::system_clock::time_point time(std::chrono::seconds(1000000000));
  std::chrono::steady_clock::time_point steady(std::chrono::seconds(5));
  std::filesystem::path empty_path, path = "/usr/lib/x.so", relative = "a/b";
  std::atomic<int> atomic = 5;
  std::atomic<bool> atomic_flag = true;
  std::atomic<Point> atomic_point = Point{1, 2};
  std::bitset<10> bitset("1000101");
  std::bitset<100> long_bitset;
  long_bitset.set(1).set(99);
  std::bitset<0> empty_bitset;
  std::stack<int> stack({1, 2, 3});
  std::queue<int> queue({1, 2, 3});
  std::priority_queue<int> priority(std::less<int>(), std::vector<int>{1, 5, 3});
  std::stack<int, std::vector<int>> vector_stack({4, 5});
  std::vector<int>::iterator vector_iterator = vector.begin() + 1, no_iterator{};
  std::deque<int>::iterator deque_iterator = deque.begin() + 1;
  std::list<int>::iterator list_iterator = std::next(list.begin());
  std::list<int>::const_iterator const_list_iterator = list.begin();
  std::forward_list<int>::iterator forward_iterator = forward.begin();
  std::map<std::string, int>::iterator map_iterator = map.begin();
  std::set<int>::iterator set_iterator = set.begin();
  std::unordered_map<std::string, int>::iterator hash_iterator = hash.begin();
  std::vector<bool>::iterator bit_iterator = bits.begin() + 3;
  std::vector<std::string>::iterator string_iterator = strings.begin();
  std::string::iterator character_iterator = sso.begin() + 1;
  std::initializer_list<int> initializers = {1, 2, 3};
  std::reference_wrapper<int> reference = referred;
  std::error_code no_error, error = std::make_error_code(std::errc::invalid_argument);
  std::error_condition condition = std::make_error_condition(std::errc::no_such_file_or_directory);
  std::complex<double> complex(1, 2);
  std::strong_ordering ordering = 1 <=> 2;
  Widget widget{"w", {1, 2}, {{"home", {3, 4}}}};
  std::vector<Widget> widgets{widget};
  std::map<std::string, std::vector<std::map<int, std::string>>> deep{{"deep", {{{1, "one"}}}}};
  const std::vector<int> &vector_reference = vector;
  std::string &string_reference = sso;
  std::vector<int> *vector_pointer = &vector;
  std::vector<std::unique_ptr<int>> uniques;
  uniques.push_back(std::make_unique<int>(6));
  std::vector<int> vectors[2] = {{1}, {2, 3}};
  std::string string_pair[2] = {"l", "r"};
  return stop(sso, vector, &big_map) - argc;
}
