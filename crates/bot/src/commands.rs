//! All commands.

mod sanctions;

use crate::command::Tree;

/// The command tree.
pub fn tree() -> Tree {
    Tree(sanctions::nodes())
}
