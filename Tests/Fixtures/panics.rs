// A panic that is caught, and one that is not.
fn risky(number: i32) -> i32 {
    if number > 2 {
        panic!("too much: {}", number);
    }
    number
}

fn main() {
    let caught = std::panic::catch_unwind(|| {
        panic!("caught");
    });
    if caught.is_err() {
        risky(7);
    }
}
