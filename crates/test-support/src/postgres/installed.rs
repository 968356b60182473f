//! The PostgreSQL that is installed on this machine, and who may run it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where systems keep what is not on the PATH: a folder, and what stands before the version in it.
const PLACES: &[(&str, &str)] = &[
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/usr/local/opt", "postgresql@"),
    ("/opt/homebrew/opt", "postgresql@"),
];
const PROGRAMS: &[&str] = &["initdb", "pg_ctl", "postgres"];
/// Who runs it when the tests run as root, as whom it refuses to.
const USERS: &[&str] = &["postgres", "nobody"];

/// An installed PostgreSQL.
pub(super) struct Installed {
    /// The folder of its programs; empty when they are on the PATH.
    pub(super) folder: PathBuf,
    /// The user and group that it has to run as, unless the user of the tests will do.
    pub(super) user: Option<(u32, u32)>,
}

impl Installed {
    pub(super) fn find() -> Option<Self> {
        let folder = if has_all(Path::new("")) {
            PathBuf::new()
        } else {
            newest()?
        };
        let is_root = tempfile::tempfile().ok()?.metadata().ok()?.uid() == 0;
        let user = if is_root {
            Some(USERS.iter().find_map(|name| ids(name))?)
        } else {
            None
        };
        Some(Self { folder, user })
    }

    /// A command that runs as a user who may run PostgreSQL.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }
}

fn newest() -> Option<PathBuf> {
    let places = PLACES.iter().filter_map(|(folder, prefix)| {
        let entries = fs::read_dir(folder).ok()?.flatten();
        Some(entries.filter_map(move |entry| {
            let name = entry.file_name();
            let version: u32 = name.to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        }))
    });
    let mut found: Vec<_> = places.flatten().collect();
    found.retain(|(_, folder)| has_all(folder));
    found.into_iter().max().map(|(_, folder)| folder)
}

fn has_all(folder: &Path) -> bool {
    let answers = |program: &&str| output(folder.join(program), &["--version"]).is_some();
    PROGRAMS.iter().all(answers)
}

fn ids(name: &str) -> Option<(u32, u32)> {
    let id = |which| output("id", &[which, name])?.trim().parse().ok();
    Some((id("-u")?, id("-g")?))
}

/// What a program prints, when it succeeds.
fn output(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    let output = command
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = output.status.success().then_some(output.stdout)?;
    String::from_utf8(text).ok()
}
