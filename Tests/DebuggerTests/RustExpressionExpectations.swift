/// What Rust's own expressions come to in `values.rs`, in the words of gdb 13; the slices that gdb has no name for
/// (`&[*gdb*]`) have that of the language.
enum RustExpressionExpectations {
  static let values = [
    // Conversions bind less than signs and more than arithmetic.
    ("number as u8", "5"), ("byte as i8", "-56"), ("-1i32 as u32", "4294967295"), ("real as i32", "2"),
    ("letter as u32", "233"), ("65u8 as char", "65 'A'"), ("5 as bool", "true"), ("number as u64 + 1", "6"),
    ("*(pointer as *const u8)", "5"),
    // Literals.
    ("1_000u64", "1000"), ("0xff_u8", "255"), ("0b1010_1010", "170"), ("0o17", "15"), ("1_000.5f32", "1000.5"),
    ("300u8", "44"), ("1e3", "1000"), ("3f64", "3"), ("'a'", "97 'a'"), ("b'a'", "97"),
    (##"r#"ab"c"#"##, ##""ab\"c""##),
    ("5q", "Invalid number \"5q\"."), ("99999999999999999999", "Integer literal is too large"),
    ("[1, 2, 3]", "[1, 2, 3]"), ("[1; 3]", "[1, 1, 1]"), ("()", "()"), ("true", "true"), ("!true", "false"),
    ("!number", "-6"), ("6 & 4 == 4", "true"), ("sizeof(i32)", "4"), ("sizeof(values::Point)", "8"),
    // Paths.
    ("values::Colour::Green", "values::Colour::Green"), ("green == values::Colour::Green", "true"),
    // Methods, by the path of the type.
    ("point.sum(4)", "7"), ("(&point).sum(4)", "7"), ("nested.0.sum(0)", "11"), ("point.taken()", "1"),
    ("point.nosuch()", "Could not find function named 'values::Point::nosuch'"),
    ("point.x()", "Invalid data type for function to be called."), ("values::main::MARK", "3"),
    // Fields of structures, tuples and variants.
    ("nested.0.x", "5"), ("nested.1[0]", "true"), ("tuple.0", "1"), ("circle.0", "1.5"), ("rect.w", "3"),
    ("some.0", "5"), ("result.0", "3"), ("*some_box.0", "9"),
    ("rect.0", "Variant values::Shape::Rect is not a tuple variant"),
    ("empty.0", "Cannot access field 0 of variant values::Shape::Empty, there are only 0 fields"),
    ("pair.5", "Cannot access field 5 of values::Pair, there are only 2 fields"),
    ("tuple.7", "Cannot access field 7 of (i32, &str, f64), there are only 3 fields"),
    (
      "point.0",
      "Attempting to access anonymous field 0 of values::Point, which is not a tuple, tuple struct, or tuple-like variant"
    ),
    (
      "circle.x",
      "Attempting to access named field x of tuple variant values::Shape::Circle, which has only anonymous fields"
    ),
    ("rect.z", "Could not find field z of struct variant values::Shape::Rect"),
    ("number.0", "Anonymous field access is only allowed on tuples, tuple structs, and tuple-like enum variants"),
    // Elements and slices.
    ("slice[0]", "2"), ("text[0]", "104"), ("vector[2]", "3"), ("array[5]", "Index greater than length"),
    ("vector[3]", "Index greater than length"), ("array[-1]", "Index less than zero"),
    ("number[0]", "Cannot subscript non-array type"),
    ("&array[1..3]", "&[i32](size=2) = {2, 3}"), ("&array[..2]", "&[i32](size=2) = {1, 2}"),
    ("&array[1..=2]", "&[i32](size=2) = {2, 3}"), ("&array[..]", "&[i32](size=3) = {1, 2, 3}"),
    ("&slice[0..1]", "&[i32](size=1) = {2}"), ("&vector[1..]", "&[i32](size=2) = {2, 3}"),
    ("&text[1..3]", "\"el\""), ("&string[1..3]", "\"wn\""), ("array[1..3]", "[2, 3]"), ("points[1..2][0].x", "3"),
    ("&array[5..7]", "Index greater than length"), ("&array[2..1]", "Low index greater than high index"),
    // What is assigned has no value.
    ("number = 6", "()"), ("number += 2", "()"), ("number", "8"),
    // Structures, variants, tuples and ranges, spelled out.
    ("values::Point {x: 1, y: 2}", "values::Point {x: 1, y: 2}"), ("Point {x: 7, ..point}.y", "2"),
    ("Point {x: number as i32, y: -1}", "values::Point {x: 8, y: -1}"), ("Pair(3, 4.5)", "values::Pair (3, 4.5)"),
    ("Point {z: 1}", "Could not find field 'z' in values::Point"), ("values::Unit", "values::Unit"),
    ("Point {x: 1, ..tuple}", "The rest of a structure has to be of its own type."),
    ("Shape::Circle(2.5)", "values::Shape::Circle(2.5)"), ("Shape::Empty", "values::Shape::Empty"),
    ("Shape::Rect {w: 1, h: 2}", "values::Shape::Rect{w: 1, h: 2}"), ("Option<i32>::Some(8).0", "8"),
    ("Option<i32>::None", "core::option::Option<i32>::None"),
    ("Some(8)", "Which type's variant Some is has to be said, as in Option<i32>::Some(3)."),
    ("(1, true)", "(1, true)"), ("((1, 2), 3).0.1", "2"), ("(1 + 2) * 3", "9"),
    ("1..3", "std::ops::Range {start: 1, end: 3}"), ("1..=number", "std::ops::RangeInclusive {start: 1, end: 8}"),
    ("..", "std::ops::RangeFull"), ("..3", "std::ops::RangeTo {end: 3}"),
    ("..=3", "std::ops::RangeToInclusive {end: 3}"),
    ("3..", "std::ops::RangeFrom {start: 3}"), ("1..2u8", "Range expression with different types"),
    ("self::Colour::Green", "values::Colour::Green"), ("super::Colour::Red", "Too many super:: uses from 'values'"),
    ("point = Point {x: 5, ..point}", "()"), ("point", "values::Point {x: 5, y: 2}"),
    ("circle = Shape::Rect {w: 1, h: 2}", "()"), ("circle", "values::Shape::Rect{w: 1, h: 2}"),
    ("some = Option<i32>::None", "()"), ("some", "core::option::Option<i32>::None"),
    // The compiler has the array before the structure, or not, as it likes.
    ("nested = (Point {x: 8, y: 9}, [false, true])", "()"), ("nested", "(values::Point {x: 8, y: 9}, [false, true])"),
  ]

  static let types = [
    ("5u8", "u8"), ("5usize", "usize"), ("1_000", "i32"), ("3000000000", "i64"), ("3.5", "f64"), ("'a'", "char"),
    ("b'a'", "u8"), ("number as u64", "u64"), ("&number", "*mut i32"), ("number as *const u8", "*mut u8"),
    ("&array[1..]", "&[i32]"), ("[1, 2] as [i32; 2]", "[i32; 2]"),
    ("[i32; 4]", "[i32; 4]"), ("&str", "&str"), ("*mut u8", "*mut u8"), ("(i32, bool)", "(i32, bool)"),
    ("Point", "values::Point"), ("values::main", "fn ()"), ("&values::main", "*mut fn ()"),
    ("fn(i32) -> bool", "*mut fn (i32) -> bool"), ("Shape::Empty", "values::Shape"), ("1..3", "std::ops::Range"),
  ]
}
