//! All commands.

mod about;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod help;
mod logs;
pub(crate) mod permissions;
mod ping;
mod prefix;
mod reasons;
mod sanctions;
#[cfg(test)]
mod tests;
mod why;

use crate::command::{Node, Tree};

/// The command tree.
pub fn tree() -> Tree {
    let mut nodes = vec![
        Node::leaf::<help::Help>(),
        Node::leaf::<ping::Ping>(),
        Node::leaf::<about::About>(),
        prefix::node(),
        logs::node(),
        reasons::node(),
        permissions::node(),
        Node::leaf::<why::Why>(),
        case::node(),
    ];
    nodes.extend(cases::nodes());
    nodes.extend(sanctions::nodes());
    Tree(nodes)
}
