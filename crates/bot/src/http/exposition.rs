//! The answer of `/metrics`: what was counted, and how things stand now.

use super::{Status, status::Running};
use chrono::TimeDelta;
use prometheus_client::{
    encoding::{
        EncodeLabelSet,
        text::{encode_eof, encode_registry},
    },
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};
use std::sync::atomic::AtomicU64;

type Number = Gauge<f64, AtomicU64>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfShard {
    shard: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InState {
    state: &'static str,
}

/// Everything in the text format of `OpenMetrics`, which Prometheus reads.
pub(super) async fn of(status: &Status) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let mut now = Registry::with_prefix("rookery");
    gauge(
        &mut now,
        "work_under_way",
        "Commands, presses and obligations that are being dealt with",
        count(status.tasks().under_way()),
    );
    if let Some(running) = status.running() {
        encode_registry(&mut text, running.data.metrics.registry())?;
        running.expose_memory(&mut now);
        running.expose_pool(&mut now);
        running.expose_shards(&mut now);
        running.expose_obligations(&mut now).await;
    }
    encode_registry(&mut text, &now)?;
    encode_eof(&mut text)?;
    Ok(text)
}

impl Running {
    fn expose_memory(&self, now: &mut Registry) {
        let waiting = count(self.intake.waiting());
        gauge(
            now,
            "messages_waiting",
            "Messages that wait for their turn",
            waiting,
        );
        let guilds = count(self.data.guilds.len());
        gauge(
            now,
            "guilds_remembered",
            "Guilds whose settings are in memory",
            guilds,
        );
    }

    fn expose_pool(&self, now: &mut Registry) {
        let away = f64::from(u8::from(self.data.storage.is_away()));
        gauge(
            now,
            "database_away",
            "Whether the database does not answer",
            away,
        );
        let pool = self.data.database.pool_use();
        let states = Family::<InState, Number>::default();
        for (state, connections) in [("in use", pool.in_use), ("idle", pool.idle)] {
            states
                .get_or_create(&InState { state })
                .set(connections.into());
        }
        now.register(
            "database_connections",
            "Connections to the database",
            states,
        );
        let most = pool.max.into();
        gauge(
            now,
            "database_connections_max",
            "Most connections there may be",
            most,
        );
        let waiting = count(pool.waiting);
        gauge(
            now,
            "database_waiting",
            "Calls that wait for a connection",
            waiting,
        );
    }

    fn expose_shards(&self, now: &mut Registry) {
        let (connected, silent, latency) = (
            Family::<OfShard, Number>::default(),
            Family::<OfShard, Number>::default(),
            Family::<OfShard, Number>::default(),
        );
        for (id, shard) in self.pulse.shards() {
            let of = OfShard { shard: id };
            let up = f64::from(u8::from(shard.connected));
            connected.get_or_create(&of).set(up);
            let seconds = shard.alive_at.elapsed().as_secs_f64();
            silent.get_or_create(&of).set(seconds);
            if let Some(time) = shard.latency {
                latency.get_or_create(&of).set(time.as_secs_f64());
            }
        }
        now.register(
            "gateway_connected",
            "Whether a shard is connected",
            connected,
        );
        now.register(
            "gateway_silent_seconds",
            "Since the last sign of life of a shard",
            silent,
        );
        now.register(
            "gateway_latency_seconds",
            "Between the last heartbeat of a shard and its answer",
            latency,
        );
    }

    /// Nothing while the database does not answer.
    async fn expose_obligations(&self, now: &mut Registry) {
        let db = self.data.database.db();
        let Ok(backlog) = self.data.storage.ask(db.obligations().backlog()).await else {
            return;
        };
        let open = Family::<InState, Number>::default();
        let late = Family::<InState, Number>::default();
        for part in &backlog {
            let state = InState {
                state: part.state.as_str(),
            };
            let age = part.oldest_due.map_or(TimeDelta::zero(), |due| {
                (self.data.clock.now() - due).max(TimeDelta::zero())
            });
            open.get_or_create(&state).set(lossy(part.count));
            late.get_or_create(&state).set(age.as_seconds_f64());
        }
        now.register("obligations", "What is owed, by state", open);
        now.register(
            "obligations_oldest_due_seconds",
            "How long the oldest has been due, by state",
            late,
        );
    }
}

fn gauge(now: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Number::default();
    gauge.set(value);
    now.register(name, help, gauge);
}

fn count(n: usize) -> f64 {
    lossy(i64::try_from(n).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts beyond 2^53")]
fn lossy(n: i64) -> f64 {
    n as f64
}
