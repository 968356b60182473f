//! The entities, generated from a PostgreSQL database that holds nothing but the migrations.
//!
//! sea-orm's generator is used as a library because three things have to be put right in between;
//! `correct` and `retype` say which and why.

mod correct;
mod generate;
mod retype;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

/// Text by file name, in one order on every run.
type Files = BTreeMap<String, String>;

/// Replaces `entity/src/generated` by what the migrations give.
pub(crate) async fn write() -> anyhow::Result<()> {
    let folder = folder();
    let files = generate::files().await?;
    let old = existing(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for name in old.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder.join(name)).with_context(|| format!("cannot remove {name}"))?;
    }
    for (name, text) in files
        .iter()
        .filter(|(name, text)| old.get(*name) != Some(text))
    {
        fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}

/// Compares without writing.
pub(crate) async fn check() -> anyhow::Result<()> {
    let differing = differing().await?;
    ensure!(
        differing.is_empty(),
        "entity/src/generated differs from the migrations in {}; run `cargo run -p xtask -- entities`",
        differing.join(", "),
    );
    Ok(())
}

/// The files that are not what the migrations give.
async fn differing() -> anyhow::Result<Vec<String>> {
    let (wanted, found) = (generate::files().await?, existing(&folder())?);
    let names: BTreeSet<_> = wanted.keys().chain(found.keys()).cloned().collect();
    let differs = |name: &String| wanted.get(name) != found.get(name);
    Ok(names.into_iter().filter(differs).collect())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../entity/src/generated")
}

fn existing(folder: &Path) -> anyhow::Result<Files> {
    if !folder.exists() {
        return Ok(Files::new());
    }
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        files.insert(name, text);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use test_support::postgres::Server;

    #[tokio::test]
    async fn the_generated_files_are_what_the_migrations_give() {
        if Server::get().await.is_some() {
            assert_eq!(super::differing().await.unwrap(), Vec::<String>::new());
        }
    }
}
