#![doc = include_str!("../README.md")]
#![expect(
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a program that prints numbers, and stops when one is missing"
)]

mod chart;
mod contender;
mod cpu;
mod floor;
mod ground;
mod measure;
mod op;
mod ours;
mod pgbench;
mod report;
mod table;

use std::{fs, path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use clap::Parser;
use test_support::FreshDatabase;

use contender::Contender;
use floor::{PostgresFloor, SqliteFloor};
use ground::{Backend, Size};
use measure::{Contenders, Plan, measure};
use op::Op;
use ours::Ours;
use pgbench::PgBench;
use report::{HEAD, Line};

// As in the bot.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Compares the data layer with the same statements written by hand.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// One database only.
    #[arg(long)]
    backend: Option<Backend>,
    /// Some operations only: beginnings of their names, with commas between.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Rows in the small guilds together.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(10_000..))]
    rows: u64,
    /// Rows in the guild of the windows and pages.
    #[arg(long, default_value_t = 500_000, value_parser = clap::value_parser!(u64).range(1_000..))]
    timeline: u64,
    /// Rows of an import.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    import: u64,
    /// How often every contender has a turn.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u64).range(1..))]
    rounds: u64,
    /// How many milliseconds a turn lasts.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..))]
    slot: u64,
    /// Fewer rows and rounds: a look, not a measurement.
    #[arg(long)]
    quick: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if cfg!(debug_assertions) {
        eprintln!(
            "warning: this is a debug build; `cargo run --release -p bench` measures what runs"
        );
    }
    let ops = chosen(&arguments.only)?;
    let (size, plan) = arguments.plan();
    let mut lines = Vec::new();
    println!("{HEAD}");
    for backend in [Backend::Sqlite, Backend::Postgres] {
        if arguments.backend.is_none_or(|wanted| wanted == backend) {
            lines.extend(on(backend, &ops, size, plan).await?);
        }
    }
    ensure!(!lines.is_empty(), "nothing was measured");
    let folder = Path::new("target/bench");
    fs::create_dir_all(folder).context("cannot create target/bench")?;
    fs::write(
        folder.join("data-layer.json"),
        serde_json::to_string_pretty(&lines)?,
    )?;
    fs::write(folder.join("data-layer.svg"), chart::svg(&lines))?;
    let void = lines.iter().filter(|line| line.void).count();
    println!(
        "\n{} lines in target/bench/data-layer.json and .svg; {void} of them void",
        lines.len()
    );
    Ok(())
}

impl Arguments {
    fn plan(&self) -> (Size, Plan) {
        let (rows, timeline, import) = if self.quick {
            (20_000, 50_000, 50_000)
        } else {
            (self.rows, self.timeline, self.import)
        };
        let size = Size {
            rows,
            timeline,
            import,
        };
        let (rounds, slot, again) = if self.quick {
            (3, 150, 0)
        } else {
            (self.rounds, self.slot, 2)
        };
        let plan = Plan {
            rounds: usize::try_from(rounds).unwrap_or(usize::MAX),
            slot: Duration::from_millis(slot),
            again,
        };
        (size, plan)
    }
}

fn chosen(only: &[String]) -> anyhow::Result<Vec<Op>> {
    for name in only {
        let known = Op::ALL
            .iter()
            .any(|op| op.name().starts_with(name.as_str()));
        let names = Op::ALL.map(Op::name).join(", ");
        ensure!(known, "there is no operation `{name}`; there are {names}");
    }
    let wanted =
        |op: &Op| only.is_empty() || only.iter().any(|name| op.name().starts_with(name.as_str()));
    Ok(Op::ALL.into_iter().filter(wanted).collect())
}

/// Measures on one database. Nothing when PostgreSQL cannot be had, which has been said by then.
async fn on(backend: Backend, ops: &[Op], size: Size, plan: Plan) -> anyhow::Result<Vec<Line>> {
    let Some(database) = database(backend).await else {
        return Ok(Vec::new());
    };
    let contenders = contenders(backend, &database.url, size).await?;
    let pgbench = (backend == Backend::Postgres)
        .then(|| PgBench::found(&database.url, size))
        .flatten();
    let mut lines = Vec::new();
    for op in ops.iter().copied() {
        for &concurrency in op.concurrencies() {
            let outcome = measure(op, concurrency, &contenders, plan)
                .await
                .with_context(|| format!("{} on {}", op.name(), backend.name()))?;
            let pgbench_ops = match &pgbench {
                Some(pgbench) => pgbench.run(op, concurrency, plan.slot.as_secs()).await,
                None => None,
            };
            let line = Line {
                op: op.name(),
                backend: backend.name(),
                concurrency,
                ours_ops: outcome.ours,
                floor_ops: outcome.floor,
                pgbench_ops,
                ratio: outcome.ratio,
                cpu_ratio: outcome.cpu_ratio,
                control: outcome.control,
                void: !outcome.counts(),
                p50_ms: outcome.p50_ms,
                p99_ms: outcome.p99_ms,
                round_trips: None,
            };
            println!("{}", line.text());
            lines.push(line);
        }
    }
    Ok(lines)
}

/// A migrated database of this kind.
async fn database(backend: Backend) -> Option<FreshDatabase> {
    match backend {
        Backend::Sqlite => Some(test_support::sqlite::migrated().await),
        Backend::Postgres => {
            let server = test_support::postgres::Server::get().await?;
            Some(server.fresh_database().await)
        }
    }
}

/// Fills the database, and brings those who are measured to it.
async fn contenders(backend: Backend, url: &str, size: Size) -> anyhow::Result<Contenders> {
    let [floor, control]: [Arc<dyn Contender>; 2] = match backend {
        Backend::Postgres => {
            let floor = PostgresFloor::connect(url, size, 1).await?;
            ground::lay_postgres(&floor.writer, size).await?;
            [
                Arc::new(floor),
                Arc::new(PostgresFloor::connect(url, size, 2).await?),
            ]
        }
        Backend::Sqlite => {
            let floor = SqliteFloor::connect(url, size, 1).await?;
            ground::lay_sqlite(&floor.writer, size).await?;
            [
                Arc::new(floor),
                Arc::new(SqliteFloor::connect(url, size, 2).await?),
            ]
        }
    };
    Ok([Arc::new(Ours::connect(url, size).await?), floor, control])
}
