//! `[secrets]`: the key that signs buttons.

use std::path::PathBuf;

use super::section;
use crate::Secret;

section! {
    /// The key that signs buttons, so that nobody can forge one.
    pub struct Secrets("secrets.") {
        /// The key itself. All processes of one bot need the same.
        key: Option<Secret> = None;
        /// The file with the key, where `key` is not set. Created on first start; keep it with the backups.
        key_file: PathBuf = PathBuf::from("data/rookery.key");
    }
}
