// Values of every kind that Swift has, for the tests of values.
struct Point { var x: Int; var y: Int }
struct Mixed { var a: Int8; var b: Double; var c: Bool; var d: Int32; var name: String }
class Animal { var legs = 4; var name: String; init(name: String) { self.name = name } }
class Dog: Animal { var good = true; var tag: Int? = 7 }
enum Colour { case red, green, blue }
enum Shape { case circle(Double), rect(Int, Int), empty }
enum Raw: Int { case one = 1, two }
indirect enum Tree { case leaf(Int), node(Tree, Tree) }
struct Generic<T> { var item: T; var count: Int }
protocol Drawable { func draw() }
extension Point: Drawable { func draw() {} }
@inline(never) func use<T>(_ value: T) { withUnsafePointer(to: value) { _ in } }
@inline(never) func numbers() {
  let i8: Int8 = -8, u8: UInt8 = 200, i16: Int16 = -300, u16: UInt16 = 60000, i32: Int32 = -70000, u32: UInt32 = 4000000000
  let i64: Int64 = -5, u64: UInt64 = 5, int = -42, uint: UInt = 42, f = Float(1.5), d = 0.1, yes = true, no = false, c: Character = "é"
  let tuple = (1, "two", 3.0), unit: Void = (), pointer = UnsafeRawPointer(bitPattern: 0x1000), named = (first: 1, second: 2)
  use(i8); use(u8); use(i16); use(u16); use(i32); use(u32); use(i64); use(u64); use(int); use(uint); use(f); use(d); use(yes); use(no); use(c); use(tuple); use(unit); use(pointer); use(named)
  print("in numbers") // in numbers
}
@inline(never) func strings() {
  let empty = "", small = "small", fifteen = "fifteen chars!!", literal = "a literal that is longer than fifteen", accents = "é😀", control = "tab\t\"q\" \u{1b}"
  let heap = String(repeating: "x", count: 300), native = small + " and " + literal, sub = literal.dropFirst(2)
  use(empty); use(small); use(fifteen); use(literal); use(accents); use(control); use(heap); use(native); use(sub)
  print("in strings") // in strings
}
@inline(never) func containers() {
  let array = [1, 2, 3], none: [Int] = [], words = ["a", "b"], nested = [[1], [2, 3]], points = [Point(x: 1, y: 2)], doubles = [0.5, 0.25], bytes: [UInt8] = [1, 2, 255], long = Array(0..<300), slice = array[1...]
  let dictionary = ["one": 1], numbers = [1: "one"], emptyDictionary: [String: Int] = [:], set: Set<Int> = [5], emptySet: Set<String> = [], big = Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, $0 * $0) })
  let range = 1..<5, closed = 1...5, bools = [true, false], dogs = [Dog(name: "rex")], contiguous: ContiguousArray<Int> = [4, 5], optionals: [Int?] = [1, nil]
  use(array); use(none); use(words); use(nested); use(points); use(doubles); use(bytes); use(long); use(slice); use(dictionary); use(numbers); use(emptyDictionary); use(set); use(emptySet); use(big); use(range); use(closed); use(bools); use(dogs); use(contiguous); use(optionals)
  print("in containers") // in containers
}
@inline(never) func types(argument: Int, text: String) {
  let point = Point(x: 1, y: 2), mixed = Mixed(a: 1, b: 2.5, c: true, d: 4, name: "mixed"), dog = Dog(name: "rex"), animal: Animal = dog
  let red = Colour.red, green = Colour.green, circle = Shape.circle(1.5), rect = Shape.rect(3, 4), shapeless = Shape.empty, raw = Raw.two, tree = Tree.node(.leaf(1), .leaf(2))
  let some: Int? = 5, none: Int? = nil, someString: String? = "s", noneString: String? = nil, someDog: Dog? = dog, noDog: Dog? = nil, somePoint: Point? = point, double: Int?? = .some(nil), someBool: Bool? = true
  let generic = Generic(item: 5, count: 2), genericText = Generic(item: "t", count: 3), closure = { (a: Int) in a + argument }, any: Any = 5, drawable: any Drawable = point, result: Result<Int, Never> = .success(3)
  use(point); use(mixed); use(dog); use(animal); use(red); use(green); use(circle); use(rect); use(shapeless); use(raw); use(tree); use(some); use(none); use(someString); use(noneString); use(someDog); use(noDog); use(somePoint); use(double); use(someBool); use(generic); use(genericText); use(closure); use(any); use(drawable); use(result)
  print("in types") // in types
}
@inline(never) func live(array: [Int], text: String, dictionary: [String: Int], set: Set<Int>, dog: Dog, long: String) {
  print("in live") // in live
  print(array, text, dictionary, set, dog.name, long)
}
var global = 7
let constant = "constant"
numbers(); strings(); containers(); types(argument: 3, text: "text")
live(array: [global, 8], text: "small", dictionary: ["one": global], set: [global], dog: Dog(name: "rex"), long: constant + " and more than that")
print(global, constant)
