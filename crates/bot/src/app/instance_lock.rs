//! One bot for each `SQLite` file.
//!
//! The file has no server that could arbitrate between two bots: both would answer each command.
//! On PostgreSQL several processes work together, so nothing is locked there.

use percent_encoding::percent_decode_str;
use std::{
    fs::{self, File, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

/// The lock; the system releases it when it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(super) struct InstanceLock(#[expect(dead_code, reason = "holds the lock")] File);

/// Why the lock could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another bot has it.
    #[error(
        "{} is in use by another Rookery{}; stop that one, or give this one a database of its own",
        database.display(),
        process.map_or_else(String::new, |id| format!(" (process {id})"))
    )]
    Taken {
        /// The database file.
        database: PathBuf,
        /// The other process, when it said so.
        process: Option<u32>,
    },
    /// The lock file cannot be written.
    #[error("cannot lock {}", path.display())]
    Unusable {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl InstanceLock {
    /// Takes the lock of the database file that a URL names; nothing for another kind of database.
    pub(super) fn take(url: &str) -> Result<Option<Self>, LockError> {
        let Some(database) = sqlite_file(url) else {
            return Ok(None);
        };
        let mut path = database.clone().into_os_string();
        path.push(".lock");
        let path = PathBuf::from(path);
        let unusable = |source| LockError::Unusable {
            path: path.clone(),
            source,
        };
        let mut file = open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {
                sign(&mut file).map_err(unusable)?;
                Ok(Some(Self(file)))
            }
            Err(TryLockError::WouldBlock) => Err(LockError::Taken {
                database,
                process: signed_by(&mut file),
            }),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

fn signed_by(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// The file of a `sqlite:` URL, read as sqlx reads it.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.split('?').next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_found_in_every_form_of_a_url() {
        for (url, file) in [
            ("sqlite://data/rookery.db", Some("data/rookery.db")),
            ("sqlite:///srv/my%20bot.db?mode=rwc", Some("/srv/my bot.db")),
            ("sqlite:rookery.db", Some("rookery.db")),
            ("sqlite::memory:", None),
            ("postgres://localhost/rookery", None),
        ] {
            assert_eq!(sqlite_file(url), file.map(PathBuf::from), "{url}");
        }
    }

    #[test]
    fn a_second_bot_is_told_which_process_to_stop_and_a_later_one_gets_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/new/bot.db", folder.path().display());
        let first = InstanceLock::take(&url).unwrap();
        assert!(first.is_some());
        let refused = InstanceLock::take(&url).unwrap_err().to_string();
        let process = format!("(process {})", std::process::id());
        assert!(refused.contains(&process), "{refused}");
        drop(first);
        assert!(InstanceLock::take(&url).unwrap().is_some());
    }
}
