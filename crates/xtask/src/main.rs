//! Chores of the project that are more than one line of cargo.

fn main() {}
