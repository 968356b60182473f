//! `logs list`.

use super::KINDS;
use crate::{
    command::{Access, Call, Category, Command, DbContext as _, Reply, Spec, Visibility},
    failure::Result,
    text::{Message, escape_markdown, relative},
};
use entity::{log_channel, value::LogKind};
use poise::serenity_prelude::{CreateEmbed, Permissions};

pub(super) struct List;

impl Command for List {
    const SPEC: Spec = Spec {
        path: "logs list",
        aliases: &[],
        category: Category::Settings,
        access: Access::guild(4, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let rows = call.guild_db()?.log_channels().all().await?;
        let mut lines: Vec<String> = KINDS
            .iter()
            .map(|kind| call.say(&line(*kind, rows.iter().find(|row| row.kind == *kind))))
            .collect();
        lines.push(call.text("logs-hint"));
        let embed = CreateEmbed::new()
            .title(call.text("logs-title"))
            .description(lines.join("\n"));
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

/// Where a log goes, and how its last post went.
fn line(kind: LogKind, row: Option<&log_channel::Model>) -> Message {
    let channel = row.map_or_else(|| "none".to_owned(), |row| format!("<#{}>", row.channel_id));
    let posted = row.and_then(|row| row.last_ok_at);
    let error = row.and_then(|row| row.last_error.as_deref());
    let health = match (error, posted) {
        (Some(_), _) => "failed",
        (None, Some(_)) => "ok",
        (None, None) => "unused",
    };
    Message::new("logs-line")
        .with("log", kind.as_str())
        .with("channel", channel)
        .with("health", health)
        .with("when", posted.map_or_else(|| "none".to_owned(), relative))
        .with("error", error.map(escape_markdown).unwrap_or_default())
}
