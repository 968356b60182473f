//! What people read about the settings, written from the settings' own descriptions.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

/// The table of all settings stands between these lines of the README.
const TABLE: (&str, &str) = ("<!-- settings -->\n", "<!-- /settings -->");

/// The files at the root of the workspace, with the text each should have.
fn files() -> anyhow::Result<[(&'static str, String); 3]> {
    let readme = fs::read_to_string(path("README.md")).context("cannot read README.md")?;
    let readme = with_table(&readme, &settings::markdown_table())
        .with_context(|| format!("README.md has no {} … {}", TABLE.0.trim(), TABLE.1))?;
    Ok([
        ("rookery.example.toml", settings::example_toml()),
        (".env.example", settings::example_env()),
        ("README.md", readme),
    ])
}

/// Writes all of them.
pub(crate) fn write() -> anyhow::Result<()> {
    for (name, text) in files()? {
        fs::write(path(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}

/// Compares without writing.
pub(crate) fn check() -> anyhow::Result<()> {
    let stale: Vec<&str> = files()?
        .into_iter()
        .filter(|(name, text)| fs::read_to_string(path(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name)
        .collect();
    ensure!(
        stale.is_empty(),
        "not what the settings say: {}; run `cargo run -p xtask -- examples`",
        stale.join(", "),
    );
    Ok(())
}

fn with_table(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(TABLE.0)?;
    let (_, after) = rest.split_once(TABLE.1)?;
    Some([before, TABLE.0, table, TABLE.1, after].concat())
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}
