//! SQLite files in temporary folders.

use std::fs;

use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::FreshDatabase;
use crate::fresh::Guard;

/// The name of every file, which is what `--database-name` asks for.
const NAME: &str = "rookery.db";

/// The bytes of a migrated file: writing them is quicker than migrating, and leaves nothing behind
/// when the process ends.
static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A file that does not exist yet, in a folder that does.
///
/// # Panics
/// When there is no temporary folder.
pub fn empty() -> FreshDatabase {
    let folder = folder();
    FreshDatabase::new(url(&folder), Guard::File(folder))
}

/// A file with the current schema.
///
/// # Panics
/// When it cannot be written.
pub async fn migrated() -> FreshDatabase {
    let template = TEMPLATE.get_or_init(template).await;
    let folder = folder();
    fs::write(folder.path().join(NAME), template).expect("the file can be written");
    FreshDatabase::new(url(&folder), Guard::File(folder))
}

async fn template() -> Vec<u8> {
    let folder = folder();
    let applied = migration::up(&url(&folder)).await;
    applied.expect("the migrations can be applied to SQLite");
    fs::read(folder.path().join(NAME)).expect("the migrated file can be read")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is a temporary folder")
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}/{NAME}", folder.path().display())
}
