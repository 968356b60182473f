//! The bot, as a process of its own, so that its memory is its own.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use discord_sim::Sim;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::Error;

/// How long a bot may take to be ready, and to stop.
const READY: Duration = Duration::from_mins(2);
const STOP: Duration = Duration::from_secs(30);

/// A running bot.
pub(crate) struct Bot {
    child: Child,
    log: Log,
    reader: JoinHandle<()>,
    /// From its start until it had taken all guilds.
    pub(crate) ready: Duration,
}

/// What the bot says about itself.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Said>>);

/// What counts of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The last line.
    pub(crate) last: String,
    /// How many messages it could not take.
    pub(crate) dropped: u64,
    /// Lines at the levels of warnings and errors.
    pub(crate) complaints: u64,
    /// How often it asked its database, as it says when it stops.
    pub(crate) database_calls: Option<u64>,
}

impl Bot {
    /// Starts the program and waits until it has taken all guilds.
    pub(crate) async fn start(
        program: &Path,
        folder: &Path,
        sim: &Sim,
        database: &str,
    ) -> Result<Self, Error> {
        let began = Instant::now();
        // An empty folder and no environment: nothing of the user's own settings is read.
        let mut child = Command::new(program)
            .arg("run")
            .current_dir(folder)
            .env_clear()
            .env("DISCORD_TOKEN", sim.token())
            .env("DISCORD_API_URL", sim.url())
            .env("DATABASE_URL", database)
            // A bot beside this one may have the port, and nobody supervises this one.
            .env("ROOKERY__HTTP__LISTEN", "off")
            // What the bot refuses to be asked is not measured.
            .env("ROOKERY__BOT__RATE_LIMITS", "false")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| Error::Program {
                path: program.to_owned(),
                source,
            })?;
        let log = Log::default();
        let stderr = child.stderr.take();
        let reader = tokio::spawn(read(stderr, log.clone()));
        let connected = timeout(READY, sim.connected());
        tokio::select! {
            connected = connected => connected.map_err(|_| Error::NotReady {
                seconds: READY.as_secs(),
                log: log.said().last.clone(),
            })?,
            status = child.wait() => {
                let status = status.map_err(Error::Process)?;
                let log = log.said().last.clone();
                return Err(Error::Ended { status, log });
            }
        }
        let ready = began.elapsed();
        Ok(Self {
            child,
            log,
            reader,
            ready,
        })
    }

    /// The bot's memory in MiB: now, and the most that it ever was. Only Linux tells.
    pub(crate) async fn memory_mib(&self) -> (Option<f64>, Option<f64>) {
        let Some(id) = self.child.id() else {
            return (None, None);
        };
        let status = tokio::fs::read_to_string(format!("/proc/{id}/status")).await;
        let status = status.unwrap_or_default();
        (kib(&status, "VmRSS:"), kib(&status, "VmHWM:"))
    }

    /// Fails when the bot is gone.
    pub(crate) fn alive(&mut self) -> Result<(), Error> {
        match self.child.try_wait().map_err(Error::Process)? {
            None => Ok(()),
            Some(status) => Err(Error::Ended {
                status,
                log: self.log.said().last.clone(),
            }),
        }
    }

    /// Asks the bot to stop, waits for its end and tells what it said.
    pub(crate) async fn stop(mut self) -> Result<Said, Error> {
        if let Some(id) = self.child.id() {
            let id = id.to_string();
            let asked = Command::new("kill").args(["-s", "TERM", &id]).status();
            asked.await.map_err(Error::Process)?;
        }
        let ended = timeout(STOP, self.child.wait()).await;
        let status = ended
            .map_err(|late| Error::Process(late.into()))?
            .map_err(Error::Process)?;
        // It ends with the process's own end of the pipe.
        let _read = self.reader.await;
        let said = self.log.said().clone();
        if status.success() {
            Ok(said)
        } else {
            let log = said.last;
            Err(Error::Ended { status, log })
        }
    }
}

impl Log {
    fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, line: &str) {
        let mut said = self.said();
        line.clone_into(&mut said.last);
        let line: Value = serde_json::from_str(line).unwrap_or_default();
        let message = line["message"].as_str().unwrap_or_default();
        if matches!(line["level"].as_str(), Some("WARN" | "ERROR")) {
            said.complaints += 1;
        }
        if message.contains("one was dropped") {
            said.dropped += 1;
        }
        if let Some(calls) = line["database.calls"].as_u64() {
            said.database_calls = Some(calls);
        }
    }
}

async fn read(stderr: Option<impl AsyncRead + Unpin>, log: Log) {
    let Some(stderr) = stderr else {
        return;
    };
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        log.hear(&line);
    }
}

/// A line of `/proc/PID/status` in MiB.
fn kib(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1_024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_what_linux_says() {
        let status = "Name:\trookery\nVmHWM:\t  10240 kB\nVmRSS:\t    2048 kB\n";
        assert_eq!(kib(status, "VmRSS:"), Some(2.0));
        assert_eq!(kib(status, "VmHWM:"), Some(10.0));
        assert_eq!(kib("", "VmRSS:"), None);
    }

    #[test]
    fn the_log_tells_what_was_dropped_and_how_often_the_database_was_asked() {
        let log = Log::default();
        log.hear(r#"{"level":"WARN","message":"too many messages at once; one was dropped"}"#);
        log.hear(r#"{"level":"INFO","message":"stopped","database.calls":12}"#);
        log.hear("no JSON");
        let said = log.said();
        assert_eq!((said.dropped, said.complaints), (1, 1));
        assert_eq!(said.database_calls, Some(12));
        assert_eq!(said.last, "no JSON");
    }
}
