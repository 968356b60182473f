//! Telling the moderator what became of a command. Always, and never more than is known.

use super::{
    ReplyPayload, ReplyTo, Sent,
    outcome::Answer,
    perform::{Doing, Done},
};
use crate::{failure::Result, moderation::words};
use chrono::TimeDelta;
use controllers::{Crud, Finish};
use entity::{
    mod_case,
    value::{CaseState, ObligationKind},
};
use poise::serenity_prelude::{
    self as serenity, ChannelId, CreateAllowedMentions, CreateMessage, EditInteractionResponse,
    EditMessage, MessageReference, Nonce, UserId,
};
use serde_json::json;

/// After this long an answer is of no use.
const WORTH_ANSWERING: TimeDelta = TimeDelta::hours(24);

/// Makes an attempt: the final answer when everything is known, else one that says what still waits.
pub(super) async fn attempt(doing: &Doing<'_>) -> Result<Done> {
    let payload: ReplyPayload = serde_json::from_value(doing.obligation.payload.clone())?;
    let (text, open) = text(doing, &payload).await?;
    if open && payload.sent.is_some() {
        // They know that it takes longer. The end of the action makes this due at once.
        let answer = Answer::Fulfilled { already: true };
        return Ok(Done::new(answer, Finish::Again(doing.next_attempt())));
    }
    let answer = deliver(doing, &payload, &text, doing.obligation.nonce.as_deref()).await;
    Ok(match answer {
        // Something still has to wait: this answer said so, and another one follows.
        Ok(sent) if open => {
            let payload = ReplyPayload {
                sent: Some(sent),
                ..payload
            };
            let finish = Finish::Again(doing.next_attempt());
            Done {
                payload: Some(serde_json::to_value(&payload)?),
                ..Done::new(Answer::Fulfilled { already: false }, finish)
            }
        }
        Ok(sent) => {
            let payload = ReplyPayload {
                sent: Some(sent),
                ..payload
            };
            Done {
                payload: Some(serde_json::to_value(&payload)?),
                ..Done::fulfilled(false)
            }
        }
        Err(answer @ (Answer::Failed { .. } | Answer::Limited))
            if doing.data.clock.now() - doing.obligation.created_at < WORTH_ANSWERING =>
        {
            doing.again(answer)
        }
        Err(answer) => Done::new(answer, Finish::Failed),
    })
}

/// What is known now, and whether anything of it is still open.
async fn text(doing: &Doing<'_>, payload: &ReplyPayload) -> Result<(String, bool)> {
    let db = doing.data.database.db();
    let Some(guild) = doing.obligation.guild_id else {
        return Ok((payload.lines.join("\n"), false));
    };
    let mut lines = Vec::new();
    let mut open = false;
    for number in &payload.cases {
        let case: mod_case::Model = db.guild(guild).cases().get((guild, *number)).await?;
        let owed = db.obligations().of_case(guild, *number).await?;
        open |= case.state == CaseState::Pending;
        let owed_as = |kind| owed.iter().find(|obligation| obligation.kind == kind);
        let dm = owed_as(ObligationKind::Dm);
        let log = owed_as(ObligationKind::Log).map(|log| log.state);
        lines.push(words::reply_line(doing.data, &case, dm, log).await?);
    }
    lines.extend(payload.lines.iter().cloned());
    Ok((words::within_a_message(&lines), open))
}

async fn deliver(
    doing: &Doing<'_>,
    payload: &ReplyPayload,
    text: &str,
    nonce: Option<&str>,
) -> Result<Sent, Answer> {
    match &payload.to {
        ReplyTo::Interaction {
            token,
            until,
            channel_id,
        } => {
            if *until > doing.data.clock.now() {
                let edit = EditInteractionResponse::new()
                    .content(text)
                    .allowed_mentions(CreateAllowedMentions::new());
                let edited = doing
                    .http
                    .edit_original_interaction_response(token, &edit, vec![])
                    .await;
                match edited.map_err(|error| Answer::of(&error)) {
                    Ok(message) => return Ok(sent(&message)),
                    // The token has ended, or the answer was deleted: say it in the channel.
                    Err(Answer::Refused { .. } | Answer::Unauthorized) => {}
                    Err(answer) => return Err(answer),
                }
            }
            say(doing, *channel_id, payload, text, nonce, None).await
        }
        ReplyTo::Message {
            channel_id,
            message_id,
        } => {
            if let Some(sent) = payload.sent {
                let edit = EditMessage::new()
                    .content(text)
                    .allowed_mentions(CreateAllowedMentions::new());
                let edited = sent
                    .channel_id
                    .edit_message(doing.http, sent.message_id, edit)
                    .await;
                return edited.map(|_| sent).map_err(|error| Answer::of(&error));
            }
            let to = MessageReference::from((*channel_id, *message_id)).fail_if_not_exists(false);
            say(doing, *channel_id, payload, text, nonce, Some(to)).await
        }
    }
}

/// In the channel; where the bot may not speak, by direct message.
async fn say(
    doing: &Doing<'_>,
    channel: ChannelId,
    payload: &ReplyPayload,
    text: &str,
    nonce: Option<&str>,
    to: Option<MessageReference>,
) -> Result<Sent, Answer> {
    let mut message = CreateMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String(nonce.unwrap_or_default().to_owned()))
        .enforce_nonce(nonce.is_some());
    if let Some(to) = to {
        message = message.reference_message(to);
    }
    let said = channel.send_message(doing.http, message.clone()).await;
    match said.map_err(|error| Answer::of(&error)) {
        Ok(message) => Ok(sent(&message)),
        Err(Answer::Refused { .. }) => {
            let user = UserId::new(payload.user_id);
            let private = doing
                .http
                .create_private_channel(&json!({ "recipient_id": user }))
                .await;
            let private = private.map_err(|error| Answer::of(&error))?;
            let plain = CreateMessage::new()
                .content(text)
                .allowed_mentions(CreateAllowedMentions::new());
            let said = private.id.send_message(doing.http, plain).await;
            said.map(|message| sent(&message))
                .map_err(|error| Answer::of(&error))
        }
        Err(answer) => Err(answer),
    }
}

fn sent(message: &serenity::Message) -> Sent {
    Sent {
        channel_id: message.channel_id,
        message_id: message.id,
    }
}
