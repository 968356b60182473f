//! Who is notified by a message: those whom it mentions, as far as its author may and wants to.

use super::{Channel, Message, State};
use crate::mention::{self, Mention};
use crate::permissions::MENTION_EVERYONE;

/// Whom a message notifies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notified {
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
    pub(crate) everyone: bool,
}

impl State {
    /// Works out whom a message notifies when it is sent or edited.
    pub(crate) fn notified(&self, message: &Message) -> Notified {
        let channel = self.channels.get(&message.channel_id);
        let guild = channel.and_then(Channel::guild);
        let may = |channel: &Channel| {
            // A webhook has no roles: its messages may notify everyone.
            message.webhook.is_some()
                || self.bits_in(message.author, channel) & MENTION_EVERYONE != 0
        };
        let may_all = guild.is_some() && channel.is_some_and(may);
        let mut notified = Notified::default();
        for mention in mention::all(&message.content) {
            match mention {
                Mention::User(id)
                    if self.users.contains_key(&id) && message.allowed.users.takes(id) =>
                {
                    notified.users.push(id);
                }
                Mention::Role(id) if message.allowed.roles.takes(id) => {
                    let role = guild.and_then(|guild| self.role(guild, id).ok());
                    if role.is_some_and(|role| may_all || role.mentionable) {
                        notified.roles.push(id);
                    }
                }
                _ => {}
            }
        }
        let replied = message.reply_to.filter(|_| message.allowed.replied_user);
        let replied = replied.and_then(|id| self.message(message.channel_id, id).ok());
        if let Some(replied) = replied.filter(|m| self.users.contains_key(&m.author))
            && !notified.users.contains(&replied.author)
        {
            notified.users.push(replied.author);
        }
        let called = ["@everyone", "@here"];
        let called = called.iter().any(|word| message.content.contains(word));
        notified.everyone = called && may_all && message.allowed.everyone;
        notified
    }
}
