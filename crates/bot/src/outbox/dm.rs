//! Telling the person acted on.
//!
//! A direct message cannot be recognised afterwards, so an attempt whose outcome is unknown is never
//! repeated: nobody is told twice.

use super::{
    DmAbout, DmFailure, DmPayload, Sent,
    outcome::{Answer, DM_CLOSED},
    perform::{Doing, Done},
};
use crate::{failure::Result, moderation::words};
use chrono::TimeDelta;
use controllers::Finish;
use entity::{
    mod_case,
    value::{CaseState, ObligationState},
};
use poise::serenity_prelude::{
    self as serenity, ChannelId, CreateAllowedMentions, CreateMessage, EditMessage, MessageId,
    Nonce, UserId,
};
use serde_json::json;
use std::time::Duration;

/// After this long nobody needs to be told any more.
const WORTH_TELLING: TimeDelta = TimeDelta::minutes(10);

/// Makes an attempt.
pub(super) async fn attempt(doing: &Doing<'_>) -> Result<Done> {
    let Some(case) = doing.case().await? else {
        return Ok(Done::cancelled());
    };
    let mut payload: DmPayload = serde_json::from_value(doing.obligation.payload.clone())?;
    if doing.obligation.state == ObligationState::Leased
        && payload.about != DmAbout::NotDone
        && doing.is_repeat()
    {
        let answer = Answer::Failed {
            http: None,
            detail: "an earlier try may have got through".to_owned(),
            lost: true,
        };
        return undelivered(payload, answer);
    }
    // What has failed is not announced as done, and what was withdrawn is not told at all.
    if payload.about == DmAbout::Done && !matches!(case.state, CaseState::Active | CaseState::Done)
    {
        return Ok(Done::cancelled());
    }
    let text = words::dm(doing.data, &case, payload.about).await?;
    let answer = match payload.about {
        DmAbout::NotDone => edit(doing, &payload, text).await,
        DmAbout::Intent => {
            let wait = doing
                .data
                .database
                .db()
                .guild(case.guild_id)
                .config()
                .effective()
                .await?
                .dm_wait_s;
            let wait = Duration::from_secs(wait.unsigned_abs());
            tokio::time::timeout(wait, send(doing, &case, text))
                .await
                .unwrap_or_else(|_| {
                    Err(Answer::Failed {
                        http: None,
                        detail: "no answer in time".to_owned(),
                        lost: true,
                    })
                })
        }
        DmAbout::Done => send(doing, &case, text).await,
    };
    Ok(match answer {
        Ok(sent) => {
            payload.sent = Some(sent);
            Done {
                payload: Some(serde_json::to_value(&payload)?),
                ..Done::fulfilled(false)
            }
        }
        // An announcement comes before the action, or not at all.
        Err(answer) if payload.about == DmAbout::Intent => undelivered(payload, answer)?,
        Err(answer @ (Answer::Failed { lost: false, .. } | Answer::Limited))
            if doing.data.clock.now() - doing.obligation.created_at < WORTH_TELLING =>
        {
            doing.again(answer)
        }
        Err(answer) => undelivered(payload, answer)?,
    })
}

/// Not delivered, and not tried again.
fn undelivered(mut payload: DmPayload, answer: Answer) -> Result<Done> {
    let failure = match &answer {
        answer if answer.is_refusal(DM_CLOSED) => DmFailure::Closed,
        Answer::Failed { lost: true, .. } => DmFailure::Unconfirmed,
        _ => DmFailure::Other,
    };
    payload.failure = Some(failure);
    Ok(Done {
        payload: Some(serde_json::to_value(&payload)?),
        ..Done::new(answer, Finish::Failed)
    })
}

async fn send(doing: &Doing<'_>, case: &mod_case::Model, text: String) -> Result<Sent, Answer> {
    let user = UserId::new(case.target_id.cast_unsigned());
    let channel = doing
        .http
        .create_private_channel(&json!({ "recipient_id": user }))
        .await
        // Nothing was said yet, whatever became of it.
        .map_err(|error| match Answer::of(&error) {
            Answer::Failed { http, detail, .. } => Answer::Failed {
                http,
                detail,
                lost: false,
            },
            answer => answer,
        })?;
    let message = CreateMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String(
            doing.obligation.nonce.clone().unwrap_or_default(),
        ))
        .enforce_nonce(true);
    let sent = channel.id.send_message(doing.http, message).await;
    sent.map(|message| Sent {
        channel_id: message.channel_id,
        message_id: message.id,
    })
    .map_err(|error| Answer::of(&error))
}

async fn edit(doing: &Doing<'_>, payload: &DmPayload, text: String) -> Result<Sent, Answer> {
    let Some(sent) = payload.sent else {
        return Err(Answer::Refused { http: 0, code: 0 });
    };
    let (channel, message): (ChannelId, MessageId) = (sent.channel_id, sent.message_id);
    let edit = EditMessage::new().content(text);
    let edited: serenity::Result<serenity::Message> =
        channel.edit_message(doing.http, message, edit).await;
    edited.map(|_| sent).map_err(|error| Answer::of(&error))
}
