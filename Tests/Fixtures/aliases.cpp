// What `ptype` makes of template parameters, typedefs and layouts of classes; nothing of it has to run.
struct Colour { int red; };
template <typename Element> struct Base {
  typedef Element *pointer;
};
template <typename Element, typename Shade = Colour> class Row : Base<Element> {
 public:
  typedef Shade shade_type;
  struct Cell {
    Element content;
    enum Kind { full, empty } kind;
  };
  Row() = default;
  explicit Row(Element first) : first(first) {}
  operator bool() const { return length != 0; }
  Element *begin() { return &first; }
  const shade_type &shade() const { return colour; }
  template <typename Other> Other as(int) { return Other(first); }
  typename Base<Element>::pointer next = nullptr;

 private:
  Element first{};
  Shade colour{};
  int length = 0;
  Cell cell{};
};
struct Root { virtual ~Root() {} int root = 1; };
struct Left : virtual Root { char left = 2; };
class Leaf : public Left {
 public:
  Leaf(int value, ...) : value(value) {}
  static constexpr int limit = 5;
  unsigned low : 3, high : 7;
  int value;
  union { long whole; struct { char a; short b; } halves; };
  void (*handler)(const char *, ...) = nullptr;
};

int main() {
  Row<int> numbers(3);
  Row<Colour *> colours;
  Leaf leaf(4);
  const char *const names[] = {"a"};
  numbers.as<double>(1);
  return bool(numbers) + *numbers.begin() + !colours.begin() + leaf.value + *names[0] + numbers.shade().red;
}
