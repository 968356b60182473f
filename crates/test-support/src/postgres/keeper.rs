//! Starts a throw-away server, or joins the one that another test process started.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, ErrorKind, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, chown,
};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Unavailable;
use super::installed::Installed;

const SCRIPT: &str = include_str!("keeper.sh");
/// Bridges the gap between two test processes of one run.
const LINGER: Duration = Duration::from_secs(5);
/// initdb takes a second; a machine that is busy with a build takes its time.
const START_TIMEOUT: Duration = Duration::from_mins(2);
const START_POLL: Duration = Duration::from_millis(20);
/// Another program may take the port just before the server does.
const START_ATTEMPTS: u32 = 3;

/// The URL of a running server, and the file that stays open for as long as this process uses it.
pub(super) fn join() -> Result<(String, File), Unavailable> {
    join_below(&base()?, LINGER)
}

fn join_below(base: &Path, linger: Duration) -> Result<(String, File), Unavailable> {
    // One process at a time looks and starts. Released when the file is closed.
    let turn = OpenOptions::new()
        .create(true)
        .append(true)
        .open(base.join("lock"))?;
    turn.lock()?;
    let card = base.join("current");
    if let Ok(text) = fs::read_to_string(&card)
        && let Some((url, folder)) = text.split_once('\n')
    {
        let folder = Path::new(folder);
        match enter(folder) {
            Ok(user) => return Ok((url.to_owned(), user)),
            Err(error) if error.raw_os_error() == Some(libc::ENXIO) => clear(folder)?,
            Err(_) => {}
        }
    }
    let mut attempts = 1;
    let (url, folder, user) = loop {
        match start(base, linger) {
            Err(Unavailable::Start(_)) if attempts < START_ATTEMPTS => attempts += 1,
            result => break result?,
        }
    };
    let mut card = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(card)?;
    write!(card, "{url}\n{}", folder.display())?;
    Ok((url, user))
}

/// The folder above all servers that this user starts for this checkout.
fn base() -> io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_MANIFEST_DIR"), SCRIPT).hash(&mut hasher);
    let me = tempfile::tempfile()?.metadata()?.uid();
    let name = format!("rookery-test-postgres-{me}-{:016x}", hasher.finish());
    let base = std::env::temp_dir().join(name);
    match DirBuilder::new().mode(0o711).create(&base) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(&base)?;
    if found.is_dir() && found.uid() == me {
        return Ok(base);
    }
    let whose = format!("{} belongs to somebody else", base.display());
    Err(io::Error::other(whose))
}

/// Becomes a user of the server in `folder`. ENXIO when its keeper was killed, and another error
/// when it has ended.
fn enter(folder: &Path) -> io::Result<File> {
    // Without O_NONBLOCK this would wait for a keeper.
    let mut pipe = OpenOptions::new()
        .write(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW)
        .open(folder.join("users"))?;
    pipe.write_all(b"\n")?;
    Ok(pipe)
}

fn start(base: &Path, linger: Duration) -> Result<(String, PathBuf, File), Unavailable> {
    let installed = Installed::find().ok_or(Unavailable::NotInstalled)?;
    // A keeper that runs as another user cannot remove its own folder, only what is in it.
    for ended in fs::read_dir(base)?.flatten() {
        drop(fs::remove_dir(ended.path()));
    }
    let folder = tempfile::Builder::new()
        .prefix("server-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(base)?;
    let path = folder.path();
    let password = format!("{:032x}", rand::random::<u128>());
    fs::write(path.join("password"), &password)?;
    let log = File::create(path.join("log"))?;
    if let Some((user, group)) = installed.user {
        chown(path, Some(user), Some(group))?;
    }
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let mut keeper = installed
        .command("sh")
        .args(["-c", SCRIPT, "keeper"])
        .arg(path)
        .arg(&installed.folder)
        .args([port.to_string(), linger.as_secs().to_string()])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        // Not in the group that Ctrl-C ends.
        .process_group(0)
        .spawn()?;
    let user = wait(&mut keeper, path)?;
    let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres?sslmode=disable");
    Ok((url, folder.keep(), user))
}

/// Waits until the server takes connections.
fn wait(keeper: &mut Child, folder: &Path) -> Result<File, Unavailable> {
    let start = Instant::now();
    loop {
        if let Ok(user) = enter(folder) {
            return Ok(user);
        }
        if keeper.try_wait()?.is_some() {
            let log = ["log", "server.log"].map(|name| fs::read_to_string(folder.join(name)));
            let lines = log.into_iter().flatten().collect::<String>();
            return Err(Unavailable::Start(lines));
        }
        if start.elapsed() > START_TIMEOUT {
            keeper.kill()?;
            keeper.wait()?;
            return Err(Unavailable::Timeout(START_TIMEOUT));
        }
        sleep(START_POLL);
    }
}

/// Ends a server whose keeper was killed.
fn clear(folder: &Path) -> io::Result<()> {
    if let Some(installed) = Installed::find() {
        let mut stop = installed.command(installed.folder.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-D", "data"]);
        stop.current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        stop.status()?;
    }
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn processes_that_join_at_once_share_a_server_which_ends_after_the_last() {
        if Installed::find().is_none() {
            return;
        }
        let base = tempfile::tempdir().unwrap();
        fs::set_permissions(&base, Permissions::from_mode(0o711)).unwrap();
        let join = || join_below(base.path(), Duration::ZERO).unwrap();
        let ((first, one), (second, other)) = thread::scope(|scope| {
            let other = scope.spawn(join);
            (join(), other.join().unwrap())
        });
        assert_eq!(first, second);
        drop(one);
        let third = join();
        assert_eq!(third.0, first, "one user is left");
        drop((other, third));
        wait_for_the_end(base.path());

        let (next, user) = join();
        assert_ne!(next, first);
        drop(user);
        wait_for_the_end(base.path());
    }

    fn wait_for_the_end(base: &Path) {
        let card = fs::read_to_string(base.join("current")).unwrap();
        let data = Path::new(card.lines().nth(1).unwrap()).join("data");
        let start = Instant::now();
        while data.exists() {
            assert!(start.elapsed() < START_TIMEOUT, "the server did not end");
            sleep(START_POLL);
        }
    }
}
