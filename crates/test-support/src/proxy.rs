//! A network that can be broken: stands between a test and a PostgreSQL server, and counts.

mod frames;
mod pump;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What is between client and server. It ends, and every connection with it, when it is dropped.
///
/// The connection must not be encrypted: `sslmode=disable`, which the URLs of test databases say.
pub struct Proxy {
    url: String,
    network: Arc<Network>,
    accepting: JoinHandle<()>,
}

/// What all connections share.
struct Network {
    server: String,
    /// Connections of an earlier epoch are cut.
    epoch: watch::Sender<u64>,
    /// Connections up to this epoch are silent: nothing comes through, and nothing says so.
    silent_up_to: watch::Sender<Option<u64>>,
    /// Whether new connections are let in.
    open: watch::Sender<bool>,
    delay: watch::Sender<Duration>,
    /// The connection on which a statement that begins so is sent is cut once the server has answered.
    lose_answer_to: Mutex<Option<String>>,
    round_trips: AtomicU64,
    texts: Mutex<Vec<String>>,
}

impl Proxy {
    /// Stands in front of the database that `url` names.
    ///
    /// # Panics
    /// When the URL cannot be read, or no port is free.
    pub async fn before(url: &str) -> Self {
        let options: PgConnectOptions = url.parse().expect("the URL of a database");
        let server = format!("{}:{}", options.get_host(), options.get_port());
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let port = listener.local_addr().expect("the port").port();
        let network = Arc::new(Network {
            server: server.clone(),
            epoch: watch::Sender::new(0),
            silent_up_to: watch::Sender::new(None),
            open: watch::Sender::new(true),
            delay: watch::Sender::new(Duration::ZERO),
            lose_answer_to: Mutex::default(),
            round_trips: AtomicU64::new(0),
            texts: Mutex::default(),
        });
        Self {
            url: url.replace(&server, &format!("127.0.0.1:{port}")),
            accepting: tokio::spawn(accept(listener, Arc::clone(&network))),
            network,
        }
    }

    /// The same database, by way of the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How often clients have waited for an answer: simple queries, and extended ones up to their Sync. Logging in
    /// does not count.
    pub fn round_trips(&self) -> u64 {
        self.network.round_trips.load(Ordering::Acquire)
    }

    /// The texts of the simple queries and of the statements that were prepared since the last look.
    pub fn take_texts(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.network.texts))
    }

    /// Cuts every connection. New ones are let in.
    pub fn cut(&self) {
        self.network.epoch.send_modify(|epoch| *epoch += 1);
    }

    /// Cuts every connection and lets none in: the server is away.
    pub fn go_away(&self) {
        self.network.open.send_replace(false);
        self.cut();
    }

    /// Lets connections in again.
    pub fn come_back(&self) {
        self.network.open.send_replace(true);
    }

    /// The connections that there are stay open, but nothing comes through any more, in either direction. New ones
    /// work. This is what a machine that lost its power looks like.
    pub fn fall_silent(&self) {
        let now = *self.network.epoch.borrow();
        self.network.silent_up_to.send_replace(Some(now));
        self.network.epoch.send_modify(|epoch| *epoch += 1);
    }

    /// Everything that a client sends takes this long from now on.
    pub fn delay(&self, by: Duration) {
        self.network.delay.send_replace(by);
    }

    /// The next statement that begins with `text` reaches the server, which acts on it; its answer is lost with the
    /// connection.
    pub fn lose_answer_to(&self, text: &str) {
        *lock(&self.network.lose_answer_to) = Some(text.to_owned());
    }

    /// Whether a loss that was asked for has yet to happen.
    pub fn has_yet_to_lose(&self) -> bool {
        lock(&self.network.lose_answer_to).is_some()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.go_away();
    }
}

impl Network {
    /// Whether nothing comes through a connection of this epoch any more.
    fn is_silent(&self, born: u64) -> bool {
        self.silent_up_to.borrow().is_some_and(|last| born <= last)
    }
}

async fn accept(listener: TcpListener, network: Arc<Network>) {
    while let Ok((client, _)) = listener.accept().await {
        if *network.open.borrow() {
            drop(tokio::spawn(connect(client, Arc::clone(&network))));
        }
    }
}

async fn connect(client: TcpStream, network: Arc<Network>) {
    // A server that is away closes what it did not want.
    if let Ok(server) = TcpStream::connect(&network.server).await {
        // What is counted here should not wait for more to send.
        drop((client.set_nodelay(true), server.set_nodelay(true)));
        pump::between(client, server, network).await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
