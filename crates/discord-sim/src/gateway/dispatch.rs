//! Who is told of an event: by shard, intents and what the bot may see.

use std::borrow::Cow;

use serde_json::Value;

use super::fault::GatewayFault;
use super::intents::{GUILD_MEMBERS, MESSAGE_CONTENT, blank_content, needed};
use super::session::Session;
use crate::history::Happening;
use crate::permissions::{VIEW_AUDIT_LOG, VIEW_CHANNEL};
use crate::state::{Channel, State};
use crate::traffic::Traffic;

/// An event before it is known who is told of it.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// The guild it happened in; nothing for a direct conversation.
    pub(crate) guild: Option<u64>,
    /// The channel that one must see to be told.
    pub(crate) seen_in: Option<u64>,
    pub(crate) data: Value,
}

impl State {
    /// Tells every session that should know.
    pub(crate) fn emit(&mut self, event: &Event) {
        if !self.bot_may_know(event) {
            return;
        }
        self.checks.event(event.name, &event.data);
        let bot_id = self.bot_id;
        let reorder = self.gateway.faults.borrow().has(GatewayFault::Reorder);
        let mut told = 0;
        for session in self
            .gateway
            .sessions
            .iter_mut()
            .filter(|s| s.wants(event, bot_id))
        {
            let message = matches!(event.name, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
            let mut data = Cow::Borrowed(&event.data);
            if message && session.intents & MESSAGE_CONTENT == 0 {
                blank_content(data.to_mut(), bot_id);
            }
            match event.guild {
                Some(guild) if reorder => session.dispatch_out_of_order(guild, event.name, &data),
                _ => {
                    session.release();
                    session.dispatch(event.name, &data);
                }
            }
            told += 1;
        }
        self.gateway.dispatched += told;
        if told > 0 {
            self.pass(Traffic::Event {
                name: event.name,
                data: &event.data,
            });
            self.note(Happening::Event(event.name));
        }
    }

    /// An event of a guild.
    pub(crate) fn emit_in_guild(&mut self, name: &'static str, guild: u64, data: Value) {
        self.emit(&Event {
            name,
            guild: Some(guild),
            seen_in: None,
            data,
        });
    }

    /// An event of a channel, which only those who see the channel are told of.
    pub(crate) fn emit_in_channel(&mut self, name: &'static str, channel: u64, data: Value) {
        let guild = self.channels.get(&channel).and_then(Channel::guild);
        self.emit(&Event {
            name,
            guild,
            seen_in: Some(channel),
            data,
        });
    }

    fn bot_may_know(&self, event: &Event) -> bool {
        let there = event.guild.is_none_or(|id| {
            let guild = self.guilds.get(&id);
            self.is_available(id) && guild.is_some_and(|g| g.members.contains_key(&self.bot_id))
        });
        let sees = event
            .seen_in
            .and_then(|id| self.channels.get(&id))
            .is_none_or(|channel| self.bits_in(self.bot_id, channel) & VIEW_CHANNEL != 0);
        let audit = event.name == "GUILD_AUDIT_LOG_ENTRY_CREATE";
        let reads_audit = !audit
            || event
                .guild
                .and_then(|id| self.guilds.get(&id))
                .is_some_and(|guild| guild.bits(self.bot_id, self.now_ms()) & VIEW_AUDIT_LOG != 0);
        there && sees && reads_audit
    }
}

impl Session {
    fn wants(&self, event: &Event, bot_id: u64) -> bool {
        if self.forgotten || !self.carries(event.guild) {
            return false;
        }
        let needs = needed(event.name, event.guild.is_some());
        // A bot is always told of changes to its own membership.
        let own = event.name == "GUILD_MEMBER_UPDATE"
            && event.data["user"]["id"].as_str() == Some(&bot_id.to_string());
        // Of the members of a thread only with their intent, unless it is itself one of them.
        let others = event.name == "THREAD_MEMBERS_UPDATE" && !adds_or_removes(event, bot_id);
        let needs = if others { needs | GUILD_MEMBERS } else { needs };
        own || self.intents & needs == needs
    }

    /// Whether the shard is the one of this guild; what has no guild belongs to shard 0.
    pub(crate) fn carries(&self, guild: Option<u64>) -> bool {
        let (shard, shards) = self.shard;
        guild.map_or(0, |id| (id >> 22) % shards) == shard
    }
}

fn adds_or_removes(event: &Event, bot_id: u64) -> bool {
    let bot = bot_id.to_string();
    let list = |key: &str| event.data[key].as_array().into_iter().flatten();
    list("added_members").any(|member| member["user_id"] == *bot)
        || list("removed_member_ids").any(|id| *id == *bot)
}
