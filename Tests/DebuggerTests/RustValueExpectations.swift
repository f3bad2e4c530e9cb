/// What `rusty.rs` shows, in the words of gdb 13 with the printers that rustc brings for it; and what these leave raw.
enum RustValueExpectations {
  static let numbers = [
    ("null", "(*mut u8) 0x0"),
    ("m", "7"),
    ("strs", "[\"a\", \"b\"]"),
    ("chars", "[97 'a', 98 'b']"),
    ("zeros", "[0 <repeats 300 times>]"),
    ("empty", "[]"),
    ("matrix", "[[1, 2], [3, 4], [5, 6]]"),
    ("array", "[1, 2, 3]"),
    ("nested", "((1, 2), (3, (4, 5)))"),
    ("tuple3", "(1, \"two\", 3)"),
    ("tuple1", "(1)"),
    ("unit", "()"),
    ("tab", "9 '\\t'"),
    ("emoji", "128512 '\\u{01f600}'"),
    ("accent", "233 '\\xe9'"),
    ("letter", "120 'x'"),
    ("yes", "true"),
    ("f64v", "0.10000000000000001"),
    ("f32v", "1.10000002"),
    ("usizev", "1"),
    ("isizev", "-1"),
    ("u128v", "340282366920938463463374607431768211455"),
    ("i128v", "-5"),
    ("u64v", "5"),
    ("i64v", "-5"),
    ("u32v", "4000000000"),
    ("i32v", "-70000"),
    ("u16v", "60000"),
    ("i16v", "-300"),
    ("u8v", "200"),
    ("i8v", "-8"),
  ]

  static let enums = [
    ("cow_owned", "alloc::borrow::Cow<str>::Owned(\"owned\")"),
    ("cow", "alloc::borrow::Cow<str>::Borrowed(\"cow\")"),
    ("either", "rusty::Either {i: 1065353216, f: 1}"),
    ("deep", "rusty::inner::Deep::One(rusty::inner::Nested {a: 4})"),
    ("ordering", "core::cmp::Ordering::Less"),
    ("err", "core::result::Result<i32, alloc::string::String>::Err(\"bad\")"),
    ("ok", "core::result::Result<i32, alloc::string::String>::Ok(3)"),
    ("some_unit", "core::option::Option<()>::Some(())"),
    (
      "deep_bool",
      """
      core::option::Option<core::option::Option<core::option::Option<bool>>>::Some(core::option::Option<co\
      re::option::Option<bool>>::Some(core::option::Option<bool>::None))
      """
    ),
    ("some_vec", "core::option::Option<alloc::vec::Vec<i32, alloc::alloc::Global>>::Some(Vec(size=1) = {1})"),
    ("some_str", "core::option::Option<&str>::Some(\"str\")"),
    ("none_nonzero", "core::option::Option<core::num::nonzero::NonZero<u32>>::None"),
    ("some_nonzero", "core::option::Option<core::num::nonzero::NonZero<u32>>::Some(4)"),
    ("nested_none", "core::option::Option<core::option::Option<u8>>::Some(core::option::Option<u8>::None)"),
    ("nested", "core::option::Option<core::option::Option<u8>>::Some(core::option::Option<u8>::Some(3))"),
    ("none_char", "core::option::Option<char>::None"),
    ("some_char", "core::option::Option<char>::Some(99 'c')"),
    ("none_bool", "core::option::Option<bool>::None"),
    ("some_bool", "core::option::Option<bool>::Some(true)"),
    ("none_string", "core::option::Option<alloc::string::String>::None"),
    ("some_string", "core::option::Option<alloc::string::String>::Some(\"s\")"),
    ("none_box", "core::option::Option<alloc::boxed::Box<i32, alloc::alloc::Global>>::None"),
    ("none_ref", "core::option::Option<&i32>::None"),
    ("none", "core::option::Option<i32>::None"),
    ("some", "core::option::Option<i32>::Some(5)"),
    ("zst", "rusty::Zst::B(())"),
    ("sole", "rusty::OneVariant::Sole(1, 2)"),
    ("never", "rusty::Big::Never"),
    ("big_text", "rusty::Big::Text(\"static\")"),
    ("large", "rusty::Big::Large([1, 2, 3, 4])"),
    ("small", "rusty::Big::Small(1)"),
    ("niche_nothing", "rusty::Niche::Nothing"),
    ("niche_number", "rusty::Niche::Number(6)"),
    ("niche_text", "rusty::Niche::Text(\"in niche\")"),
    ("tagged_b", "rusty::Tagged::B(2)"),
    ("tagged", "rusty::Tagged::A(9)"),
    ("single", "rusty::Single::Only"),
    ("plus", "rusty::Signed::Plus"),
    ("minus", "rusty::Signed::Minus"),
    ("green", "rusty::Colour::Green"),
    ("red", "rusty::Colour::Red"),
    ("shape_empty", "rusty::Shape::Empty"),
    ("rect", "rusty::Shape::Rect{w: 3, h: 4}"),
    ("circle", "rusty::Shape::Circle(1.5)"),
  ]

