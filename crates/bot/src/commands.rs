//! All commands.

mod about;
mod help;
mod logs;
mod permissions;
mod ping;
mod prefix;
#[cfg(test)]
mod tests;
mod why;

use crate::command::{Node, Tree};

/// The command tree.
pub fn tree() -> Tree {
    Tree(vec![
        Node::leaf::<help::Help>(),
        Node::leaf::<ping::Ping>(),
        Node::leaf::<about::About>(),
        prefix::node(),
        logs::node(),
        permissions::node(),
        Node::leaf::<why::Why>(),
    ])
}
