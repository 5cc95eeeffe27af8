//! Parses the arguments and calls the library.

fn main() {}
