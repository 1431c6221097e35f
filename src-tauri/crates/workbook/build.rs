//! Rebuilds the crate when a migration is added: what is embedded is only watched once it is known.

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations/workbook");
}
