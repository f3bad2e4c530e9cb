// Deadlocks of Rust's locks; the argument says which. A breakpoint at `stuck` is there when both threads are blocked.
use std::sync::{Arc, Barrier, Mutex, RwLock};
use std::thread;

struct Shop {
    stock: Mutex<u32>,
    orders: Mutex<Vec<u32>>,
    prices: RwLock<u32>,
}

#[no_mangle]
#[inline(never)]
pub extern "C" fn stuck() {
    std::hint::black_box(());
}

/// True where the kernel has the thread wait on a futex (202).
fn sleeps(task: &std::path::Path) -> bool {
    std::fs::read_to_string(task.join("syscall")).is_ok_and(|text| text.starts_with("202 "))
}

fn named(task: &std::path::Path, names: &[&str]) -> bool {
    std::fs::read_to_string(task.join("comm")).is_ok_and(|text| names.contains(&text.trim()))
}

/// Waits for the threads of these names to be blocked.
fn watch(names: &[&str]) {
    loop {
        let tasks = std::fs::read_dir("/proc/self/task").unwrap();
        let asleep = tasks.filter(|task| {
            let path = task.as_ref().unwrap().path();
            named(&path, names) && sleeps(&path)
        });
        if asleep.count() == names.len() {
            break;
        }
        thread::yield_now();
    }
    stuck();
    std::process::exit(0);
}

fn rename(name: &str) {
    std::fs::write("/proc/thread-self/comm", name).unwrap();
}

fn sells(shop: &Shop, together: &Barrier) {
    let stock = shop.stock.lock().unwrap();
    together.wait();
    rename("sells");
    let orders = shop.orders.lock().unwrap(); // wants the orders
    println!("{} {}", stock, orders.len());
}

fn buys(shop: &Shop, together: &Barrier) {
    let orders = shop.orders.lock().unwrap();
    together.wait();
    rename("buys");
    let stock = shop.stock.lock().unwrap(); // wants the stock
    println!("{} {}", stock, orders.len());
}

fn looks(shop: &Shop, together: &Barrier) {
    let prices = shop.prices.read().unwrap();
    together.wait();
    rename("looks");
    let stock = shop.stock.lock().unwrap(); // looks at the stock
    println!("{} {}", stock, prices);
}

fn marks(shop: &Shop, together: &Barrier) {
    let stock = shop.stock.lock().unwrap();
    together.wait();
    rename("marks");
    let mut prices = shop.prices.write().unwrap(); // marks the prices
    *prices += *stock;
}

fn main() {
    let shop = Arc::new(Shop { stock: Mutex::new(1), orders: Mutex::new(vec![2]), prices: RwLock::new(3) });
    let together = Arc::new(Barrier::new(2));
    let uses_rwlock = std::env::args().nth(1).is_some_and(|what| what == "rwlock");
    let (one, two): (fn(&Shop, &Barrier), fn(&Shop, &Barrier)) = if uses_rwlock { (looks, marks) } else { (sells, buys) };
    let names = if uses_rwlock { ["looks", "marks"] } else { ["sells", "buys"] };
    for body in [one, two] {
        let (shop, together) = (shop.clone(), together.clone());
        thread::spawn(move || body(&shop, &together));
    }
    watch(&names);
}
