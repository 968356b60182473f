//! Threads: beginning, changing and ending them, and who is in them.
//!
//! The rules: <https://discord.com/developers/docs/topics/threads>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::payload::thread_member_json;
use crate::permissions::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, SEND_MESSAGES_IN_THREADS,
};
use crate::state::{Channel, Kind, Message, State, Thread, audit::action};

/// Discord's number of the message that says that a thread was begun.
const THREAD_CREATED: u8 = 18;
/// Marks a message at which a thread was begun.
const HAS_THREAD: u64 = 1 << 5;
/// Discord's number of a private thread.
const PRIVATE: u64 = 12;

impl State {
    /// Begins a thread, at a message or without one. Answers its id, which is the message's.
    pub(crate) fn start_thread(
        &mut self,
        actor: &Actor,
        channel: u64,
        at: Option<u64>,
        spec: &Value,
    ) -> Result<u64, ApiError> {
        // Without a message and without a type it is a private one.
        let private = at.is_none() && spec["type"].as_u64().unwrap_or(PRIVATE) == PRIVATE;
        let needs = if private {
            CREATE_PRIVATE_THREADS
        } else {
            CREATE_PUBLIC_THREADS
        };
        self.require_in(actor.user, channel, needs)?;
        let Kind::Text(guild) = self.channel(channel)?.kind else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        let name = checked_name(spec)?.ok_or_else(|| ApiError::required("name"))?;
        if let Some(message) = at
            && self.message(channel, message)?.thread.is_some()
        {
            return Err(ApiError::HAS_THREAD);
        }
        let now = self.now_ms();
        let id = at.unwrap_or_else(|| self.ids.next());
        let mut thread = Channel::new(id, &name, Kind::Thread(guild));
        thread.parent = Some(channel);
        thread.slowmode = checked_slowmode(spec)?.unwrap_or(0);
        thread.thread = Some(Thread {
            owner: actor.user,
            private,
            invitable: spec["invitable"].as_bool().unwrap_or(true),
            archived: false,
            locked: false,
            auto_archive: checked_auto_archive(spec)?.unwrap_or(limits::AUTO_ARCHIVE[1]),
            created_ms: now,
            changed_ms: now,
            members: BTreeMap::from([(actor.user, now)]),
            sent: 0,
        });
        let mut data = self.channel_json(&thread);
        self.channels.insert(id, thread);
        data["newly_created"] = json!(true);
        self.emit_in_channel("THREAD_CREATE", id, data);
        let changes = vec![change("name", Value::Null, json!(name))];
        self.record(actor, guild, action::THREAD_CREATE, Some(id), changes, None);
        match at {
            Some(at) => {
                let message = self.message_mut(channel, at)?;
                message.thread = Some(id);
                message.flags |= HAS_THREAD;
                let message = message.clone();
                self.emit_message("MESSAGE_UPDATE", &message);
            }
            None if !private => {
                let mut notice = Message::new(self.ids.next(), channel, actor.user);
                notice.content = name;
                notice.system = Some(THREAD_CREATED);
                self.post(notice);
            }
            None => {}
        }
        self.show_channel(actor, id, "thread created");
        Ok(id)
    }

