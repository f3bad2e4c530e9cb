/// What expressions of `values.rs` are, in the words of gdb 13.
enum RustExpectations {
  static let values = [
    ("letter", "233 '\\xe9'"),
    ("point", "values::Point {x: 1, y: 2}"),
    ("pair", "values::Pair (1, 2.5)"),
    ("unit", "values::Unit"),
    ("tuple", "(1, \"two\", 3)"),
    ("nothing", "()"),
    ("circle", "values::Shape::Circle(1.5)"),
    ("rect", "values::Shape::Rect{w: 3, h: 4}"),
    ("empty", "values::Shape::Empty"),
    ("green", "values::Colour::Green"),
    ("some", "core::option::Option<i32>::Some(5)"),
    ("none", "core::option::Option<i32>::None"),
    ("array", "[1, 2, 3]"),
    ("slice", "&[i32](size=2) = {2, 3}"),
    ("text", "\"hello\""),
    ("result", "core::result::Result<i32, alloc::string::String>::Ok(3)"),
    ("no_box", "core::option::Option<alloc::boxed::Box<i32, alloc::alloc::Global>>::None"),
    ("nested", "(values::Point {x: 5, y: 6}, [true, false])"),
    ("zeros", "[0 <repeats 20 times>]"),
    ("points", "[values::Point {x: 1, y: 2}, values::Point {x: 3, y: 4}]"),
    ("point.x", "1"),
    ("tuple.1", "\"two\""),
    ("pair.0", "1"),
  ]

  static let types = [
    ("number", "i32"),
    ("point", "values::Point"),
    ("tuple", "(i32, &str, f64)"),
    ("boxed", "*mut i32"),
    ("array", "[i32; 3]"),
    ("slice", "&[i32]"),
    ("function", "*mut fn (*mut i32)"),
    ("bytes", "*mut [u8; 4]"),
    ("points", "[values::Point; 2]"),
    ("some", "core::option::Option<i32>"),
  ]

  static let bodies = [
    (
      "point",
      """
      struct values::Point {
        x: i32,
        y: i32,
      }
      """
    ),
    (
      "pair",
      """
      struct values::Pair (
        i32,
        f64,
      )
      """
    ),
    (
      "circle",
      """
      enum values::Shape {
        Circle(f64),
        Rect{w: i32, h: i32},
        Empty,
      }
      """
    ),
    ("tuple", "(i32, &str, f64)"),
    (
      "green",
      """
      enum values::Colour {
        Red,
        Green,
      }
      """
    ),
  ]
}
