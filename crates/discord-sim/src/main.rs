//! The simulator as a program of its own: `cargo run -p discord-sim -- --port 8642`.

use anyhow::Context;
use clap::Parser;
use discord_sim::Sim;

/// An imitation of Discord on loopback.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port on 127.0.0.1; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Decides the ids of everything that is there at the start.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let sim = Sim::builder()
        .port(arguments.port)
        .seed(arguments.seed)
        .start()
        .await?;
    announce(&sim);
    tokio::signal::ctrl_c()
        .await
        .context("Ctrl-C cannot be waited for")?;
    sim.stop().await;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started the program reads where it listens"
)]
fn announce(sim: &Sim) {
    println!("{} {}", sim.url(), sim.token());
}
