//! A server that a test may stop, kill and start again.

use std::fs::{self, File, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::PathBuf;
use std::process::Stdio;

use tempfile::TempDir;

use super::blocking;
use super::installed::Installed;

/// A PostgreSQL server of one test, with the durability of a real one as far as the death of its processes goes. It
/// is gone when this is dropped.
pub struct OwnServer {
    url: String,
    folder: TempDir,
    programs: PathBuf,
}

impl OwnServer {
    /// Starts one from the installed binaries; nothing without them, like [`super::Server::get`].
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_new() -> Option<Self> {
        // Says loudly when there is none, and fails where there must be one.
        super::Server::get().await?;
        blocking(|| {
            let installed = Installed::find()?;
            let folder = tempfile::tempdir().expect("there is a temporary folder");
            let path = folder.path();
            fs::set_permissions(path, Permissions::from_mode(0o700)).expect("it is ours");
            let password = format!("{:032x}", rand::random::<u128>());
            fs::write(path.join("password"), &password).expect("the password can be written");
            if let Some((user, group)) = installed.user {
                chown(path, Some(user), Some(group)).expect("root may do that");
            }
            let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
            let port = listener.local_addr().expect("the port").port();
            drop(listener);
            let server = Self {
                url: format!(
                    "postgres://postgres:{password}@127.0.0.1:{port}/postgres?sslmode=disable"
                ),
                folder,
                programs: installed.folder,
            };
            let initdb = "-D data -U postgres -E UTF8 --locale=C --auth=password --pwfile=password --no-sync";
            server.run("initdb", initdb);
            let conf = format!(
                "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n\
                 shared_buffers = 16MB\n"
            );
            let data = server.folder.path().join("data");
            let mut settings = fs::read_to_string(data.join("postgresql.conf")).expect("initdb wrote it");
            settings.push_str(&conf);
            fs::write(data.join("postgresql.conf"), settings).expect("the settings can be written");
            server.run("pg_ctl", "start -w -t 60 -D data -l log");
            Some(server)
        })
        .await
    }

    /// Its database `postgres`, without a schema.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends it at once and without a word to its clients, as a crash does: it recovers at the next start.
    ///
    /// # Panics
    /// When it was not running.
    pub async fn kill(&self) {
        self.control("stop -m immediate -w -D data").await;
    }

    /// Ends it after telling its clients.
    ///
    /// # Panics
    /// When it was not running.
    pub async fn stop(&self) {
        self.control("stop -m fast -w -D data").await;
    }

    /// Starts it again, and waits until it takes connections.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(&self) {
        self.control("start -w -t 60 -D data -l log").await;
    }

    /// Lets it follow a primary that it will never find, from its next start on: it answers, and refuses to write.
    ///
    /// # Panics
    /// When it cannot be told.
    pub fn demote(&self) {
        let signal = self.folder.path().join("data/standby.signal");
        fs::write(signal, "").expect("the folder is ours");
    }

    /// Makes a primary of it again, and waits until it is one.
    ///
    /// # Panics
    /// When it does not become one.
    pub async fn promote(&self) {
        self.control("promote -w -D data").await;
    }

    async fn control(&self, arguments: &'static str) {
        let control = self.command("pg_ctl", arguments);
        blocking(move || succeed(control)).await;
    }

    fn run(&self, program: &str, arguments: &str) {
        succeed(self.command(program, arguments));
    }

    fn command(&self, program: &str, arguments: &str) -> std::process::Command {
        let installed = Installed::find().expect("it was there before");
        let path = self.folder.path();
        let mut command = installed.command(self.programs.join(program));
        command
            .args(arguments.split(' '))
            .current_dir(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(path.join("errors")).expect("a file"));
        command
    }
}

fn succeed(mut command: std::process::Command) {
    let status = command.status().expect("the program can be run");
    assert!(status.success(), "{command:?}: {status}");
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        // It may be stopped already.
        drop(self.command("pg_ctl", "stop -m immediate -D data").status());
    }
}
