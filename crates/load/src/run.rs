//! A run from its beginning to its report.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use discord_sim::{Sim, SimBuilder};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::bot::Bot;
use crate::crowd::{Crowd, Kind, world};
use crate::meter::Meter;
use crate::{Error, Latency, Options, Rates, Report, Start, check};

/// How often people act: what is due since the last time happens at once.
const TICK: Duration = Duration::from_millis(5);
/// How often one looks at the bot.
const LOOK: Duration = Duration::from_secs(1);
/// How long answers may be outstanding, when the load is over, without one of them coming.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a run stands.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Progress {
    /// A start without load is over.
    Started(Start),
    /// The bot is ready, and the load begins.
    Ready(Start),
    /// A second of load has passed.
    Running {
        /// How long it has been running.
        passed: Duration,
        /// Events so far.
        events: u64,
        /// Commands so far.
        commands: u64,
        /// Commands without an answer.
        waiting: usize,
        /// The bot's memory in MiB.
        rss_mb: Option<f64>,
    },
    /// The load is over, and the last answers are waited for.
    Ending,
    /// The bot has stopped, and the database is looked at.
    Checking,
}

/// Runs the bot under load and reports.
///
/// # Errors
/// [`Error`], when there is nothing to report. A database that disagrees is no error: see
/// [`Report::check`].
pub async fn run(options: &Options, mut progress: impl FnMut(Progress)) -> Result<Report, Error> {
    options.check()?;
    let mut starts = Vec::new();
    for guilds in &options.starts {
        let start = start_alone(options, *guilds).await?;
        progress(Progress::Started(start));
        starts.push(start);
    }
    let stage = Stage::open(options, options.guilds, options.members).await?;
    let Stage {
        sim,
        mut bot,
        meter,
        url,
        start,
        _folder,
    } = stage;
    let mut crowd = Crowd::new(sim.clone(), options.guilds, options.members, options.seed);
    let before = check::before(&url, &crowd.guilds()).await?;
    sim.settled().await;
    meter.reset();
    progress(Progress::Ready(start));

    let lag = Lag::watch(sim.clone());
    let began = Instant::now();
    let done = drive(options, &mut crowd, &mut bot, &meter, began, &mut progress).await?;
    sim.taken().await;
    let seconds = began.elapsed().as_secs_f64();
    let (events, requests) = meter.counts().passed();
    progress(Progress::Ending);
    answers(&meter, &mut bot).await?;
    sim.settled().await;
    let gateway_lag_max_ms = lag.end();
    let (rss_mb, rss_peak_mb) = bot.memory_mib().await;
    let said = bot.stop().await?;
    progress(Progress::Checking);
    let check = check::after(&url, &crowd.guilds(), &before).await?;
    sim.stop().await;

    let counts = std::mem::take(&mut *meter.counts());
    let per_s = |count: u64| rate(count, seconds);
    Ok(Report {
        guilds: options.guilds,
        members: options.members,
        seconds,
        seed: options.seed,
        database: if url.starts_with("sqlite") {
            "SQLite"
        } else {
            "PostgreSQL"
        },
        messages_per_s: per_s(done.messages),
        joins_per_s: per_s(done.joins),
        reactions_per_s: per_s(done.reactions),
        commands_per_s: per_s(done.commands),
        events_per_s: per_s(events),
        requests_per_s: per_s(requests),
        dropped: said.dropped + counts.waiting() as u64,
        commands_waiting_max: counts.waiting_max,
        acknowledged: Latency::of(counts.acknowledged),
        answered: Latency::of(counts.answered),
        gateway_lag_max_ms,
        rss_mb,
        rss_peak_mb,
        ready_ms: start.ready_ms,
        database_calls: said.database_calls,
        complaints: said.complaints,
        check,
        starts,
    })
}

/// Discord and the bot in it.
struct Stage {
    sim: Sim,
    bot: Bot,
    meter: Arc<Meter>,
    url: String,
    start: Start,
    /// The bot's working folder, and its database unless there is another.
    _folder: TempDir,
}

