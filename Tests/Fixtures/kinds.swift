// Values of every kind that Swift has, for the tests of values.
struct Point {
  var x: Int
  var y: Int
}
struct Mixed {
  var a: Int8
  var b: Double
  var c: Bool
  var d: Int32
  var name: String
}
class Animal {
  var legs = 4
  var name: String
  init(name: String) { self.name = name }
  @inline(never) func walk(more: Int) {
    print(legs, more, name)  // in method
  }
}
class Dog: Animal {
  var good = true
  var tag: Int? = 7
}
enum Colour { case red, green, blue }
enum Shape {
  case circle(Double)
  case rect(Int, Int)
  case empty
}
enum Raw: Int {
  case one = 1
  case two
}
indirect enum Tree {
  case leaf(Int)
  case node(Tree, Tree)
}
struct Generic<T> {
  var item: T
  var count: Int
}
protocol Drawable { func draw() }
extension Point: Drawable { func draw() {} }
@inline(never) func use<T>(_ value: T) { withUnsafePointer(to: value) { _ in } }
@inline(never) func unknowns() {
  let anything: [Any] = [1, "x"]
  let byName: [String: Any] = ["one": 1]
  print(anything, byName)  // in unknowns
}
@inline(never) func numbers() {
  let i8: Int8 = -8
  let u8: UInt8 = 200
  let i16: Int16 = -300
  let u16: UInt16 = 60000
  let i32: Int32 = -70000
  let u32: UInt32 = 4_000_000_000
  let i64: Int64 = -5
  let u64: UInt64 = 5
  let int = -42
  let uint: UInt = 42
  let f = Float(1.5)
  let d = 0.1
  let yes = true
  let no = false
  let c: Character = "é"
  let tuple = (1, "two", 3.0)
  let unit: Void = ()
  let pointer = UnsafeRawPointer(bitPattern: 0x1000)
  let named = (first: 1, second: 2)
  use(i8)
  use(u8)
  use(i16)
  use(u16)
  use(i32)
  use(u32)
  use(i64)
  use(u64)
  use(int)
  use(uint)
  use(f)
  use(d)
  use(yes)
  use(no)
  use(c)
  use(tuple)
  use(unit)
  use(pointer)
  use(named)
  print("in numbers")  // in numbers
}
@inline(never) func strings() {
  let empty = ""
  let small = "small"
  let fifteen = "fifteen chars!!"
  let literal = "a literal that is longer than fifteen"
  let accents = "é😀"
  let control = "tab\t\"q\" \u{1b}"
  let heap = String(repeating: "x", count: 300)
  let native = small + " and " + literal
  let sub = literal.dropFirst(2)
  use(empty)
  use(small)
  use(fifteen)
  use(literal)
  use(accents)
  use(control)
  use(heap)
  use(native)
  use(sub)
  print("in strings")  // in strings
}
@inline(never) func containers() {
  let array = [1, 2, 3]
  let none: [Int] = []
  let words = ["a", "b"]
  let nested = [[1], [2, 3]]
  let points = [Point(x: 1, y: 2)]
  let doubles = [0.5, 0.25]
  let bytes: [UInt8] = [1, 2, 255]
  let long = Array(0..<300)
  let slice = array[1...]
  let dictionary = ["one": 1]
  let numbers = [1: "one"]
  let emptyDictionary: [String: Int] = [:]
  let set: Set<Int> = [5]
  let emptySet: Set<String> = []
  let big = Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, $0 * $0) })
  let range = 1..<5
  let closed = 1...5
  let bools = [true, false]
  let dogs = [Dog(name: "rex")]
  let contiguous: ContiguousArray<Int> = [4, 5]
  let optionals: [Int?] = [1, nil]
  use(array)
  use(none)
  use(words)
  use(nested)
  use(points)
  use(doubles)
  use(bytes)
  use(long)
  use(slice)
  use(dictionary)
  use(numbers)
  use(emptyDictionary)
  use(set)
  use(emptySet)
  use(big)
  use(range)
  use(closed)
  use(bools)
  use(dogs)
  use(contiguous)
  use(optionals)
  print("in containers")  // in containers
}
@inline(never) func types(argument: Int, text: String) {
  let point = Point(x: 1, y: 2)
  let mixed = Mixed(a: 1, b: 2.5, c: true, d: 4, name: "mixed")
  let dog = Dog(name: "rex")
  let animal: Animal = dog
  let red = Colour.red
  let green = Colour.green
  let circle = Shape.circle(1.5)
  let rect = Shape.rect(3, 4)
  let shapeless = Shape.empty
  let raw = Raw.two
  let tree = Tree.node(.leaf(1), .leaf(2))
  let some: Int? = 5
  let none: Int? = nil
  let someString: String? = "s"
  let noneString: String? = nil
  let someDog: Dog? = dog
  let noDog: Dog? = nil
  let somePoint: Point? = point
  let double: Int?? = .some(nil)
  let someBool: Bool? = true
  let generic = Generic(item: 5, count: 2)
  let genericText = Generic(item: "t", count: 3)
  let closure = { (a: Int) in a + argument }
  let any: Any = 5
  let drawable: any Drawable = point
  let result: Result<Int, Never> = .success(3)
  use(point)
  use(mixed)
  use(dog)
  use(animal)
  use(red)
  use(green)
  use(circle)
  use(rect)
  use(shapeless)
  use(raw)
  use(tree)
  use(some)
  use(none)
  use(someString)
  use(noneString)
  use(someDog)
  use(noDog)
  use(somePoint)
  use(double)
  use(someBool)
  use(generic)
  use(genericText)
  use(closure)
  use(any)
  use(drawable)
  use(result)
  dog.walk(more: 3)
  print("in types")  // in types
}
@inline(never) func live(array: [Int], text: String, dictionary: [String: Int], set: Set<Int>, dog: Dog, long: String) {
  print("in live")  // in live
  print(array, text, dictionary, set, dog.name, long)
}
var global = 7
let constant = "constant"
unknowns()
numbers()
strings()
containers()
types(argument: 3, text: "text")
live(
  array: [global, 8], text: "small", dictionary: ["one": global], set: [global], dog: Dog(name: "rex"),
  long: constant + " and more than that")
print(global, constant)
