//! Shards that are dead without anybody saying so.
//!
//! serenity ends a shard whose connection Discord closed with 4003, 4010 or 4011, and says so to
//! nobody but the log. So whoever shows no sign of life for long is started again, and when that
//! does not help, the bot ends, which a supervisor notices.

use super::Pulse;
use poise::serenity_prelude::{ShardId, ShardManager};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::time;

/// How often a shard is started again, without coming to life in between, before the bot gives up.
const RESTARTS: u32 = 3;
/// Time between looks.
const LOOK: Duration = Duration::from_secs(1);

/// A shard that cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadShard(pub u32);

/// Watches all shards for as long as the bot runs; ends with one that stays silent. A shard may be
/// silent for `silence`: longer than two of Discord's heartbeats, which are 41 seconds apart.
pub async fn watch(pulse: Pulse, shards: Arc<ShardManager>, silence: Duration) -> DeadShard {
    let mut restarts: HashMap<u32, u32> = HashMap::new();
    loop {
        time::sleep(LOOK).await;
        for (id, runner) in shards.runners.lock().await.iter() {
            pulse.latency(id.0, runner.latency);
        }
        for (id, shard) in pulse.shards() {
            if !shards.has(ShardId(id)).await {
                // serenity is about to start it, and tries for as long as Discord cannot be reached.
                pulse.stage(id, false);
                continue;
            }
            if shard.alive_at.elapsed() < silence {
                if shard.connected {
                    restarts.remove(&id);
                }
                continue;
            }
            let count = restarts.entry(id).or_default();
            if *count >= RESTARTS {
                return DeadShard(id);
            }
            *count += 1;
            tracing::warn!(
                shard = id,
                silent_s = shard.alive_at.elapsed().as_secs(),
                restart = *count,
                "a shard shows no sign of life; it is started again"
            );
            pulse.stage(id, false);
            shards.restart(ShardId(id)).await;
        }
    }
}
