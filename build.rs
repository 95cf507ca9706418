//! Rebuilds the program when a file of the built-in theme, which is embedded in it, is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=themes/protokol");
}
