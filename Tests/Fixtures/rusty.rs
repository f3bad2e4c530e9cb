// Values of every kind that Rust has, for the tests of values.
#![allow(dead_code, unused_variables)]
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{CString, OsString};
use std::hint::black_box;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Point { x: i32, y: i32 }
struct Pair(i32, f64);
struct Unit;
struct Wrapper<T> { inner: T }
struct Newtype(u32);
enum Shape { Circle(f64), Rect { w: i32, h: i32 }, Empty }
#[derive(Clone, Copy)] enum Colour { Red, Green = 5, Blue }
#[derive(Clone, Copy)] #[repr(i8)] enum Signed { Minus = -2, Plus = 3 }
#[repr(u8)] enum Single { Only = 7 }
#[repr(C, u8)] enum Tagged { A(u32), B(u8) }
enum Niche { Text(String), Number(u32), Nothing }
enum Big { Small(u8), Large([u64; 4]), Text(&'static str), Never }
enum OneVariant { Sole(i32, i32) }
enum Zst { A, B(()) }
union Either { i: u32, f: f32 }
struct Generic<'a, T, const N: usize> { slice: &'a [T], array: [T; N] }
trait Animal { fn legs(&self) -> u32; }
struct Dog { name: String }
impl Animal for Dog { fn legs(&self) -> u32 { 4 } }
struct Tree { value: i32, left: Option<Box<Tree>>, right: Option<Box<Tree>> }
mod inner { pub struct Nested { pub a: u8 } pub enum Deep { One(Nested), Two } pub static COUNT: i32 = 12; }
static GREETING: &str = "hello static";
static mut COUNTER: u32 = 3;
const LIMIT: usize = 3;

#[inline(never)] fn stop() { black_box(0); }
#[inline(never)] fn numbers() {
    let i8v = -8i8; let u8v = 200u8; let i16v = -300i16; let u16v = 60000u16; let i32v = -70000i32; let u32v = 4000000000u32; let i64v = -5i64; let u64v = 5u64; let i128v = -5i128; let u128v = u128::MAX; let isizev = -1isize; let usizev = 1usize;
    let f32v = 1.1f32; let f64v = 0.1f64; let yes = true; let letter = 'x'; let accent = 'é'; let emoji = '😀'; let tab = '\t'; let unit = (); let never: Option<std::convert::Infallible> = None;
    let tuple1 = (1,); let tuple3 = (1u8, "two", 3.0f32); let nested = ((1, 2), (3, (4, 5))); let array = [1, 2, 3]; let matrix = [[1, 2], [3, 4], [5, 6]]; let empty: [i32; 0] = []; let zeros = [0u8; 300]; let bytes = b"raw\n"; let chars = ['a', 'b']; let strs = ["a", "b"];
    let pointer = &i32v as *const i32; let mut m = 7; let mut_pointer = &mut m as *mut i32; let null: *const u8 = std::ptr::null(); let reference = &array; let refref = &reference; let function: fn() = stop;
    black_box((&i8v, &u8v, &i16v, &u16v, &i32v, &u32v, &i64v, &u64v, &i128v, &u128v, &isizev, &usizev, )); black_box((&f32v, &f64v, &yes, &letter, &accent, &emoji, &tab, &unit, &never)); black_box((&tuple1, &tuple3, &nested, &array, &matrix, &empty, &zeros, &bytes, &chars, &strs)); black_box((&pointer, &mut_pointer, &null, &reference, &refref, &function));
    stop(); // in numbers
    black_box(&m);
}
#[inline(never)] fn enums() {
    let circle = Shape::Circle(1.5); let rect = Shape::Rect { w: 3, h: 4 }; let shape_empty = Shape::Empty; let red = Colour::Red; let green = Colour::Green; let minus = Signed::Minus; let plus = Signed::Plus; let single = Single::Only; let tagged = Tagged::A(9); let tagged_b = Tagged::B(2);
    let niche_text = Niche::Text(String::from("in niche")); let niche_number = Niche::Number(6); let niche_nothing = Niche::Nothing; let small = Big::Small(1); let large = Big::Large([1, 2, 3, 4]); let big_text = Big::Text("static"); let never = Big::Never; let sole = OneVariant::Sole(1, 2); let zst = Zst::B(());
    let some = Some(5); let none: Option<i32> = None; let some_ref = Some(&some); let none_ref: Option<&i32> = None; let some_box = Some(Box::new(9)); let none_box: Option<Box<i32>> = None; let some_string = Some(String::from("s")); let none_string: Option<String> = None; let some_bool = Some(true); let none_bool: Option<bool> = None; let some_char = Some('c'); let none_char: Option<char> = None; let nested = Some(Some(3u8)); let nested_none: Option<Option<u8>> = Some(None); let some_nonzero = NonZeroU32::new(4); let none_nonzero = NonZeroU32::new(0); let some_str = Some("str"); let some_vec = Some(vec![1]); let deep_bool: Option<Option<Option<bool>>> = Some(Some(None)); let some_unit = Some(()); let some_u128 = Some(1u128);
    let ok: Result<i32, String> = Ok(3); let err: Result<i32, String> = Err(String::from("bad")); let ok_unit: Result<(), std::fmt::Error> = Ok(()); let parsed = "x".parse::<i32>(); let io: Result<u32, std::io::Error> = Err(std::io::Error::from_raw_os_error(2)); let ordering = 1.cmp(&2); let deep = inner::Deep::One(inner::Nested { a: 4 }); let either = Either { f: 1.0 }; let cow: std::borrow::Cow<str> = "cow".into(); let cow_owned: std::borrow::Cow<str> = String::from("owned").into();
    black_box((&circle, &rect, &shape_empty, &red, &green, &minus, &plus, &single, &tagged, &tagged_b)); black_box((&niche_text, &niche_number, &niche_nothing, &small, &large, &big_text, &never, &sole, &zst)); black_box((&none, &some_ref, &none_ref, &some_box, &none_box, &some_string, &none_string, &some_bool, &none_bool, &some_char, &none_char, )); black_box((&nested, &nested_none, &some_nonzero, &none_nonzero, &some_str, &some_vec, &deep_bool, &some_unit, &some_u128)); black_box((&ok, &err, &ok_unit, &parsed, &io, &ordering, &deep, &either, &cow, &cow_owned)); black_box(&some);
    stop(); // in enums
}
#[inline(never)] fn structures() {
    let point = Point { x: 1, y: 2 }; let pair = Pair(1, 2.5); let unit = Unit; let wrapper = Wrapper { inner: Point { x: 3, y: 4 } }; let newtype = Newtype(6); let points = [Point { x: 1, y: 2 }, Point { x: 3, y: 4 }]; let generic = Generic { slice: &points, array: [1.5, 2.5].map(|f| Point { x: f as i32, y: 0 }) }; let tree = Tree { value: 1, left: Some(Box::new(Tree { value: 2, left: None, right: None })), right: None }; let dog = Dog { name: String::from("rex") }; let nested = inner::Nested { a: 1 };
    let point_ref = &point; let boxed = Box::new(Point { x: 5, y: 6 }); let boxed_int = Box::new(7); let dyn_box: Box<dyn Animal> = Box::new(Dog { name: String::from("max") }); let dyn_ref: &dyn Animal = &dog; let box_slice: Box<[i32]> = vec![1, 2].into_boxed_slice(); let box_str: Box<str> = "boxed".into(); let dyn_fn: Box<dyn Fn(i32) -> i32> = Box::new(|a| a + 1); let captured = 10; let closure = |a: i32| a + captured; let moved = move |a: i32| a + captured; let result: Box<dyn std::error::Error> = "oops".into(); let range = 1..5; let inclusive = 1..=5; let from = 2..; let to = ..3; let full = ..; let duration = Duration::from_millis(1500); let wrapping = std::num::Wrapping(5); let phantom = std::marker::PhantomData::<i32>;
    let rc_dyn: Rc<dyn Animal> = Rc::new(Dog { name: String::from("rc") }); let iterator = [1, 2, 3].into_iter();
    black_box((&point, &pair, &unit, &wrapper, &newtype, &points, &generic, &tree, &dog, &nested)); black_box((&point_ref, &boxed, &boxed_int, &box_slice, &box_str, &captured)); black_box((&range, &inclusive, &from, &to, &full, &duration, &wrapping, &phantom)); black_box(dyn_ref.legs() + dyn_box.legs() + rc_dyn.legs()); black_box(closure(1) + moved(1) + dyn_fn(1)); black_box(&result); black_box(&iterator);
    stop(); // in structures
}
#[inline(never)] fn containers() {
    let string = String::from("owned é"); let empty_string = String::new(); let text = "literal"; let empty_text = ""; let control = "tab\t\"quote\" \u{1b}"; let long = "x".repeat(300); let mixed = (0..300).map(|i| (b'a' + (i % 26) as u8) as char).collect::<String>();
    let vector = vec![1, 2, 3]; let empty_vector: Vec<i32> = Vec::new(); let strings = vec![String::from("one"), String::from("two")]; let vv = vec![vec![1], vec![2, 3]]; let tuples = vec![(1, "a"), (2, "b")]; let vec_points = vec![Point { x: 1, y: 2 }]; let long_vector = (0..300).collect::<Vec<i32>>(); let same = vec![7u8; 300]; let units = vec![(), ()]; let options = vec![Some(1), None];
    let slice = &vector[1..]; let mut array = [1, 2, 3]; let mut_slice = &mut array[..2]; let str_slice: &[&str] = &["x", "y"]; let byte_slice = "bytes".as_bytes(); let empty_slice: &[i32] = &[];
    let mut deque: VecDeque<i32> = VecDeque::with_capacity(4); for i in 0..4 { deque.push_back(i); } deque.pop_front(); deque.pop_front(); deque.push_back(4); deque.push_back(5); let empty_deque: VecDeque<u8> = VecDeque::new();
    let mut hash_map = HashMap::new(); hash_map.insert("key", 1); let mut big_map = HashMap::new(); for i in 0..100 { big_map.insert(i, i * i); } let empty_map: HashMap<String, i32> = HashMap::new(); let mut string_map = HashMap::new(); string_map.insert(String::from("k"), vec![1, 2]); let mut hash_set = HashSet::new(); hash_set.insert(5); let empty_set: HashSet<u8> = HashSet::new();
    let mut tree_map = BTreeMap::new(); for i in 0..5 { tree_map.insert(i, i * 10); } let mut big_tree = BTreeMap::new(); for i in 0..200 { big_tree.insert(i, Point { x: i, y: -i }); } let empty_tree: BTreeMap<i32, i32> = BTreeMap::new(); let mut tree_set = BTreeSet::new(); for s in ["b", "a", "c"] { tree_set.insert(s); } let string_tree: BTreeMap<String, String> = [(String::from("k"), String::from("v"))].into(); let heap = BinaryHeap::from(vec![1, 5, 2]); let mut linked = LinkedList::new(); linked.push_back(1); linked.push_back(2);
    let rc = Rc::new(Point { x: 1, y: 2 }); let rc2 = Rc::clone(&rc); let weak = Rc::downgrade(&rc); let arc = Arc::new(5); let arc_weak = Arc::downgrade(&arc); let rc_str: Rc<str> = Rc::from("rc str"); let arc_slice: Arc<[i32]> = Arc::from([1, 2, 3]); let dead_weak: Weak<i32> = Weak::new();
    let cell = Cell::new(5); let ref_cell = RefCell::new(vec![1, 2]); let borrowed_cell = RefCell::new(7); let borrow = borrowed_cell.borrow(); let mut_cell = RefCell::new(8); let mut_borrow = mut_cell.borrow_mut(); let mutex = Mutex::new(9); let locked = Mutex::new(String::from("locked")); let guard = locked.lock().unwrap(); let rw_lock = RwLock::new(Point { x: 3, y: 4 }); let shared = Arc::new(Mutex::new(vec![1])); let rc_cell = Rc::new(RefCell::new(3)); let once: OnceCell<i32> = OnceCell::new(); let once_lock: OnceLock<String> = OnceLock::new(); once_lock.set(String::from("set")).unwrap(); let atomic = AtomicI32::new(-4); let atomic_bool = AtomicBool::new(true); let atomic_u64 = AtomicU64::new(1 << 40); let nonzero = NonZeroU32::new(11).unwrap();
    let path_buf = PathBuf::from("/tmp/file"); let path: &Path = Path::new("/etc/passwd"); let os_string = OsString::from("os"); let c_string = CString::new("c string").unwrap();
    black_box((&string, &empty_string, &text, &empty_text, &control, &long, &mixed)); black_box((&vector, &empty_vector, &strings, &vv, &tuples, &vec_points, &long_vector, &same, &units, &options)); black_box((&slice, &mut_slice, &str_slice, &byte_slice, &empty_slice, &deque, &empty_deque)); black_box((&hash_map, &big_map, &empty_map, &string_map, &hash_set, &empty_set)); black_box((&tree_map, &big_tree, &empty_tree, &tree_set, &string_tree, &heap, &linked)); black_box((&rc, &rc2, &weak, &arc, &arc_weak, &rc_str, &arc_slice, &dead_weak)); black_box((&cell, &ref_cell, &borrow, &mut_borrow, &mutex, &guard, &rw_lock, &shared, &rc_cell, &once)); black_box((&borrowed_cell, &once_lock, &atomic, &atomic_bool, &atomic_u64, &nonzero, &path_buf, &path, &os_string, &c_string));
    stop(); // in containers
    atomic.fetch_add(1, Ordering::SeqCst);
}
fn main() {
    numbers(); enums(); structures(); containers();
    println!("{} {} {}", GREETING, LIMIT, inner::COUNT); unsafe { COUNTER += 1; }
}
