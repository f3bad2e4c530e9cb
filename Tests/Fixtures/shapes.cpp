// Classes, overloads, namespaces, references and containers.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace geometry {

struct Size {
  double width = 0;
  double height = 0;
};

class Shape {
 public:
  explicit Shape(std::string name) : name_(std::move(name)) {}
  virtual ~Shape() = default;
  virtual double area() const = 0;
  const std::string &name() const { return name_; }

 private:
  std::string name_;
};

class Rectangle : public Shape {
 public:
  explicit Rectangle(Size size) : Shape("rectangle"), size_(size) {}
  double area() const override { return size_.width * size_.height; }
  void scale(double factor) {
    size_.width *= factor;
    size_.height *= factor;
  }
  void scale(double horizontal, double vertical) {
    size_.width *= horizontal;
    size_.height *= vertical;
  }

 private:
  Size size_;
};

}  // namespace geometry

static double total(const std::vector<std::unique_ptr<geometry::Shape>> &shapes) {
  double sum = 0;
  for (const auto &shape : shapes) {
    sum += shape->area();
  }
  return sum;
}

int main() {
  std::vector<std::unique_ptr<geometry::Shape>> shapes;
  std::map<std::string, int> counts;
  for (int i = 1; i <= 3; i++) {
    auto rectangle = std::make_unique<geometry::Rectangle>(geometry::Size{1.5 * i, 2.0});
    rectangle->scale(2);
    rectangle->scale(1, 0.5);
    counts[rectangle->name()]++;
    shapes.push_back(std::move(rectangle));
  }
  double sum = total(shapes);
  std::cout << "area " << sum << " of " << counts["rectangle"] << std::endl;
  return 0;
}
