//! Rules that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The files below `src` that contain a text.
fn containing(text: &str) -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&src).into_iter();
    let found = files.filter(|path| fs::read_to_string(path).unwrap().contains(text));
    found
        .map(|path| path.strip_prefix(&src).unwrap().display().to_string())
        .collect()
}

#[test]
fn only_the_dialect_asks_which_database_it_is() {
    assert_eq!(containing("DbBackend::"), ["dialect.rs"]);
}

#[test]
fn no_controller_knows_a_connection_or_the_time_of_the_system() {
    assert_eq!(containing("DatabaseConnection"), Vec::<String>::new());
    assert_eq!(containing("UNIX_EPOCH"), ["clock.rs"]);
}