  static let structures = [
    ("phantom", "core::marker::PhantomData<i32>"),
    ("wrapping", "core::num::wrapping::Wrapping<i32> (5)"),
    ("duration", "core::time::Duration {secs: 1, nanos: core::num::niche_types::Nanoseconds (500000000)}"),
    ("full", "core::ops::range::RangeFull"),
    ("to", "core::ops::range::RangeTo<i32> {end: 3}"),
    ("from", "core::ops::range::RangeFrom<i32> {start: 2}"),
    ("inclusive", "core::ops::range::RangeInclusive<i32> {start: 1, end: 5, exhausted: false}"),
    ("range", "core::ops::range::Range<i32> {start: 1, end: 5}"),
    ("moved", "rusty::structures::{closure_env#3} {captured: 10}"),
    ("captured", "10"),
    ("nested", "rusty::inner::Nested {a: 1}"),
    ("dog", "rusty::Dog {name: \"rex\"}"),
    (
      "generic",
      """
      rusty::Generic<rusty::Point, 2> {slice: &[rusty::Point](size=2) = {rusty::Point {x: 1, y: 2}, rusty:\
      :Point {x: 3, y: 4}}, array: [rusty::Point {x: 1, y: 0}, rusty::Point {x: 2, y: 0}]}
      """
    ),
    ("points", "[rusty::Point {x: 1, y: 2}, rusty::Point {x: 3, y: 4}]"),
    ("newtype", "rusty::Newtype (6)"),
    ("wrapper", "rusty::Wrapper<rusty::Point> {inner: rusty::Point {x: 3, y: 4}}"),
    ("unit", "rusty::Unit"),
    ("pair", "rusty::Pair (1, 2.5)"),
    ("point", "rusty::Point {x: 1, y: 2}"),
  ]

