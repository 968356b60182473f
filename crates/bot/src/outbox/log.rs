//! Posting to the guild's log channels.

use super::{
    LogPayload, Outbox, Sent, earlier,
    outcome::Answer,
    perform::{Also, Doing, Done},
};
use crate::{
    failure::Result,
    moderation::{dead_letter, words},
};
use chrono::TimeDelta;
use controllers::{Db, Finish, NewEvent, Promise, Tx};
use entity::{
    log_channel, mod_case, obligation,
    value::{CaseEventKind, LogKind, ObligationKind},
};
use poise::serenity_prelude::{
    ChannelId, CreateAllowedMentions, CreateEmbed, CreateMessage, EditMessage, MessageId, Nonce,
};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// After this long a line is given up.
const WORTH_LOGGING: TimeDelta = TimeDelta::hours(24);

/// Makes an attempt.
pub(super) async fn attempt(doing: &Doing<'_>) -> Result<Done> {
    let payload: LogPayload = serde_json::from_value(doing.obligation.payload.clone())?;
    let (Some(guild), Ok(kind)) = (doing.obligation.guild_id, payload.log.parse::<LogKind>())
    else {
        return Ok(Done::cancelled());
    };
    let case = doing.case().await?;
    if doing.obligation.kind == ObligationKind::LogEdit {
        return match case {
            Some(case) => edit(doing, &case).await,
            None => Ok(Done::cancelled()),
        };
    }
    let channels = doing.data.database.db().guild(guild).log_channels();
    // Switched off since.
    let Some(route) = channels.of(kind).await? else {
        return Ok(Done::cancelled());
    };
    let channel = ChannelId::new(route.channel_id.cast_unsigned());
    let message = match (&payload.text, &case) {
        (Some(text), _) => CreateMessage::new().content(text),
        (None, Some(case)) => CreateMessage::new().embed(words::log_embed(doing.data, case).await?),
        (None, None) => return Ok(Done::cancelled()),
    };
    let asks = case
        .as_ref()
        .filter(|_| payload.asks || payload.text.is_none());
    let message = match asks {
        Some(case) => message.components(dead_letter::buttons(doing.data, case).await?),
        None => message,
    };
    let posted = match earlier::find(doing, channel, &payload, case.as_ref()).await {
        Ok(Some(sent)) => Ok(sent),
        Ok(None) => post(doing, channel, message).await,
        Err(answer) => Err(answer),
    };
    Ok(match posted {
        Ok(sent) => posted_done(
            doing,
            guild,
            kind,
            payload.text.is_none().then_some(sent),
            case,
        ),
        Err(answer @ (Answer::Failed { .. } | Answer::Limited))
            if doing.data.clock.now() - doing.obligation.created_at < WORTH_LOGGING =>
        {
            doing.again(answer)
        }
        Err(answer) => refused(doing, &route, answer, case.as_ref()).await,
    })
}

async fn post(
    doing: &Doing<'_>,
    channel: ChannelId,
    message: CreateMessage,
) -> Result<Sent, Answer> {
    let message = message
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String(
            doing.obligation.nonce.clone().unwrap_or_default(),
        ))
        .enforce_nonce(true);
    let sent = channel.send_message(doing.http, message).await;
    sent.map(|message| Sent {
        channel_id: message.channel_id,
        message_id: message.id,
    })
    .map_err(|error| Answer::of(&error))
}

fn posted_done(
    doing: &Doing<'_>,
    guild: i64,
    kind: LogKind,
    about_case: Option<Sent>,
    case: Option<mod_case::Model>,
) -> Done {
    let actor = doing.bot_id.get().cast_signed();
    let noted = case.map(|case| case.number).zip(about_case);
    let also: Also = Arc::new(move |db: Db<'_, Tx>| {
        Box::pin(async move {
            db.guild(guild).log_channels().posted(kind, None).await?;
            if let Some((number, sent)) = noted {
                let place = (
                    sent.channel_id.get().cast_signed(),
                    sent.message_id.get().cast_signed(),
                );
                let event = NewEvent::of(CaseEventKind::Logged, actor)
                    .with_facts(json!({ "message_id": place.1.to_string() }));
                db.guild(guild)
                    .cases()
                    .note(number, event, Some(place))
                    .await?;
            }
            Ok(())
        })
    });
    Done::fulfilled(false).and(also)
}

