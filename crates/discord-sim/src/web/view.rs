//! What the page shows to one person: Discord's own objects, as far as that person sees them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::interaction::command::CHAT_INPUT;
use crate::payload::roles_json;
use crate::permissions::{ADMINISTRATOR, SEND_MESSAGES, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};
use crate::state::{Channel, Kind, Message, State};

/// How many of the newest messages of a channel are shown.
const MESSAGES: usize = 200;

/// Everything that one person sees at one moment.
#[derive(Debug, Default, PartialEq)]
pub(super) struct View {
    /// Guild, channels, members and so on, by the names under which the page keeps them.
    pub(super) parts: BTreeMap<&'static str, Value>,
    /// By channel and id.
    pub(super) messages: BTreeMap<u64, BTreeMap<u64, Value>>,
}

impl View {
    /// What `person` sees, and beside it the channel `watched`, which everyone sees on this page.
    pub(super) fn of(state: &State, person: u64, watched: Option<&str>) -> Self {
        let watched = watched.and_then(|name| state.channel_named(name));
        let channels = visible(state, person);
        let shown = channels.iter().map(|channel| channel.id).chain(watched);
        let messages = shown.map(|id| (id, messages(state, id, person))).collect();
        let parts = BTreeMap::from([
            ("me", json!(person.to_string())),
            ("bot", json!(state.bot_id.to_string())),
            ("guild", guild(state)),
            ("channels", listed(state, person, &channels)),
            ("watched", json!(watched.map(|id| id.to_string()))),
            ("users", users(state)),
            ("members", members(state)),
            ("bans", bans(state)),
            ("commands", commands(state, person)),
            ("modal", modal(state, person)),
            ("pending", pending(state, person)),
            ("connected", json!(state.gateway.live().next().is_some())),
        ]);
        Self { parts, messages }
    }
}

fn visible(state: &State, person: u64) -> Vec<&Channel> {
    let sees = |channel: &&Channel| {
        let here = match channel.kind {
            Kind::Dm(recipient) => recipient == person,
            Kind::Text(guild) | Kind::Thread(guild) => guild == state.main_guild,
            Kind::Voice(_) | Kind::Category(_) => false,
        };
        here && state.bits_in(person, channel) & VIEW_CHANNEL != 0
    };
    state.channels.values().filter(sees).collect()
}

fn listed(state: &State, person: u64, channels: &[&Channel]) -> Value {
    let channel = |channel: &&Channel| {
        let everyone = state
            .guilds
            .get(&state.main_guild)
            .and_then(|guild| channel.overwrites.iter().find(|o| o.id == guild.id));
        let bits = state.bits_in(person, channel);
        let mut json = state.channel_json(channel);
        json["hidden"] = json!(everyone.is_some_and(|o| o.deny & VIEW_CHANNEL != 0));
        json["may_send"] = json!(bits & SEND_MESSAGES != 0);
        json["may_command"] = json!(bits & USE_APPLICATION_COMMANDS != 0);
        json
    };
    channels.iter().map(channel).collect()
}

fn messages(state: &State, channel: u64, person: u64) -> BTreeMap<u64, Value> {
    let all = state.messages.get(&channel).into_iter().flatten();
    let seen = all.filter(|(_, message)| message.visible_to(person));
    seen.rev()
        .take(MESSAGES)
        .map(|(id, message)| (*id, message_json(state, message)))
        .collect()
}

fn message_json(state: &State, message: &Message) -> Value {
    let mut json = state.message_json(message);
    // The page writes its own reply markers, and needs no more of the other message than that.
    if let Some(original) = json.get_mut("referenced_message").filter(|m| !m.is_null()) {
        let short = json!({"author": original["author"], "content": original["content"]});
        *original = short;
    }
    json
}

fn guild(state: &State) -> Value {
    let Some(guild) = state.guilds.get(&state.main_guild) else {
        return Value::Null;
    };
    json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "owner_id": guild.owner.to_string(),
        "roles": roles_json(guild),
    })
}

/// The name of everyone, also of those who are not here, by id.
fn users(state: &State) -> Value {
    let user = |(id, user): (&u64, &crate::state::User)| {
        let json = json!({"name": user.name, "bot": user.bot});
        (id.to_string(), json)
    };
    Value::Object(state.users.iter().map(user).collect::<Map<_, _>>())
}

fn members(state: &State) -> Value {
    let guild = state.guilds.get(&state.main_guild);
    let members = guild.into_iter().flat_map(|guild| guild.members.values());
    let member = |member: &crate::state::Member| {
        json!({
            "id": member.user_id.to_string(),
            "nick": member.nick,
            "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "timeout_until": member.timeout_ms,
        })
    };
    members.map(member).collect()
}

fn bans(state: &State) -> Value {
    let guild = state.guilds.get(&state.main_guild);
    let bans = guild.into_iter().flat_map(|guild| guild.bans.iter());
    bans.map(|(id, ban)| json!({"id": id.to_string(), "reason": ban.reason}))
        .collect()
}

/// The slash commands that Discord's client would offer, in the guild and in a direct conversation.
fn commands(state: &State, person: u64) -> Value {
    let bits = state
        .guilds
        .get(&state.main_guild)
        .map_or(0, |guild| guild.bits(person, state.now_ms()));
    let offered = |spec: &Value| {
        let needs = spec["default_member_permissions"].as_str();
        match needs.and_then(|bits| bits.parse::<u64>().ok()) {
            None => true,
            Some(0) => bits & ADMINISTRATOR != 0,
            Some(needs) => bits & needs == needs,
        }
    };
    let in_place = |guild: Option<u64>| {
        let seen = state.commands.seen_in(guild, CHAT_INPUT);
        let specs = seen.into_iter().map(|command| &command.spec);
        let offered = specs.filter(|spec| guild.is_none() || offered(spec));
        offered.map(command_json).collect::<Vec<_>>()
    };
    json!({"guild": in_place(Some(state.main_guild)), "dm": in_place(None)})
}

/// What a client needs of a command to offer it.
fn command_json(spec: &Value) -> Value {
    json!({
        "name": spec["name"],
        "description": spec["description"],
        "options": spec["options"],
    })
}

/// The newest form that is open for someone.
fn modal(state: &State, person: u64) -> Value {
    let mut newest_first = state.interactions.by_id.values().rev();
    let open = newest_first.find(|asked| asked.asked.user == person && asked.modal.is_some());
    open.map_or(Value::Null, |asked| {
        json!({
            "id": asked.id.to_string(),
            "channel": asked.asked.channel.to_string(),
            "form": asked.modal,
        })
    })
}

/// What someone has asked of the bot without having had any answer yet.
fn pending(state: &State, person: u64) -> Value {
    let waiting = state.interactions.waiting.iter();
    let asked = waiting.filter_map(|id| state.interactions.by_id.get(id));
    let own = asked.filter(|asked| asked.asked.user == person && !asked.acknowledged);
    // Completing an option shows no such sign.
    let shown = own.filter(|asked| asked.asked.kind != 4);
    shown
        .map(|asked| {
            json!({
                "id": asked.id.to_string(),
                "channel": asked.asked.channel.to_string(),
                "command": asked.command,
                "source": asked.source.map(|id| id.to_string()),
            })
        })
        .collect()
}