impl Stage {
    async fn open(options: &Options, guilds: usize, members: usize) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(Error::Folder)?;
        let url = match &options.database {
            Some(url) => url.clone(),
            None => sqlite(folder.path()),
        };
        let meter = Arc::new(Meter::default());
        let seen = Arc::clone(&meter);
        let sim = discord(options.seed)
            .world(world(guilds, members))
            .watch(move |traffic| seen.see(traffic))
            .start()
            .await?;
        let bot = Bot::start(&options.program, folder.path(), &sim, &url).await?;
        let (rss_mb, _) = bot.memory_mib().await;
        let ready_ms = bot.ready.as_secs_f64() * 1_000.0;
        let start = Start {
            guilds,
            members,
            ready_ms,
            rss_mb,
        };
        Ok(Self {
            sim,
            bot,
            meter,
            url,
            start,
            _folder: folder,
        })
    }
}

fn discord(seed: u64) -> SimBuilder {
    Sim::builder().seed(seed)
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("load.db").display())
}

async fn start_alone(options: &Options, guilds: usize) -> Result<Start, Error> {
    let stage = Stage::open(options, guilds, options.members_of(guilds)).await?;
    stage.sim.settled().await;
    let (rss_mb, _) = stage.bot.memory_mib().await;
    stage.bot.stop().await?;
    stage.sim.stop().await;
    Ok(Start {
        rss_mb,
        ..stage.start
    })
}

/// How much was done of each kind.
#[derive(Default)]
struct Done {
    messages: u64,
    joins: u64,
    reactions: u64,
    commands: u64,
}

/// Makes happen what is due, until the time is over.
async fn drive(
    options: &Options,
    crowd: &mut Crowd,
    bot: &mut Bot,
    meter: &Meter,
    began: Instant,
    progress: &mut impl FnMut(Progress),
) -> Result<Done, Error> {
    let mut done = Done::default();
    let mut tick = interval(TICK);
    // After a delay what is due is caught up with by what is counted, not by more ticks.
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looked = began;
    loop {
        tick.tick().await;
        let passed = began.elapsed().min(options.time);
        let Rates {
            messages,
            joins,
            reactions,
            commands,
        } = options.rates;
        for (kind, rate, count) in [
            (Kind::Message, messages, &mut done.messages),
            (Kind::Join, joins, &mut done.joins),
            (Kind::Reaction, reactions, &mut done.reactions),
            (Kind::Command, commands, &mut done.commands),
        ] {
            let due = due(rate, passed);
            while *count < due {
                crowd.act(kind).await?;
                *count += 1;
            }
        }
        if passed == options.time {
            return Ok(done);
        }
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            bot.alive()?;
            let (rss_mb, _) = bot.memory_mib().await;
            let counts = meter.counts();
            progress(Progress::Running {
                passed,
                events: counts.passed().0,
                commands: counts.commands,
                waiting: counts.waiting(),
                rss_mb,
            });
        }
    }
}

/// Waits for the answers that are missing, as long as some come.
async fn answers(meter: &Meter, bot: &mut Bot) -> Result<(), Error> {
    let mut waiting = meter.counts().waiting();
    let mut since = Instant::now();
    while waiting > 0 && since.elapsed() < PATIENCE {
        sleep(TICK).await;
        bot.alive()?;
        let now = meter.counts().waiting();
        if now < waiting {
            waiting = now;
            since = Instant::now();
        }
    }
    Ok(())
}

/// Takes the time, every second, that an event waits in the gateway until the bot takes it.
struct Lag {
    /// The longest, in microseconds.
    longest: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Lag {
    fn watch(sim: Sim) -> Self {
        let longest = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&longest);
        let task = tokio::spawn(async move {
            let mut look = interval(LOOK);
            look.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                look.tick().await;
                let asked = Instant::now();
                sim.taken().await;
                let took = u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX);
                seen.fetch_max(took, Ordering::Relaxed);
            }
        });
        Self { longest, task }
    }

    /// The longest, in milliseconds.
    fn end(self) -> f64 {
        self.task.abort();
        let micros = self.longest.load(Ordering::Relaxed);
        Duration::from_micros(micros).as_secs_f64() * 1_000.0
    }
}

/// How often something has happened after this time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is not negative, and a run counts nothing that has sixteen digits"
)]
fn due(rate: f64, passed: Duration) -> u64 {
    (rate * passed.as_secs_f64()) as u64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a run counts nothing that has sixteen digits"
)]
fn rate(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds
}