async fn refused(
    doing: &Doing<'_>,
    route: &log_channel::Model,
    answer: Answer,
    case: Option<&mod_case::Model>,
) -> Done {
    let (guild, kind) = (route.guild_id, route.kind);
    let error = match &answer {
        Answer::Refused { http, code } => format!("Discord refused it ({http}, code {code})."),
        _ => "Discord did not take it for a day.".to_owned(),
    };
    let mut trouble = None;
    if let Some(case) = case.filter(|_| kind != LogKind::Dev) {
        let lang = words::lang(doing.data, case).await;
        let text = words::dev_log_failed(doing.data, &lang, case, route.channel_id, &error);
        trouble = Some((case.number, text));
    }
    let also: Also = Arc::new(move |db: Db<'_, Tx>| {
        let (error, trouble) = (error.clone(), trouble.clone());
        Box::pin(async move {
            db.guild(guild)
                .log_channels()
                .posted(kind, Some(&error))
                .await?;
            if let Some((number, text)) = trouble {
                promise_trouble(db, guild, number, text).await?;
            }
            Ok(())
        })
    });
    Done::new(answer, Finish::Failed).and(also)
}

/// Brings the log message of a case up to date.
async fn edit(doing: &Doing<'_>, case: &mod_case::Model) -> Result<Done> {
    let (Some(channel), Some(message)) = (case.log_channel_id, case.log_message_id) else {
        return Ok(Done::cancelled());
    };
    let embed: CreateEmbed = words::log_embed(doing.data, case).await?;
    let buttons = dead_letter::buttons(doing.data, case).await?;
    let edited = ChannelId::new(channel.cast_unsigned())
        .edit_message(
            doing.http,
            MessageId::new(message.cast_unsigned()),
            EditMessage::new().embed(embed).components(buttons),
        )
        .await;
    Ok(match edited {
        Ok(_) => Done::fulfilled(false),
        Err(error) => match Answer::of(&error) {
            answer @ (Answer::Failed { .. } | Answer::Limited) => doing.again(answer),
            answer => Done::new(answer, Finish::Failed),
        },
    })
}

/// Promises that the log message of a case will show what has become of it: after the message was
/// posted and earlier changes were shown, so that none of them has the last word.
pub(crate) async fn promise_edit(
    db: Db<'_, Tx>,
    case: &mod_case::Model,
) -> controllers::Result<()> {
    let payload = LogPayload::of_case();
    let key = format!(
        "log-edit:{}:{}:{}",
        case.guild_id, case.number, case.event_seq
    );
    let owed = db.obligations().of_case(case.guild_id, case.number).await?;
    let shown = |owed: &&obligation::Model| {
        matches!(owed.kind, ObligationKind::Log | ObligationKind::LogEdit)
    };
    let after = owed.iter().rfind(shown).map(|owed| owed.id);
    let kind = ObligationKind::LogEdit;
    promise(db, case.guild_id, case.number, kind, key, &payload, after).await
}

/// Promises a line in the problem log, if the guild has one.
pub(super) async fn promise_trouble(
    db: Db<'_, Tx>,
    guild: i64,
    number: i64,
    text: String,
) -> controllers::Result<()> {
    promise_line(db, guild, number, LogPayload::line(LogKind::Dev, text)).await
}

/// Promises a line that says what was refused for good, and asks what to do about it: in the log of
/// moderation, if the guild has one.
pub(super) async fn promise_dead_letter(
    db: Db<'_, Tx>,
    guild: i64,
    number: i64,
    text: String,
) -> controllers::Result<()> {
    let line = LogPayload {
        asks: true,
        ..LogPayload::line(LogKind::Mod, text)
    };
    promise_line(db, guild, number, line).await
}

async fn promise_line(
    db: Db<'_, Tx>,
    guild: i64,
    number: i64,
    line: LogPayload,
) -> controllers::Result<()> {
    let Ok(log) = line.log.parse() else {
        return Ok(());
    };
    if db.guild(guild).log_channels().of(log).await?.is_none() {
        return Ok(());
    }
    let key = format!(
        "log-{}:{guild}:{number}:{}",
        line.log,
        Uuid::now_v7().simple()
    );
    promise(db, guild, number, ObligationKind::Log, key, &line, None).await
}

async fn promise(
    db: Db<'_, Tx>,
    guild: i64,
    number: i64,
    kind: ObligationKind,
    key: String,
    payload: &LogPayload,
    after: Option<Uuid>,
) -> controllers::Result<()> {
    let Ok(promise) = Outbox::promise(Uuid::now_v7(), kind, key, payload) else {
        return Ok(());
    };
    let promise = Promise {
        guild_id: Some(guild),
        case_number: Some(number),
        after,
        ..promise
    };
    db.obligations().promise(promise).await?;
    Ok(())
}
