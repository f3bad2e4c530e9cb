#[derive(Clone)] struct Point { x: i32, y: i32 }
struct Pair(i32, f64);
struct Unit;
enum Shape { Circle(f64), Rect { w: i32, h: i32 }, Empty }
#[derive(Clone, Copy)] enum Colour { Red, Green = 5 }
impl Point { fn sum(&self, more: i32) -> i32 { self.x + self.y + more } fn taken(self) -> i32 { self.x } }
fn stop(_x: &i32) {}
fn main() {
    static MARK: i32 = 3;
    let number = 5i32; let byte = 200u8; let letter = 'é'; let flag = true; let real = 2.5f64; let small = -3i8; let big = 7u128;
    let point = Point { x: 1, y: 2 }; let pair = Pair(1, 2.5); let unit = Unit; let tuple = (1, "two", 3.0); let nothing = ();
    let circle = Shape::Circle(1.5); let rect = Shape::Rect { w: 3, h: 4 }; let empty = Shape::Empty; let green = Colour::Green; let red = Colour::Red;
    let some = Some(5); let none: Option<i32> = None; let boxed = Box::new(7); let array = [1, 2, 3]; let slice = &array[1..]; let text = "hello";
    let string = String::from("owned"); let vector = vec![1, 2, 3]; let reference = &number; let pointer = &number as *const i32; let result: Result<i32, String> = Ok(3);
    let some_box: Option<Box<i32>> = Some(Box::new(9)); let no_box: Option<Box<i32>> = None; let nested = (Point { x: 5, y: 6 }, [true, false]); let function: fn(&i32) = stop; let zeros = [0; 20];
    let closure = |a: i32| a + number; let bytes = b"raw\n"; let points = [Point { x: 1, y: 2 }, Point { x: 3, y: 4 }];
    println!("{} {} {}", closure(1) + MARK, point.sum(1), point.clone().taken()); stop(&number); // stop here
    drop((point, pair, unit, tuple, nothing, circle, rect, empty, green, red, some, none, boxed, slice, text, string, vector, reference, pointer, result, some_box, no_box));
    drop((byte, letter, flag, real, small, big, nested, function, zeros, bytes, points));
}
