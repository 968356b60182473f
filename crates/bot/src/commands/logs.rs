//! `logs list|set|clear`: which log goes to which channel.

mod clear;
mod list;
mod set;

use crate::command::Node;
use entity::value::LogKind;

/// The logs that something is posted to.
const KINDS: &[LogKind] = &[LogKind::Mod, LogKind::Dev];
/// Their names.
const NAMES: &[&str] = &["mod", "dev"];
/// All of them at once.
const ALL: &str = "all";

pub(crate) fn node() -> Node {
    let children = vec![
        Node::leaf::<list::List>(),
        Node::leaf::<set::Set>(),
        Node::leaf::<clear::Clear>(),
    ];
    Node::group_with_twin::<list::List>("logs", &[], children)
}

/// The logs that these words name.
fn kinds(words: &[&str]) -> Vec<LogKind> {
    let named = |kind: &LogKind| words.iter().any(|word| [kind.as_str(), ALL].contains(word));
    KINDS.iter().copied().filter(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_kinds_and_all_means_each() {
        let names: Vec<_> = KINDS.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(names, NAMES);
        assert_eq!(kinds(&[ALL]), KINDS);
        assert_eq!(kinds(&["dev", "dev"]), [LogKind::Dev]);
        assert_eq!(kinds(&["join"]), []);
    }
}
