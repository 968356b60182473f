//! `ping`: whether and how fast everything answers.

use crate::{
    command::{Access, Call, Category, Command, Reply, Spec, Visibility},
    failure::Result,
    text::{Message, relative},
};
use poise::serenity_prelude::CreateEmbed;
use service::HealthReport;
use std::time::{Duration, Instant};

pub(crate) struct Ping;

impl Command for Ping {
    const SPEC: Spec = Spec {
        path: "ping",
        aliases: &["status"],
        category: Category::Core,
        access: Access::ANYWHERE,
        visibility: Visibility::Public,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let discord = call.ctx.serenity_context();
        let asked = Instant::now();
        // The cheapest call that there is.
        discord.http.get_gateway().await?;
        let rest = asked.elapsed();
        let data = call.data();
        let health = data.storage.ask(data.database.health()).await;
        let mut lines = vec![
            latency("ping-gateway", gateway(call).await),
            latency("ping-rest", Some(rest)),
            latency(
                "ping-database",
                health.as_ref().ok().map(|health| health.latency),
            ),
            Message::new("ping-uptime").with("when", relative(call.data().started)),
            Message::new("ping-shard")
                .with("shard", discord.shard_id.0 + 1)
                .with("shards", discord.cache.shard_count()),
            Message::new("ping-guilds").with("count", discord.cache.guild_count()),
            Message::new("ping-version").with("version", env!("CARGO_PKG_VERSION")),
        ];
        if call.is_operator() {
            lines.push(host());
            lines.extend(health.ok().as_ref().map(database));
        }
        let lines: Vec<String> = lines.iter().map(|line| call.say(line)).collect();
        let embed = CreateEmbed::new()
            .title(call.text("ping-title"))
            .description(lines.join("\n"));
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

/// The time between the last heartbeat and its answer; `None` before the first one.
async fn gateway(call: &Call<'_>) -> Option<Duration> {
    let shards = call.ctx.framework().shard_manager.runners.lock().await;
    shards.get(&call.ctx.serenity_context().shard_id)?.latency
}

fn latency(id: &'static str, latency: Option<Duration>) -> Message {
    let shown = latency.map_or_else(|| "none".to_owned(), |time| time.as_millis().to_string());
    Message::new(id).with("latency", shown)
}

/// For operators: the process.
fn host() -> Message {
    let runtime = tokio::runtime::Handle::current().metrics();
    Message::new("ping-host")
        .with("tasks", runtime.num_alive_tasks())
        .with("workers", runtime.num_workers())
}

/// For operators: the database.
fn database(health: &HealthReport) -> Message {
    Message::new("ping-host-database")
        .with("backend", health.backend)
        .with("version", health.server_version.as_str())
        .with("used", health.pool.in_use)
        .with("most", health.pool.max)
        .with("waiting", health.pool.waiting)
}
