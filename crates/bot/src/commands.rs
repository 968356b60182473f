//! All commands.

pub(crate) mod case;
pub(crate) mod cases;
mod sanctions;

use crate::command::{Node, Tree};

/// The command tree.
pub fn tree() -> Tree {
    let groups: [Vec<Node>; 3] = [sanctions::nodes(), vec![case::node()], cases::nodes()];
    Tree(groups.into_iter().flatten().collect())
}
