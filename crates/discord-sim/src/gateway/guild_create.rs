//! How a session learns of a guild: at its start, and when an outage ends.

use serde_json::{Value, json};

use super::intents::{GUILD_PRESENCES, GUILD_VOICE_STATES, GUILDS};
use super::session::Session;
use crate::history::Happening;
use crate::state::{Guild, Member, State};

impl State {
    /// `GUILD_CREATE` as this session gets it. Of the members it names only those that Discord
    /// names:
    ///
    /// - without the intent for presences the bot and those in voice channels, however small the
    ///   guild, and whatever other intents there are
    ///   (<https://github.com/discord/discord-api-docs/issues/3968>);
    /// - with it everyone, and in a large guild also those who are not offline.
    fn guild_create_for(&self, session: &Session, guild: &Guild) -> Value {
        let presences = session.intents & GUILD_PRESENCES != 0;
        let large = guild.members.len() > session.large_threshold;
        let named = |member: &&Member| {
            let user = member.user_id;
            user == self.bot_id
                || self.voice.contains_key(&(guild.id, user))
                || presences && (!large || self.presences.contains_key(&user))
        };
        let members = guild.members.values().filter(named);
        let members: Vec<Value> = members.map(|member| self.member_json(member)).collect();
        let mut data = self.guild_create_json(guild, large);
        data["members"] = json!(members);
        if presences {
            let online = self.presences.iter();
            data["presences"] = online
                .filter(|(user, _)| guild.members.contains_key(user))
                .map(|(user, presence)| presence.json(guild.id, *user))
                .collect();
        }
        if session.intents & GUILD_VOICE_STATES != 0 {
            data["voice_states"] = self
                .voice
                .range((guild.id, 0)..=(guild.id, u64::MAX))
                .map(|((_, user), voice)| {
                    let mut state = self.voice_state_json(guild.id, *user, Some(voice));
                    // The guild around it says it already.
                    if let Some(state) = state.as_object_mut() {
                        state.remove("guild_id");
                    }
                    state
                })
                .collect();
        }
        data
    }

    pub(crate) fn is_available(&self, guild: u64) -> bool {
        !self.outages.contains(&guild)
    }

    /// Begins or ends an outage of a guild. While it lasts, nothing is told of the guild.
    pub(crate) fn set_available(&mut self, guild: u64, available: bool) {
        let Some(name) = self.guilds.get(&guild).map(|guild| guild.name.clone()) else {
            return;
        };
        if self.is_available(guild) == available {
            return;
        }
        if available {
            self.note_gateway(&format!("{name} is back"));
            self.outages.remove(&guild);
            self.emit_guild_create(guild);
        } else {
            self.note_gateway(&format!("{name} is in an outage"));
            let data = json!({"id": guild.to_string(), "unavailable": true});
            self.emit_in_guild("GUILD_DELETE", guild, data);
            self.outages.insert(guild);
        }
    }

    fn emit_guild_create(&mut self, guild: u64) {
        let mut sessions = std::mem::take(&mut self.gateway.sessions);
        let told =
            |s: &&mut Session| !s.forgotten && s.carries(Some(guild)) && s.intents & GUILDS != 0;
        for session in sessions.iter_mut().filter(told) {
            session.release();
            self.tell_of_guild(session, guild);
            self.gateway.dispatched += 1;
        }
        self.gateway.sessions = sessions;
    }

    /// Sends `GUILD_CREATE`, unless the guild is in an outage.
    pub(crate) fn tell_of_guild(&mut self, session: &mut Session, guild: u64) {
        if !self.is_available(guild) {
            return;
        }
        if let Some(guild) = self.guilds.get(&guild) {
            let data = self.guild_create_for(session, guild);
            self.checks.event("GUILD_CREATE", &data);
            session.dispatch("GUILD_CREATE", &data);
            self.note(Happening::Event("GUILD_CREATE"));
        }
    }
}
