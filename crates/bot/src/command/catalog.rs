//! Every name in the command tree, looked up as people write it.

use super::{Node, Spec, Tree};
use crate::parse::{command_path, token};

/// All commands and groups by their names.
#[derive(Debug)]
pub struct Catalog(Vec<Entry>);

/// A command, or a group of them.
#[derive(Debug)]
pub struct Entry {
    /// Full name: `cases`, `cases edit`.
    pub path: String,
    /// Other names of its last word, in prefix form.
    pub aliases: &'static [&'static str],
    /// What is run under this name; a group's is run in prefix form only.
    pub spec: Option<&'static Spec>,
    /// Whether there are commands under it.
    pub is_group: bool,
}

impl Entry {
    /// The last word of its path.
    pub fn name(&self) -> &str {
        split(&self.path).1
    }

    /// Whether `word`, in lower case, is its name or another name of it.
    fn is_called(&self, word: &str) -> bool {
        self.name() == word || self.aliases.contains(&word)
    }
}

impl Catalog {
    /// The catalog of a tree.
    pub fn of(tree: &Tree) -> Self {
        fn collect(above: &str, nodes: &[Node], entries: &mut Vec<Entry>) {
            for node in nodes {
                let path = format!("{above} {}", node.name).trim_start().to_owned();
                entries.push(Entry {
                    path: path.clone(),
                    aliases: node.aliases,
                    spec: node.spec,
                    is_group: !node.children.is_empty(),
                });
                collect(&path, &node.children, entries);
            }
        }
        let mut entries = Vec::new();
        collect("", &tree.0, &mut entries);
        Self(entries)
    }

    /// All of them, parents before their children.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// Every command once, under its own name.
    pub fn specs(&self) -> impl Iterator<Item = &'static Spec> {
        self.0
            .iter()
            .filter_map(|entry| entry.spec.filter(|spec| spec.path == entry.path))
    }

    /// What has this name, in any spelling and with other names of its words: `/C  Modify` is
    /// `cases edit`.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let mut found = None;
        for word in command_path(name).split(' ') {
            found = Some(self.child(found.map_or("", |entry: &Entry| &entry.path), word)?);
        }
        found
    }

    /// What is named by the longest run of words at the beginning of `text`, and the text after it.
    pub fn take<'t>(&self, text: &'t str) -> Option<(&Entry, &'t str)> {
        let (first, after) = token::take(text)?;
        let mut found = (self.find(first.text)?, after);
        while let Some((word, after)) = token::take(found.1)
            && let Some(entry) = self.child(&found.0.path, &word.text.to_lowercase())
        {
            found = (entry, after);
        }
        Some(found)
    }

    /// Names for somebody who has typed this much: those that begin with it first, then those that
    /// contain it.
    pub fn completions(&self, typed: &str) -> Vec<&str> {
        let typed = command_path(typed);
        let mut names: Vec<&str> = self
            .0
            .iter()
            .map(|entry| entry.path.as_str())
            .filter(|name| name.contains(&typed))
            .collect();
        names.sort_by_key(|name| !name.starts_with(&typed));
        names
    }

    /// What is directly under `path`; under the empty path: the top.
    pub fn children(&self, path: &str) -> impl Iterator<Item = &Entry> {
        self.0
            .iter()
            .filter(move |entry| split(&entry.path).0 == path)
    }

    /// Whether `entry` is directly under `path`.
    pub fn is_child(&self, path: &str, entry: &Entry) -> bool {
        split(&entry.path).0 == path
    }

    /// Everything under `path`.
    pub fn below(&self, path: &str) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(move |entry| {
            entry
                .path
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with(' '))
        })
    }

    fn child(&self, path: &str, word: &str) -> Option<&Entry> {
        self.children(path).find(|entry| entry.is_called(word))
    }
}

/// The path above, and the last word.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once(' ').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands;
    use proptest::prelude::*;

    fn path(name: &str) -> Option<String> {
        let catalog = Catalog::of(&commands::tree());
        catalog.find(name).map(|entry| entry.path.clone())
    }

    #[test]
    fn names_are_found_in_any_spelling_and_by_other_names() {
        assert_eq!(
            path("permissions role set").unwrap(),
            "permissions role set"
        );
        assert_eq!(path("/Perms  ROLE set").unwrap(), "permissions role set");
        assert_eq!(path("perm").unwrap(), "permissions");
        for unknown in ["", "role set", "permissions set", "permissions role set x"] {
            assert_eq!(path(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_longest_name_is_taken_and_the_rest_is_left() {
        let catalog = Catalog::of(&commands::tree());
        let take = |text| {
            let (entry, rest) = catalog.take(text)?;
            Some((entry.path.as_str(), rest))
        };
        assert_eq!(take("perms role 3"), Some(("permissions role", " 3")));
        assert_eq!(
            take("\"permissions role\" 3"),
            Some(("permissions role", " 3"))
        );
        assert_eq!(take("ping pong"), Some(("ping", " pong")));
        assert_eq!(take("pingg"), None);
        assert_eq!(take(" "), None);
    }

    #[test]
    fn completions_begin_with_what_was_typed_or_contain_it() {
        let catalog = Catalog::of(&commands::tree());
        let all = ["ban", "tempban", "softban", "unban"];
        assert_eq!(catalog.completions("BAN"), all);
        assert_eq!(catalog.completions("/perms x"), Vec::<&str>::new());
        assert_eq!(catalog.completions("").len(), catalog.entries().count());
    }

    #[test]
    fn a_root_counts_once_and_children_are_below_it() {
        let catalog = Catalog::of(&commands::tree());
        let paths: Vec<_> = catalog.specs().map(|spec| spec.path).collect();
        let overviews = paths
            .iter()
            .filter(|path| path.starts_with("permissions overview"));
        assert_eq!(overviews.count(), 1);
        let below: Vec<_> = catalog.below("permissions role").map(Entry::name).collect();
        assert_eq!(below, ["set", "clear"]);
        assert!(
            catalog
                .children("")
                .any(|entry| entry.path == "permissions")
        );
        assert!(
            catalog
                .children("permissions")
                .all(|entry| entry.path != "permissions role set")
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let catalog = Catalog::of(&commands::tree());
            let _found = catalog.find(&text);
            if let Some((_, rest)) = catalog.take(&text) {
                prop_assert!(text.ends_with(rest));
            }
        }
    }
}
