//! Writes a new migration into the source.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sea_orm_migration::sea_orm::prelude::ChronoUtc;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
const CREATE: &str = include_str!("generate/create.rs.template");
const CHANGE: &str = include_str!("generate/change.rs.template");

/// Why there is no new migration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotGenerated {
    #[error("the name must be a verb and an object in snake_case, such as `add_guild_icon`")]
    Name,
    #[error("there is already a migration {0}")]
    Taken(String),
    #[error("the list of migrations in {} looks unfamiliar; add {name} by hand", path.display())]
    List { path: PathBuf, name: String },
    #[error("cannot write the migration; run this in a checkout of the source")]
    Io(#[from] io::Error),
}

/// Writes the migration `name` and adds it to the list. Returns the file.
pub(crate) fn generate(name: &str) -> Result<PathBuf, NotGenerated> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a file is named after the day on which somebody wrote it"
    )]
    let today = ChronoUtc::now();
    generate_in(Path::new(SOURCE), name, &today.format("%Y%m%d").to_string())
}

fn generate_in(folder: &Path, name: &str, today: &str) -> Result<PathBuf, NotGenerated> {
    if !is_fit(name) {
        return Err(NotGenerated::Name);
    }
    let existing = existing(folder)?;
    let ending = format!("_{name}");
    if let Some(taken) = existing.iter().find(|one| one.ends_with(&ending)) {
        return Err(NotGenerated::Taken(taken.clone()));
    }
    let full = prefix(existing.last(), today) + &ending;
    let list = folder.join("lib.rs");
    let Some(text) = registered(&fs::read_to_string(&list)?, &full) else {
        return Err(NotGenerated::List {
            path: list,
            name: full,
        });
    };
    let file = folder.join(format!("{full}.rs"));
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file)?;
    new.write_all(source(name).as_bytes())?;
    fs::write(list, text)?;
    Ok(file)
}

fn is_fit(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.len() <= 60 && name.contains('_') && name.split('_').all(is_word)
}

/// The names of the migrations that have a file, oldest first. The compiled list may be behind.
fn existing(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.file_name();
        let name = file.to_str().and_then(|file| file.strip_suffix(".rs"));
        names.extend(
            name.filter(|name| name.starts_with("m2"))
                .map(str::to_owned),
        );
    }
    names.sort();
    Ok(names)
}

/// The day and the number, after all existing ones even when a clock is wrong: names are applied in
/// order.
fn prefix(newest: Option<&String>, today: &str) -> String {
    let newest = newest.map_or("", String::as_str);
    let mut parts = newest.trim_start_matches('m').split('_');
    let day = parts.next().unwrap_or_default();
    let number: u32 = parts
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    if today > day {
        format!("m{today}_000001")
    } else {
        format!("m{day}_{:06}", number + 1)
    }
}

fn source(name: &str) -> String {
    match name.strip_prefix("create_") {
        Some(table) => CREATE.replace("{table}", table),
        None => CHANGE.replace("{words}", &name.replace('_', " ")),
    }
}

/// The source of the list with one more migration, after the last of each kind of line.
fn registered(text: &str, name: &str) -> Option<String> {
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let kinds = [
        ("mod m2", format!("mod {name};")),
        (
            "            Box::new(m",
            format!("            Box::new({name}::Migration),"),
        ),
    ];
    for (start, line) in kinds {
        let last = lines.iter().rposition(|line| line.starts_with(start))?;
        lines.insert(last + 1, line);
    }
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn checkout() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(SOURCE).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        folder
    }

    #[test]
    fn a_new_migration_comes_last_in_the_list_and_is_formatted() {
        let folder = checkout();
        let old = migration::names();
        for name in ["create_report", "add_guild_icon"] {
            generate_in(folder.path(), name, "29991231").unwrap();
        }
        let found = existing(folder.path()).unwrap();
        let new = &found[old.len()..];
        assert_eq!(found[..old.len()], old);
        assert_eq!(
            new,
            [
                "m29991231_000001_create_report",
                "m29991231_000002_add_guild_icon"
            ]
        );
        let list = fs::read_to_string(folder.path().join("lib.rs")).unwrap();
        let place = |text: String| list.find(&text).expect(&text);
        assert!(place(format!("mod {};", new[0])) < place(format!("mod {};", new[1])));
        assert!(place(format!("{}::Migration", old[0])) < place(format!("{}::Migration", new[0])));
        let formatted = Command::new("rustfmt")
            .args(["--edition", "2024", "--check"])
            .args([
                "--config-path",
                concat!(env!("CARGO_MANIFEST_DIR"), "/../rustfmt.toml"),
            ])
            .arg(folder.path().join("lib.rs"))
            .status();
        assert!(formatted.unwrap().success());
    }

    #[test]
    fn a_clock_that_is_behind_does_not_put_a_migration_before_others() {
        let newest = "m20261123_000014_create_instance".to_owned();
        assert_eq!(prefix(Some(&newest), "20200101"), "m20261123_000015");
        assert_eq!(prefix(Some(&newest), "20261123"), "m20261123_000015");
        assert_eq!(prefix(Some(&newest), "20261124"), "m20261124_000001");
    }

    #[test]
    fn names_that_are_unfit_or_taken_are_refused() {
        let folder = checkout();
        for name in [
            "",
            "report",
            "Create_report",
            "create__x",
            "create_../x",
            "create_ü",
            "_a",
        ] {
            let refused = generate_in(folder.path(), name, "29991231");
            assert!(matches!(refused, Err(NotGenerated::Name)), "{name}");
        }
        let taken = generate_in(folder.path(), "create_guild", "29991231");
        assert!(matches!(taken, Err(NotGenerated::Taken(_))));
    }
}