  static let containers = [
    ("os_string", "\"os\""),
    ("nonzero", "11"),
    (
      "rc_cell",
      """
      Rc(strong=1, weak=0) = {value = RefCell(borrow=0) = {value = 3, borrow = 0}, strong = 1, weak = 0}
      """
    ),
    ("mut_cell", "RefCell(borrow_mut=1) = {value = 8, borrow = -1}"),
    ("borrowed_cell", "RefCell(borrow=1) = {value = 7, borrow = 1}"),
    ("ref_cell", "RefCell(borrow=0) = {value = Vec(size=2) = {1, 2}, borrow = 0}"),
    ("cell", "Cell = {value = 5}"),
    ("arc", "Arc(strong=1, weak=1) = {value = 5, strong = 1, weak = 1}"),
    ("rc2", "Rc(strong=2, weak=1) = {value = rusty::Point {x: 1, y: 2}, strong = 2, weak = 1}"),
    ("rc", "Rc(strong=2, weak=1) = {value = rusty::Point {x: 1, y: 2}, strong = 2, weak = 1}"),
    ("string_tree", "BTreeMap(size=1) = {[\"k\"] = \"v\"}"),
    ("tree_set", "BTreeSet(size=3) = {\"a\", \"b\", \"c\"}"),
    ("empty_tree", "BTreeMap(size=0)"),
    (
      "big_tree",
      """
      BTreeMap(size=200) = {[0] = rusty::Point {x: 0, y: 0}, [1] = rusty::Point {x: 1, y: -1}, [2] = rusty\
      ::Point {x: 2, y: -2}, [3] = rusty::Point {x: 3, y: -3}, [4] = rusty::Point {x: 4, y: -4}, [5] = rus\
      ty::Point {x: 5, y: -5}, [6] = rusty::Point {x: 6, y: -6}, [7] = rusty::Point {x: 7, y: -7}, [8] = r\
      usty::Point {x: 8, y: -8}, [9] = rusty::Point {x: 9, y: -9}, [10] = rusty::Point {x: 10, y: -10}, [1\
      1] = rusty::Point {x: 11, y: -11}, [12] = rusty::Point {x: 12, y: -12}, [13] = rusty::Point {x: 13\
      , y: -13}, [14] = rusty::Point {x: 14, y: -14}, [15] = rusty::Point {x: 15, y: -15}, [16] = rusty::P\
      oint {x: 16, y: -16}, [17] = rusty::Point {x: 17, y: -17}, [18] = rusty::Point {x: 18, y: -18}, [19\
      ] = rusty::Point {x: 19, y: -19}, [20] = rusty::Point {x: 20, y: -20}, [21] = rusty::Point {x: 21, y\
      : -21}, [22] = rusty::Point {x: 22, y: -22}, [23] = rusty::Point {x: 23, y: -23}, [24] = rusty::Poin\
      t {x: 24, y: -24}, [25] = rusty::Point {x: 25, y: -25}, [26] = rusty::Point {x: 26, y: -26}, [27\
      ] = rusty::Point {x: 27, y: -27}, [28] = rusty::Point {x: 28, y: -28}, [29] = rusty::Point {x: 29, y\
      : -29}, [30] = rusty::Point {x: 30, y: -30}, [31] = rusty::Point {x: 31, y: -31}, [32] = rusty::Poin\
      t {x: 32, y: -32}, [33] = rusty::Point {x: 33, y: -33}, [34] = rusty::Point {x: 34, y: -34}, [35\
      ] = rusty::Point {x: 35, y: -35}, [36] = rusty::Point {x: 36, y: -36}, [37] = rusty::Point {x: 37, y\
      : -37}, [38] = rusty::Point {x: 38, y: -38}, [39] = rusty::Point {x: 39, y: -39}, [40] = rusty::Poin\
      t {x: 40, y: -40}, [41] = rusty::Point {x: 41, y: -41}, [42] = rusty::Point {x: 42, y: -42}, [43\
      ] = rusty::Point {x: 43, y: -43}, [44] = rusty::Point {x: 44, y: -44}, [45] = rusty::Point {x: 45, y\
      : -45}, [46] = rusty::Point {x: 46, y: -46}, [47] = rusty::Point {x: 47, y: -47}, [48] = rusty::Poin\
      t {x: 48, y: -48}, [49] = rusty::Point {x: 49, y: -49}, [50] = rusty::Point {x: 50, y: -50}, [51\
      ] = rusty::Point {x: 51, y: -51}, [52] = rusty::Point {x: 52, y: -52}, [53] = rusty::Point {x: 53, y\
      : -53}, [54] = rusty::Point {x: 54, y: -54}, [55] = rusty::Point {x: 55, y: -55}, [56] = rusty::Poin\
      t {x: 56, y: -56}, [57] = rusty::Point {x: 57, y: -57}, [58] = rusty::Point {x: 58, y: -58}, [59\
      ] = rusty::Point {x: 59, y: -59}, [60] = rusty::Point {x: 60, y: -60}, [61] = rusty::Point {x: 61, y\
      : -61}, [62] = rusty::Point {x: 62, y: -62}, [63] = rusty::Point {x: 63, y: -63}, [64] = rusty::Poin\
      t {x: 64, y: -64}, [65] = rusty::Point {x: 65, y: -65}, [66] = rusty::Point {x: 66, y: -66}, [67\
      ] = rusty::Point {x: 67, y: -67}, [68] = rusty::Point {x: 68, y: -68}, [69] = rusty::Point {x: 69, y\
      : -69}, [70] = rusty::Point {x: 70, y: -70}, [71] = rusty::Point {x: 71, y: -71}, [72] = rusty::Poin\
      t {x: 72, y: -72}, [73] = rusty::Point {x: 73, y: -73}, [74] = rusty::Point {x: 74, y: -74}, [75\
      ] = rusty::Point {x: 75, y: -75}, [76] = rusty::Point {x: 76, y: -76}, [77] = rusty::Point {x: 77, y\
      : -77}, [78] = rusty::Point {x: 78, y: -78}, [79] = rusty::Point {x: 79, y: -79}, [80] = rusty::Poin\
      t {x: 80, y: -80}, [81] = rusty::Point {x: 81, y: -81}, [82] = rusty::Point {x: 82, y: -82}, [83\
      ] = rusty::Point {x: 83, y: -83}, [84] = rusty::Point {x: 84, y: -84}, [85] = rusty::Point {x: 85, y\
      : -85}, [86] = rusty::Point {x: 86, y: -86}, [87] = rusty::Point {x: 87, y: -87}, [88] = rusty::Poin\
      t {x: 88, y: -88}, [89] = rusty::Point {x: 89, y: -89}, [90] = rusty::Point {x: 90, y: -90}, [91\
      ] = rusty::Point {x: 91, y: -91}, [92] = rusty::Point {x: 92, y: -92}, [93] = rusty::Point {x: 93, y\
      : -93}, [94] = rusty::Point {x: 94, y: -94}, [95] = rusty::Point {x: 95, y: -95}, [96] = rusty::Poin\
      t {x: 96, y: -96}, [97] = rusty::Point {x: 97, y: -97}, [98] = rusty::Point {x: 98, y: -98}, [99\
      ] = rusty::Point {x: 99, y: -99}...}
      """
    ),
    ("tree_map", "BTreeMap(size=5) = {[0] = 0, [1] = 10, [2] = 20, [3] = 30, [4] = 40}"),
    ("empty_set", "HashSet(size=0)"),
    ("hash_set", "HashSet(size=1) = {5}"),
    ("string_map", "HashMap(size=1) = {[\"k\"] = Vec(size=2) = {1, 2}}"),
    ("empty_map", "HashMap(size=0)"),
    ("hash_map", "HashMap(size=1) = {[\"key\"] = 1}"),
    ("empty_deque", "VecDeque(size=0)"),
    ("deque", "VecDeque(size=4) = {2, 3, 4, 5}"),
    ("empty_slice", "&[i32](size=0)"),
    ("byte_slice", "&[u8](size=5) = {98, 121, 116, 101, 115}"),
    ("str_slice", "&[&str](size=2) = {\"x\", \"y\"}"),
    ("mut_slice", "&mut [i32](size=2) = {1, 2}"),
    ("array", "[1, 2, 3]"),
    ("slice", "&[i32](size=2) = {2, 3}"),
    ("options", "Vec(size=2) = {core::option::Option<i32>::Some(1), core::option::Option<i32>::None}"),
    (
      "same",
      """
      Vec(size=300) = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7\
      , 7, 7, 7, 7, 7, 7, 7...}
      """
    ),
    (
      "long_vector",
      """
      Vec(size=300) = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 2\
      3, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 4\
      8, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 7\
      3, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 9\
      8, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118\
      , 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138\
      , 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158\
      , 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178\
      , 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196, 197, 198\
      , 199...}
      """
    ),
    ("vec_points", "Vec(size=1) = {rusty::Point {x: 1, y: 2}}"),
    ("tuples", "Vec(size=2) = {(1, \"a\"), (2, \"b\")}"),
    ("vv", "Vec(size=2) = {Vec(size=1) = {1}, Vec(size=2) = {2, 3}}"),
    ("strings", "Vec(size=2) = {\"one\", \"two\"}"),
    ("empty_vector", "Vec(size=0)"),
    ("vector", "Vec(size=3) = {1, 2, 3}"),
    (
      "mixed",
      """
      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu\
      vwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopq\
      r"...
      """
    ),
    ("long", "'x' <repeats 200 times>..."),
    ("control", "\"tab\\t\\\"quote\\\" \\033\""),
    ("empty_text", "\"\""),
    ("text", "\"literal\""),
    ("empty_string", "\"\""),
    ("string", "\"owned é\""),
  ]

