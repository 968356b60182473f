//! What a moderation command asks for, beside whom it is about.

use super::Action;
use crate::{
    command::Call,
    failure::{Result, refuse},
    outbox::ReplyTo,
    text::Message,
};
use chrono::{DateTime, TimeDelta, Utc};
use controllers::Controller as _;
use poise::Context;

/// How long the token of an interaction is good.
const TOKEN: TimeDelta = TimeDelta::minutes(14);

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) action: Action,
    pub(super) reason: String,
    /// More was typed than is kept.
    pub(super) reason_cut: bool,
    pub(super) silent: bool,
    pub(super) delete_days: u8,
    pub(super) ends_at: Option<DateTime<Utc>>,
    pub(super) reply_to: ReplyTo,
    /// What makes a second run of the same command harmless: the id of the message or interaction.
    pub(super) origin: u64,
}

impl Request {
    /// Reads the arguments that all actions share.
    pub(super) async fn read(call: &Call<'_>, action: Action) -> Result<Self> {
        use crate::command::DbContext as _;
        let db = call.guild_db()?;
        let config = &call.in_guild()?.current.configured.config;
        let reason = call.reason().await?;
        if reason.is_none() && config.require_reason {
            return Err(refuse("err-reason-missing"));
        }
        let settings = call.data().guilds.settings(call.ctx.guild_id()).await;
        let now = db.config().clock().now();
        let ends_at = match call.args.text("duration") {
            Some(text) => {
                let time = action
                    .limits()
                    .parse(text, now, settings.timezone)
                    .map_err(Message::from)?;
                time.at()
            }
            None => None,
        };
        let delete_days = call.args.integer("delete").or(action.delete_days());
        let delete_days = delete_days.unwrap_or(config.ban_delete_days);
        Ok(Self {
            action,
            reason_cut: reason.as_ref().is_some_and(|reason| reason.cut),
            reason: reason.map_or_else(|| call.text("mod-reason-none"), |reason| reason.text),
            silent: call.args.switch("silent") || !config.dm_default,
            delete_days: u8::try_from(delete_days).unwrap_or_default(),
            ends_at,
            reply_to: reply_to(call, now),
            origin: call.ctx.id(),
        })
    }
}

fn reply_to(call: &Call<'_>, now: DateTime<Utc>) -> ReplyTo {
    let channel_id = call.ctx.channel_id();
    match call.ctx {
        Context::Application(app) => ReplyTo::Interaction {
            channel_id,
            token: app.interaction.token.clone(),
            until: now + TOKEN,
        },
        Context::Prefix(prefix) => ReplyTo::Message {
            channel_id,
            message_id: prefix.msg.id,
        },
    }
}
