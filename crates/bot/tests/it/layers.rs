//! The layers hold: who may depend on whom, and who may do what.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the workspace")
}

/// Every Rust file below `folder`, by its path from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(root)
                    .expect("below the root")
                    .display()
                    .to_string();
                found.push((
                    name.replace('\\', "/"),
                    fs::read_to_string(&path).expect("text"),
                ));
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &root(), &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// Lines of code that contain one of `words`, outside the files that `may`. Comments do not count.
fn offenders(folder: &str, words: &[&str], may: &[&str]) -> Vec<String> {
    sources(folder)
        .into_iter()
        .filter(|(file, _)| !may.iter().any(|allowed| file.starts_with(allowed)))
        .flat_map(|(file, text)| {
            let lines: Vec<String> = text
                .lines()
                .enumerate()
                .filter(|(_, line)| {
                    let code = line.split("//").next().unwrap_or_default();
                    words.iter().any(|word| code.contains(word))
                })
                .map(|(n, line)| format!("{file}:{}: {}", n + 1, line.trim()))
                .collect();
            lines
        })
        .collect()
}

#[track_caller]
fn nobody(folders: &[&str], words: &[&str], may: &[&str]) {
    let found: Vec<String> = folders
        .iter()
        .flat_map(|folder| offenders(folder, words, may))
        .collect();
    assert!(
        found.is_empty(),
        "{words:?} belongs elsewhere:\n{}",
        found.join("\n")
    );
}

/// Direct dependencies among the members of the workspace, without those for tests.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let root = root();
    let mut folders = vec![root.join("entity"), root.join("migration")];
    folders.extend(
        fs::read_dir(root.join("crates"))
            .expect("crates")
            .flatten()
            .map(|entry| entry.path()),
    );
    let manifests: Vec<toml::Table> = folders
        .iter()
        .map(|folder| fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest"))
        .map(|text| text.parse().expect("TOML"))
        .collect();
    let name = |manifest: &toml::Table| {
        manifest["package"]["name"]
            .as_str()
            .expect("a name")
            .to_owned()
    };
    let members: Vec<String> = manifests.iter().map(name).collect();
    let all = |manifest: &toml::Table| -> Vec<String> {
        let table = manifest.get("dependencies").and_then(toml::Value::as_table);
        table
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    };
    manifests
        .iter()
        .map(|manifest| {
            let mut all = all(manifest);
            all.retain(|name| {
                members.contains(name)
                    || ["sea-orm", "sqlx", "poise", "serenity"].contains(&name.as_str())
            });
            all.sort();
            (name(manifest), all)
        })
        .collect()
}

#[test]
fn crates_depend_only_downwards() {
    let allowed: &[(&str, &[&str])] = &[
        ("settings", &[]),
        ("entity", &["sea-orm"]),
        ("migration", &["settings", "sqlx"]),
        ("controllers", &["entity", "sea-orm", "sqlx"]),
        ("service", &["controllers", "migration", "sea-orm", "sqlx"]),
        // For tests alone: the feature `validate` has serenity parse every event.
        ("discord-sim", &["serenity"]),
        ("load", &["controllers", "discord-sim", "entity", "service"]),
        (
            "bot",
            &[
                "controllers",
                "discord-sim",
                "entity",
                "poise",
                "serenity",
                "service",
                "settings",
            ],
        ),
        (
            "test-support",
            &[
                "controllers",
                "entity",
                "migration",
                "sea-orm",
                "service",
                "settings",
                "sqlx",
            ],
        ),
        // Sits above everything, and does by hand what it measures.
        (
            "bench",
            &[
                "controllers",
                "entity",
                "sea-orm",
                "service",
                "sqlx",
                "test-support",
            ],
        ),
        ("xtask", &["migration", "settings", "sqlx", "test-support"]),
    ];
    let found = dependencies();
    assert_eq!(
        found.len(),
        allowed.len(),
        "a crate without a rule: {:?}",
        found.keys()
    );
    for (name, dependencies) in found {
        let (_, may) = allowed
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a rule");
        let beyond: Vec<_> = dependencies
            .iter()
            .filter(|d| !may.contains(&d.as_str()))
            .collect();
        assert!(beyond.is_empty(), "{name} may not depend on {beyond:?}");
    }
}

#[test]
fn the_bot_builds_no_queries_and_touches_no_columns() {
    let words = [
        "sea_orm::",
        "sqlx::",
        "Entity::",
        "ActiveModel",
        "Column::",
        "SELECT ",
        "UPDATE ",
        "INSERT ",
    ];
    nobody(&["crates/bot/src"], &words, &[]);
}

#[test]
fn only_service_and_the_migrator_open_connections() {
    let words = [
        "connect_lazy",
        "Connection::connect",
        "::connect_with(",
        "PoolOptions",
    ];
    nobody(
        &[
            "entity/src",
            "crates/controllers/src",
            "crates/bot/src",
            "crates/settings/src",
        ],
        &words,
        &[],
    );
}

#[test]
fn only_settings_reads_the_environment() {
    nobody(
        &["entity/src", "migration/src", "crates"],
        &["env::var", "env::vars"],
        &[
            "crates/settings/src",
            "crates/bot/tests",
            "crates/test-support/src/postgres",
            // Where Discord's descriptions lie, for tests alone.
            "crates/discord-sim/src/validate/schemas.rs",
        ],
    );
}

#[test]
fn only_the_dialect_knows_the_difference_between_databases() {
    nobody(
        &["crates/controllers/src", "crates/bot/src", "entity/src"],
        &["DbBackend::"],
        &["crates/controllers/src/dialect"],
    );
}

#[test]
fn hand_written_sql_goes_through_its_verb() {
    nobody(
        &["crates/controllers/src", "crates/bot/src"],
        &[
            "Statement::from",
            "from_raw_sql",
            "from_sql_and_values",
            ".execute_unprepared(",
        ],
        &[
            "crates/controllers/src/raw.rs",
            "crates/controllers/src/dialect",
            // Asks the database about itself.
            "crates/controllers/src/base/performance.rs",
            // Hands on what it is given.
            "crates/controllers/src/tx",
        ],
    );
}

#[test]
fn work_across_guilds_is_done_in_few_places() {
    nobody(
        &[
            "crates/controllers/src",
            "crates/bot/src",
            "crates/service/src",
        ],
        &["global::<"],
        &[
            "crates/controllers/src/model/obligation/finish.rs",
            "crates/controllers/src/db.rs",
            // Finds the guilds whose histories are proved; reads only.
            "crates/controllers/src/model/mod_case/proof.rs",
        ],
    );
}

#[test]
fn time_comes_from_the_clock() {
    nobody(
        &[
            "entity/src",
            "crates/bot/src",
            "crates/controllers/src",
            "crates/service/src",
        ],
        &["Utc::now", "SystemTime::now"],
        &[],
    );
}

#[test]
fn every_crate_has_a_readme() {
    for folder in [
        "entity",
        "migration",
        "crates/bot",
        "crates/controllers",
        "crates/service",
        "crates/settings",
        "crates/discord-sim",
        "crates/load",
        "crates/test-support",
        "crates/bench",
        "crates/xtask",
    ] {
        let readme = root().join(folder).join("README.md");
        let text = fs::read_to_string(&readme).unwrap_or_default();
        assert!(
            text.lines().count() > 5,
            "{} says too little",
            readme.display()
        );
    }
}
