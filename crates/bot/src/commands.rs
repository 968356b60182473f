//! All commands.

use crate::command::Tree;

/// The command tree.
pub fn tree() -> Tree {
    Tree(vec![])
}