  /// Of the standard library, what those printers do not know.
  static let others = [
    ("c_string", "\"c string\""),
    ("path", "\"/etc/passwd\""),
    ("path_buf", "\"/tmp/file\""),
    ("atomic", "-4"),
    ("atomic_bool", "true"),
    ("atomic_u64", "1099511627776"),
    ("once", "OnceCell(uninitialized)"),
    ("shared", "Arc(strong=1, weak=0) = {value = Mutex = {value = Vec(size=1) = {1}}, strong = 1, weak = 0}"),
    ("rw_lock", "RwLock = {value = rusty::Point {x: 3, y: 4}}"),
    ("guard", "MutexGuard = {*value = \"locked\"}"),
    ("locked", "Mutex(locked) = {value = \"locked\"}"),
    ("mutex", "Mutex = {value = 9}"),
    ("borrow", "Ref(borrow=1) = {*value = 7, borrow = 1}"),
    ("mut_borrow", "Ref(borrow_mut=1) = {*value = 8, borrow = -1}"),
    ("dead_weak", "Weak(dangling)"),
    ("arc_slice", "Arc(strong=1, weak=0) = {value = [1, 2, 3], strong = 1, weak = 0}"),
    ("rc_str", "Rc(strong=1, weak=0) = {value = \"rc str\", strong = 1, weak = 0}"),
    ("arc_weak", "Weak(strong=1, weak=1) = {value = 5, strong = 1, weak = 1}"),
    ("weak", "Weak(strong=2, weak=1) = {value = rusty::Point {x: 1, y: 2}, strong = 2, weak = 1}"),
    ("linked", "LinkedList(size=2) = {1, 2}"),
    ("heap", "BinaryHeap(size=3) = {5, 1, 2}"),
    ("units", "Vec(size=2) = {(), ()}"),
  ]

  /// Pointers that come with a length or a table of methods.
  static let widePointers = [
    ("box_str", "\"boxed\""),
    ("box_slice", "alloc::boxed::Box<[i32], alloc::alloc::Global>(size=2) = {1, 2}"),
    ("dyn_ref", "&dyn rusty::Animal = {*value = rusty::Dog {name: \"rex\"}}"),
    ("dyn_box", "alloc::boxed::Box<dyn rusty::Animal, alloc::alloc::Global> = {*value = rusty::Dog {name: \"max\"}}"),
    ("rc_dyn", "Rc(strong=1, weak=0) = {value = rusty::Dog {name: \"rc\"}, strong = 1, weak = 0}"),
  ]
}
