//! Reacting to a message.

use serde_json::json;

use super::Standing;
use crate::permissions::{ADD_REACTIONS, READ_MESSAGE_HISTORY};
use crate::refusal::Refusal;
use crate::shown::{Shown, ShownKind};
use crate::state::State;

impl State {
    pub(super) fn react(&mut self, standing: Standing, emoji: &str) -> Result<(), Refusal> {
        self.may(
            standing,
            ADD_REACTIONS | READ_MESSAGE_HISTORY,
            "add reactions",
        )?;
        let Standing { user, channel } = standing;
        let all = self.messages.get_mut(&channel).into_iter().flatten();
        let Some((_, message)) = all
            .rev()
            .find(|(_, message)| message.ephemeral_for.is_none())
        else {
            return Err(Refusal::NoMessage(
                self.shown_channel(channel).unwrap_or_default(),
            ));
        };
        let (id, author) = (message.id, message.author);
        let reaction = (emoji.to_owned(), user);
        if message.reactions.contains(&reaction) {
            return Ok(());
        }
        message.reactions.push(reaction);
        let mut data = json!({
            "user_id": user.to_string(),
            "message_id": id.to_string(),
            "message_author_id": author.to_string(),
            "emoji": {"id": null, "name": emoji},
            "burst": false,
            "type": 0,
        });
        let guild = self.channel(channel)?.guild();
        if let Some(member) = guild.and_then(|guild| self.member(guild, user).ok()) {
            data["member"] = self.member_json(member);
        }
        let data = self.in_channel_json(channel, data);
        self.emit_in_channel("MESSAGE_REACTION_ADD", channel, data);
        let mut shown = Shown::new(ShownKind::Reaction);
        shown.author = Some(self.name_of(user));
        shown.channel = self.shown_channel(channel);
        shown.content = Some(emoji.to_owned());
        self.show(shown);
        Ok(())
    }
}