    /// Changes a thread. Its owner may rename it and close it; the rest needs `MANAGE_THREADS`.
    pub(crate) fn edit_thread(
        &mut self,
        actor: &Actor,
        id: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, id, 0)?;
        let channel = self.channel(id)?.clone();
        let (Some(old), Some(guild)) = (&channel.thread, channel.guild()) else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        let manages = self.bits_in(actor.user, &channel) & MANAGE_THREADS != 0;
        let archived = edit["archived"].as_bool().unwrap_or(old.archived);
        let locked = edit["locked"].as_bool().unwrap_or(old.locked);
        let opens = old.archived && !archived;
        if old.archived && !opens {
            return Err(ApiError::THREAD_ARCHIVED);
        }
        let others = edit
            .as_object()
            .into_iter()
            .flatten()
            .any(|(key, _)| key != "archived");
        let owner = old.owner == actor.user;
        let staff = edit.get("locked").is_some() || edit.get("rate_limit_per_user").is_some();
        if !manages && (old.locked || staff || (!owner && (others || !opens))) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        if !manages && opens {
            self.require_in(actor.user, id, SEND_MESSAGES_IN_THREADS)?;
        }
        let mut new = channel.clone();
        if let Some(name) = checked_name(edit)? {
            new.name = name;
        }
        if let Some(seconds) = checked_slowmode(edit)? {
            new.slowmode = seconds;
        }
        let now = self.now_ms();
        if let Some(thread) = &mut new.thread {
            if thread.archived != archived {
                thread.changed_ms = now;
            }
            thread.archived = archived;
            thread.locked = locked;
            thread.auto_archive = checked_auto_archive(edit)?.unwrap_or(thread.auto_archive);
            thread.invitable = edit["invitable"].as_bool().unwrap_or(thread.invitable);
        }
        let (before, after) = (self.channel_json(&channel), self.channel_json(&new));
        let changes: Vec<Value> = [
            ("name", "/name"),
            ("rate_limit_per_user", "/rate_limit_per_user"),
            ("archived", "/thread_metadata/archived"),
            ("locked", "/thread_metadata/locked"),
            (
                "auto_archive_duration",
                "/thread_metadata/auto_archive_duration",
            ),
            ("invitable", "/thread_metadata/invitable"),
        ]
        .into_iter()
        .filter_map(|(key, at)| {
            let (old, new) = (before.pointer(at)?.clone(), after.pointer(at)?.clone());
            (old != new).then(|| change(key, old, new))
        })
        .collect();
        if changes.is_empty() {
            return Ok(());
        }
        self.channels.insert(id, new);
        self.emit_in_channel("THREAD_UPDATE", id, after);
        self.record(actor, guild, action::THREAD_UPDATE, Some(id), changes, None);
        self.show_channel(actor, id, "thread updated");
        Ok(())
    }

    /// Deletes a thread with everything in it.
    pub(crate) fn delete_thread(&mut self, actor: &Actor, id: u64) -> Result<Value, ApiError> {
        self.require_in(actor.user, id, MANAGE_THREADS)?;
        let channel = self.channel(id)?;
        let Some(guild) = channel.guild() else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        let (json, name) = (self.channel_json(channel), json!(channel.name));
        let data = json!({
            "id": id.to_string(),
            "guild_id": guild.to_string(),
            "parent_id": json["parent_id"],
            "type": json["type"],
        });
        self.show_channel(actor, id, "thread deleted");
        self.emit_in_channel("THREAD_DELETE", id, data);
        self.channels.remove(&id);
        self.messages.remove(&id);
        let changes = vec![change("name", name, Value::Null)];
        self.record(actor, guild, action::THREAD_DELETE, Some(id), changes, None);
        Ok(json)
    }

    /// Puts someone into a thread or takes them out of it.
    pub(crate) fn set_thread_member(
        &mut self,
        actor: u64,
        id: u64,
        user: u64,
        present: bool,
    ) -> Result<(), ApiError> {
        self.require_in(actor, id, 0)?;
        let channel = self.channel(id)?;
        let (Some(thread), Some(guild)) = (&channel.thread, channel.guild()) else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        if thread.archived {
            return Err(ApiError::THREAD_ARCHIVED);
        }
        let manages = self.bits_in(actor, channel) & MANAGE_THREADS != 0;
        let may = match (actor == user, present) {
            (true, _) => true,
            (false, true) => !thread.private || thread.invitable || thread.owner == actor,
            (false, false) => thread.private && thread.owner == actor,
        };
        if !(may || manages) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        self.member(guild, user)?;
        let now = self.now_ms();
        let Some(thread) = &mut self.channel_mut(id)?.thread else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        let was = thread.members.contains_key(&user);
        if present {
            thread.members.entry(user).or_insert(now);
        } else {
            thread.members.remove(&user);
        }
        let count = thread.members.len();
        if was == present {
            return Ok(());
        }
        let mut data = json!({
            "id": id.to_string(),
            "guild_id": guild.to_string(),
            "member_count": count.min(50),
        });
        if present {
            let mut added = thread_member_json(id, user, now);
            added["member"] = self.member_json(self.member(guild, user)?);
            added["presence"] = Value::Null;
            data["added_members"] = json!([added]);
        } else {
            data["removed_member_ids"] = json!([user.to_string()]);
        }
        self.emit_in_channel("THREAD_MEMBERS_UPDATE", id, data);
        Ok(())
    }

    /// Someone is about to write: an archived thread opens again, and the writer is in it from now.
    pub(crate) fn enter_thread(&mut self, user: u64, id: u64) -> Result<(), ApiError> {
        let channel = self.channel(id)?;
        let Some(thread) = &channel.thread else {
            return Ok(());
        };
        let (archived, member) = (thread.archived, thread.members.contains_key(&user));
        let manages = self.bits_in(user, channel) & MANAGE_THREADS != 0;
        if thread.locked && !manages {
            return Err(ApiError::THREAD_LOCKED);
        }
        if archived {
            self.edit_thread(&Actor::new(user), id, &json!({"archived": false}))?;
        }
        if !member && self.users.contains_key(&user) {
            self.set_thread_member(user, id, user, true)?;
        }
        Ok(())
    }
}

fn checked_name(spec: &Value) -> Result<Option<String>, ApiError> {
    let Some(name) = spec["name"].as_str() else {
        return Ok(None);
    };
    let length = name.chars().count();
    if length == 0 || length > limits::CHANNEL_NAME {
        let message = format!("Must be between 1 and {} in length.", limits::CHANNEL_NAME);
        return Err(ApiError::invalid("name", "BASE_TYPE_BAD_LENGTH", message));
    }
    Ok(Some(name.to_owned()))
}

fn checked_auto_archive(spec: &Value) -> Result<Option<u64>, ApiError> {
    let Some(minutes) = spec["auto_archive_duration"].as_u64() else {
        return Ok(None);
    };
    if limits::AUTO_ARCHIVE.contains(&minutes) {
        return Ok(Some(minutes));
    }
    let message = "Value must be one of (60, 1440, 4320, 10080).";
    let path = "auto_archive_duration";
    Err(ApiError::invalid(path, "BASE_TYPE_CHOICES", message))
}

/// The seconds of slowmode that a request names.
pub(super) fn checked_slowmode(spec: &Value) -> Result<Option<u64>, ApiError> {
    let Some(value) = spec.get("rate_limit_per_user") else {
        return Ok(None);
    };
    let seconds = value.as_u64().unwrap_or(0);
    if seconds > limits::SLOWMODE_SECONDS {
        let max = limits::SLOWMODE_SECONDS;
        let message = format!("int value should be less than or equal to {max}.");
        let path = "rate_limit_per_user";
        return Err(ApiError::invalid(path, "NUMBER_TYPE_MAX", message));
    }
    Ok(Some(seconds))
}
