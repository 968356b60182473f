//! Reactions: adding and removing them.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::limits;
use crate::permissions::{ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY};
use crate::shown::{Shown, ShownKind};
use crate::state::{Emoji, State};

impl State {
    /// Someone reacts. Nothing happens when they have already.
    pub(crate) fn add_reaction(
        &mut self,
        user: u64,
        (channel, id): (u64, u64),
        emoji: &Emoji,
    ) -> Result<(), ApiError> {
        self.require_in(user, channel, READ_MESSAGE_HISTORY)?;
        let emoji = self.known_emoji(emoji)?;
        let message = self.message(channel, id)?;
        let there = message.reactions.iter().any(|(known, _)| known.is(&emoji));
        if message
            .reactions
            .iter()
            .any(|(e, who)| e.is(&emoji) && *who == user)
        {
            return Ok(());
        }
        if !there {
            self.require_in(user, channel, ADD_REACTIONS)?;
            let mut kinds: Vec<&Emoji> = Vec::new();
            for (known, _) in &message.reactions {
                if !kinds.iter().any(|kind| kind.is(known)) {
                    kinds.push(known);
                }
            }
            if kinds.len() >= limits::REACTIONS {
                return Err(ApiError::TOO_MANY_REACTIONS);
            }
        }
        let author = message.author;
        self.message_mut(channel, id)?
            .reactions
            .push((emoji.clone(), user));
        let mut data = self.reaction_json((channel, id), &emoji);
        data["user_id"] = json!(user.to_string());
        data["message_author_id"] = json!(author.to_string());
        data["burst"] = json!(false);
        data["type"] = json!(0);
        let guild = self.channel(channel)?.guild();
        if let Some(member) = guild.and_then(|guild| self.member(guild, user).ok()) {
            data["member"] = self.member_json(member);
        }
        self.emit_in_channel("MESSAGE_REACTION_ADD", channel, data);
        self.show_reaction(ShownKind::Reaction, user, channel, &emoji);
        Ok(())
    }

    /// Takes someone's reaction away: one's own, or another's with `MANAGE_MESSAGES`.
    pub(crate) fn remove_reaction(
        &mut self,
        actor: u64,
        (channel, id): (u64, u64),
        emoji: &Emoji,
        of: u64,
    ) -> Result<(), ApiError> {
        self.require_in(actor, channel, READ_MESSAGE_HISTORY)?;
        if actor != of {
            self.require_in(actor, channel, MANAGE_MESSAGES)?;
        }
        let emoji = self.known_emoji(emoji)?;
        let reactions = &mut self.message_mut(channel, id)?.reactions;
        let before = reactions.len();
        reactions.retain(|(known, who)| !(known.is(&emoji) && *who == of));
        if reactions.len() == before {
            return Ok(());
        }
        let mut data = self.reaction_json((channel, id), &emoji);
        data["user_id"] = json!(of.to_string());
        data["burst"] = json!(false);
        data["type"] = json!(0);
        self.emit_in_channel("MESSAGE_REACTION_REMOVE", channel, data);
        self.show_reaction(ShownKind::ReactionRemoved, of, channel, &emoji);
        Ok(())
    }

    /// Takes all reactions away, or all with one emoji.
    pub(crate) fn clear_reactions(
        &mut self,
        actor: u64,
        (channel, id): (u64, u64),
        emoji: Option<&Emoji>,
    ) -> Result<(), ApiError> {
        self.require_in(actor, channel, MANAGE_MESSAGES | READ_MESSAGE_HISTORY)?;
        let emoji = emoji.map(|emoji| self.known_emoji(emoji)).transpose()?;
        let reactions = &mut self.message_mut(channel, id)?.reactions;
        reactions.retain(|(known, _)| emoji.as_ref().is_some_and(|emoji| !known.is(emoji)));
        if let Some(emoji) = emoji {
            let data = self.reaction_json((channel, id), &emoji);
            self.emit_in_channel("MESSAGE_REACTION_REMOVE_EMOJI", channel, data);
        } else {
            let data = self.in_channel_json(channel, json!({"message_id": id.to_string()}));
            self.emit_in_channel("MESSAGE_REACTION_REMOVE_ALL", channel, data);
        }
        Ok(())
    }

    /// The emoji as it is known: one of Unicode's, or of a guild that is here.
    pub(crate) fn known_emoji(&self, emoji: &Emoji) -> Result<Emoji, ApiError> {
        let Some(id) = emoji.id else {
            let plain =
                emoji.name.is_empty() || emoji.name.chars().any(|c| c.is_ascii_alphabetic());
            return if plain {
                Err(ApiError::UNKNOWN_EMOJI)
            } else {
                Ok(emoji.clone())
            };
        };
        let known = self.guilds.values().find_map(|guild| guild.emojis.get(&id));
        let known = known.ok_or(ApiError::UNKNOWN_EMOJI)?;
        Ok(Emoji {
            id: Some(id),
            name: known.name.clone(),
            animated: false,
        })
    }

    fn reaction_json(&self, (channel, message): (u64, u64), emoji: &Emoji) -> Value {
        let data = json!({"message_id": message.to_string(), "emoji": emoji.to_json()});
        self.in_channel_json(channel, data)
    }

    fn show_reaction(&mut self, kind: ShownKind, user: u64, channel: u64, emoji: &Emoji) {
        let mut shown = Shown::new(kind);
        shown.author = Some(self.name_of(user));
        shown.channel = self.shown_channel(channel);
        shown.content = Some(emoji.name.clone());
        self.show(shown);
    }
}
