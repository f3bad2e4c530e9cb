// Types of technical reports and specifications that libstdc++ keeps beside the standard's, for the formatters.
#include <experimental/any>
#include <experimental/filesystem>
#include <experimental/optional>
#include <experimental/string_view>
#include <ext/slist>
#include <optional>
#include <string>
#include <tr1/memory>
#include <tr1/unordered_map>
#include <tr1/unordered_set>
#include <typeinfo>
#include <variant>
#include <vector>

int main() {
  std::experimental::any any = 5, no_any, text_any = std::string("text");
  std::experimental::optional<int> optional = 3, no_optional;
  std::experimental::optional<std::string> text = std::string("x");
  std::experimental::string_view view = "view";
  std::experimental::filesystem::path path("/tmp/x"), name("x");
  std::tr1::shared_ptr<int> shared(new int(3)), no_shared;
  std::tr1::weak_ptr<int> weak = shared;
  std::tr1::unordered_map<int, std::string> map;
  map[1] = "one";
  map[20] = "twenty";
  std::tr1::unordered_map<std::string, int> by_text;
  by_text["one"] = 1;
  std::tr1::unordered_set<int> set;
  set.insert(4);
  std::tr1::unordered_multimap<int, int> multi;
  multi.insert(std::make_pair(1, 2));
  multi.insert(std::make_pair(1, 2));
  std::tr1::unordered_multiset<int> no_set;
  __gnu_cxx::slist<int> list, no_list;
  list.push_front(3);
  list.push_front(2);
  __gnu_cxx::slist<int>::iterator iterator = list.begin();
  std::optional<std::vector<int>> numbers = std::vector<int>{1, 2};
  std::vector<int> &&moved = std::vector<int>{7};
  const std::type_info *type = &typeid(int);
  return *shared + (int)view.size() + *iterator + (type != nullptr) + (int)numbers->size() + moved[0]; // stop here
}
