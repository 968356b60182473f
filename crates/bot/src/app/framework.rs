//! How poise reads messages and whom it tells of errors.

use crate::{command::Tree, data::Data, failure::Failure, on_error};
use poise::{BoxFuture, FrameworkOptions, PrefixFrameworkOptions, serenity_prelude as serenity};
use serenity::{Context, CreateAllowedMentions, Message};

/// The options of a bot with these commands.
///
/// Permissions and limits are ours (`command::invoke`), so poise's own are switched off. An edited
/// message never runs a command: there is no edit tracker.
pub(super) fn options(tree: Tree) -> FrameworkOptions<Data, Failure> {
    FrameworkOptions {
        commands: tree.into_poise(),
        on_error: |error| Box::pin(on_error::framework(error)),
        allowed_mentions: Some(CreateAllowedMentions::new()),
        manual_cooldowns: true,
        initialize_owners: false,
        prefix_options: PrefixFrameworkOptions {
            stripped_dynamic_prefix: Some(prefix_of),
            mention_as_prefix: true,
            edit_tracker: None,
            execute_untracked_edits: false,
            ignore_bots: true,
            case_insensitive_commands: true,
            ..PrefixFrameworkOptions::default()
        },
        ..FrameworkOptions::default()
    }
}

/// The prefix that a message begins with, from memory. poise skips spaces after it, and takes a
/// mention of the bot for a prefix when this finds none.
fn prefix_of<'a>(
    _: &'a Context,
    message: &'a Message,
    data: &'a Data,
) -> BoxFuture<'a, Result<Option<&'a str>, Failure>> {
    Box::pin(async move {
        let settings = data.guilds.settings(message.guild_id).await;
        let in_guild = message.guild_id.is_some();
        Ok(find_prefix(&message.content, &settings.prefix, in_guild))
    })
}

/// In a direct message nothing else is meant than a command, so the prefix may be left out.
fn find_prefix<'a>(content: &'a str, prefix: &str, in_guild: bool) -> Option<&'a str> {
    if content.starts_with(prefix) {
        return content.get(..prefix.len());
    }
    (!in_guild && !content.starts_with("<@")).then_some("")
}

#[cfg(test)]
mod tests {
    use super::find_prefix;

    #[test]
    fn a_guild_wants_its_prefix_and_a_direct_message_takes_none_too() {
        assert_eq!(find_prefix("!ping", "!", true), Some("!"));
        assert_eq!(find_prefix("ping", "!", true), None);
        assert_eq!(find_prefix("ü-ping", "ü-", true), Some("ü-"));
        assert_eq!(find_prefix("!ping", "!", false), Some("!"));
        assert_eq!(find_prefix("ping", "!", false), Some(""));
    }

    #[test]
    fn a_mention_is_left_to_poise() {
        assert_eq!(find_prefix("<@1> ping", "!", true), None);
        assert_eq!(find_prefix("<@1> ping", "!", false), None);
    }
}
