//! One connection through the proxy.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::sleep;

use super::frames::Frames;
use super::{Network, lock};

const CHUNK: usize = 16 * 1024;

/// Carries bytes both ways until one side leaves, or the connection is cut. Then both sides see it closed.
pub(super) async fn between(client: TcpStream, server: TcpStream, network: Arc<Network>) {
    let lose = AtomicBool::new(false);
    let born = *network.epoch.borrow();
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = fate(&network, born) => {}
        _ = upstream(from_client, to_server, &network, born, &lose) => {}
        _ = downstream(from_server, to_client, &network, born, &lose) => {}
    }
}

/// Waits until the connection is cut. One that has fallen silent stays open for as long as the proxy.
async fn fate(network: &Network, born: u64) {
    let mut epoch = network.epoch.subscribe();
    drop(epoch.wait_for(|now| *now > born).await);
    if network.is_silent(born) {
        pending::<()>().await;
    }
}

async fn upstream(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    network: &Network,
    born: u64,
    lose: &AtomicBool,
) -> io::Result<()> {
    let mut frames = Frames::default();
    let mut chunk = vec![0; CHUNK];
    loop {
        let n = from.read(&mut chunk).await?;
        if n == 0 {
            return Ok(());
        }
        if network.is_silent(born) {
            pending::<()>().await;
        }
        let delay = *network.delay.borrow();
        if !delay.is_zero() {
            sleep(delay).await;
        }
        frames.add(&chunk[..n], |frame| {
            let trip = u64::from(frame.is_round_trip());
            network.round_trips.fetch_add(trip, Ordering::Release);
            if let Some(text) = frame.text() {
                let mut awaited = lock(&network.lose_answer_to);
                if awaited
                    .take_if(|awaited| text.starts_with(&**awaited))
                    .is_some()
                {
                    lose.store(true, Ordering::Release);
                }
                lock(&network.texts).push(text);
            }
        });
        to.write_all(&chunk[..n]).await?;
    }
}

async fn downstream(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    network: &Network,
    born: u64,
    lose: &AtomicBool,
) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let n = from.read(&mut chunk).await?;
        if n == 0 || lose.load(Ordering::Acquire) {
            return Ok(());
        }
        if network.is_silent(born) {
            pending::<()>().await;
        }
        to.write_all(&chunk[..n]).await?;
    }
}
