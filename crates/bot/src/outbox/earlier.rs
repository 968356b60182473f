//! The message of an earlier attempt whose answer was lost. Discord forgets nonces after a while, so the
//! channel itself is looked through.

use super::{LogPayload, Sent, outcome::Answer, perform::Doing};
use crate::{discord::snowflake::snowflake_at, parse::reason::marker};
use entity::mod_case;
use poise::serenity_prelude::{ChannelId, GetMessages, Message, MessageId};

/// How many messages Discord gives at once.
const PAGE: u8 = 100;
/// How many pages are looked through.
const PAGES: usize = 10;

/// Looks for the message among those that were posted since it was promised.
///
/// # Errors
/// Discord's answer, when it may be another one later.
pub(super) async fn find(
    doing: &Doing<'_>,
    channel: ChannelId,
    payload: &LogPayload,
    case: Option<&mod_case::Model>,
) -> Result<Option<Sent>, Answer> {
    if !doing.is_repeat() {
        return Ok(None);
    }
    let mut after = MessageId::new(snowflake_at(doing.obligation.created_at));
    for _ in 0..PAGES {
        let page = GetMessages::new().after(after).limit(PAGE);
        let page = match channel.messages(doing.http, page).await {
            Ok(page) => page,
            Err(error) => match Answer::of(&error) {
                // The bot may not read here. The nonce has to do.
                Answer::Refused { .. } => return Ok(None),
                answer => return Err(answer),
            },
        };
        let same = |message: &&Message| {
            message.author.id == doing.bot_id && says_the_same(message, payload, case)
        };
        if let Some(message) = page.iter().find(same) {
            return Ok(Some(Sent {
                channel_id: channel,
                message_id: message.id,
            }));
        }
        match page.iter().map(|message| message.id).max() {
            Some(newest) if page.len() == usize::from(PAGE) => after = newest,
            _ => break,
        }
    }
    Ok(None)
}

fn says_the_same(message: &Message, payload: &LogPayload, case: Option<&mod_case::Model>) -> bool {
    match (&payload.text, case) {
        (Some(text), _) => message.content == *text,
        (None, Some(case)) => {
            let title = message
                .embeds
                .first()
                .and_then(|embed| embed.title.as_ref());
            title.is_some_and(|title| title.starts_with(&marker(case.number)))
        }
        (None, None) => false,
    }
}
