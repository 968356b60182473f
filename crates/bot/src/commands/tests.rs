//! The tree as a whole: texts, and what Discord accepts.

use super::tree;
use crate::{
    command::{Catalog, Node, ParamKind, Tree, option_text, registration, text_id},
    text::{Args, Lang, Texts},
};
use serde_json::Value;
use std::collections::BTreeSet;

fn english(texts: &Texts, id: &str) -> String {
    assert!(texts.has(id), "the text {id} is missing");
    texts.get(&Lang::english(), id, &Args::new())
}

#[test]
fn every_command_and_option_has_a_text_that_discord_takes() {
    let (texts, catalog) = (Texts::new(), Catalog::of(&tree()));
    let check = |id: &str| {
        let length = english(&texts, id).chars().count();
        assert!((1..=100).contains(&length), "{id} has {length} characters");
    };
    for entry in catalog.entries() {
        check(&text_id(&entry.path));
    }
    for spec in catalog.specs() {
        for param in spec.params {
            check(&option_text(spec, param.name, &texts));
            if param.kind == ParamKind::Targets {
                check(&option_text(spec, "also", &texts));
            }
        }
    }
}

#[test]
fn no_text_is_about_a_command_or_option_that_does_not_exist() {
    let (texts, catalog) = (Texts::new(), Catalog::of(&tree()));
    let mut used = BTreeSet::new();
    for entry in catalog.entries() {
        let id = text_id(&entry.path);
        used.insert(format!("{id}-example"));
        used.insert(id);
    }
    for spec in catalog.specs() {
        let also = spec
            .params
            .iter()
            .find(|param| param.kind == ParamKind::Targets);
        let names = spec.params.iter().map(|param| param.name);
        used.extend(
            names
                .chain(also.map(|_| "also"))
                .map(|name| option_text(spec, name, &texts)),
        );
    }
    let unused: Vec<&str> = texts
        .ids()
        .filter(|id| (id.starts_with("cmd-") || id.starts_with("opt-")) && !used.contains(*id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_example_calls_its_own_command() {
    let (texts, catalog) = (Texts::new(), Catalog::of(&tree()));
    for entry in catalog.entries().filter(|entry| entry.spec.is_some()) {
        let example = english(&texts, &format!("{}-example", text_id(&entry.path)));
        let (named, _) = catalog.take(&example).unwrap();
        assert_eq!(named.path, entry.path, "{example}");
    }
}

#[test]
fn names_are_unique_at_each_level() {
    fn check(nodes: &[Node]) {
        let mut names = BTreeSet::new();
        for node in nodes {
            for name in [node.name].iter().chain(node.aliases) {
                assert!(names.insert(*name), "{name} is there twice");
                assert_eq!(*name, name.to_lowercase());
            }
            check(&node.children);
        }
    }
    check(&tree().0);
}

#[test]
fn the_path_of_a_command_is_its_place_in_the_tree() {
    let catalog = Catalog::of(&tree());
    for entry in catalog.entries() {
        let spec = entry.spec.filter(|_| !entry.is_group);
        assert!(
            spec.is_none_or(|spec| spec.path == entry.path),
            "{}",
            entry.path
        );
    }
}

#[test]
fn every_group_root_has_a_named_twin() {
    let catalog = Catalog::of(&tree());
    for entry in catalog.entries().filter(|entry| entry.is_group) {
        if let Some(root) = entry.spec {
            let commands = catalog.below(&entry.path);
            let twins: Vec<_> = commands.filter_map(|below| below.spec).collect();
            assert!(
                twins.iter().any(|twin| twin.access == root.access),
                "{} has no twin",
                entry.path
            );
        }
    }
}

#[test]
fn the_registration_stays_within_the_budgets_of_discord() {
    let registered = registration(&tree(), &Texts::new());
    assert!(registered.commands.len() <= 100);
    for command in &registered.commands {
        let json = serde_json::to_value(command).unwrap();
        let name = json["name"].as_str().unwrap();
        let length = characters(&json);
        assert!(length <= 8000, "{name} has {length} characters");
        check_options(name, &json);
    }
}

/// Names, descriptions and choices count towards the limit of a command.
fn characters(json: &Value) -> usize {
    let of = |key: &str| json[key].as_str().map_or(0, |text| text.chars().count());
    let below = ["options", "choices"]
        .iter()
        .filter_map(|key| json[*key].as_array())
        .flatten();
    of("name") + of("description") + of("value") + below.map(characters).sum::<usize>()
}

fn check_options(path: &str, json: &Value) {
    let Some(options) = json["options"].as_array() else {
        return;
    };
    assert!(options.len() <= 25, "{path} has too many options");
    let required: Vec<bool> = options
        .iter()
        .map(|option| option["required"].as_bool().unwrap_or(false))
        .collect();
    assert!(
        required.is_sorted_by(|a, b| a >= b),
        "{path}: required options come first"
    );
    for option in options {
        let name = option["name"].as_str().unwrap();
        let well_formed = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(
            well_formed && (1..=32).contains(&name.len()),
            "{path} {name}"
        );
        let choices = option["choices"].as_array().map_or(0, Vec::len);
        assert!(choices <= 25, "{path} {name} has too many choices");
        check_options(&format!("{path} {name}"), option);
    }
}

#[test]
fn the_fingerprint_follows_the_registration() {
    let texts = Texts::new();
    let (whole, mut fewer) = (tree(), tree());
    fewer.0.pop();
    let hash = |tree: &Tree| registration(tree, &texts).hash;
    assert_eq!(hash(&whole), hash(&tree()));
    assert_ne!(hash(&whole), hash(&fewer));
}
