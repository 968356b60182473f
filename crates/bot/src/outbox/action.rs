//! Doing in Discord what a moderator decided.

use super::{
    ActionPayload, Answer, DmAbout, DmPayload, Outbox,
    outcome::{MISSING_ACCESS, MISSING_PERMISSIONS, UNKNOWN_BAN, UNKNOWN_MEMBER, UNKNOWN_USER},
    perform::{Also, Doing, Done},
};
use crate::{
    discord::{guild, member},
    failure::{Failure, Result},
    moderation::{Action, Cause, words},
    parse::reason::{audit_reason, marker},
    permission::{Party, Rules, check_target},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use controllers::{Db, Finish, Tx};
use entity::{
    mod_case,
    value::{CaseFamily, CaseKind, CaseState, ObligationKind, ObligationState},
};
use poise::serenity_prelude::{self as serenity, GuildId, UserId};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// Discord's longest timeout, less a minute for clocks that differ.
const LONGEST_TIMEOUT: TimeDelta = TimeDelta::seconds(28 * 86_400 - 60);
/// How long before it ends a longer one is renewed.
const RENEWED_AFTER: TimeDelta = TimeDelta::days(27);
/// Why the end of a case is not awaited: the case failed.
pub(crate) const WITH_ITS_CASE: &str = "failed";
/// A command's own attempt comes right after its checks; later ones check again.
const CHECKED_RECENTLY: TimeDelta = TimeDelta::seconds(10);

/// Makes an attempt.
pub(super) async fn attempt(doing: &Doing<'_>) -> Result<Done> {
    let Some(case) = doing.case().await? else {
        return Ok(Done::cancelled());
    };
    if undoes(doing, &case) {
        if !still_to_undo(doing, &case).await? {
            return Ok(Done::cancelled());
        }
    } else if !matches!(case.state, CaseState::Pending | CaseState::Active) {
        return Ok(Done::cancelled());
    }
    let payload: ActionPayload = serde_json::from_value(doing.obligation.payload.clone())?;
    if case.state == CaseState::Pending
        && (doing.is_repeat() || doing.data.clock.now() - case.created_at > CHECKED_RECENTLY)
        && !still_allowed(doing, &case).await?
    {
        return Ok(failed(
            doing,
            &case,
            Answer::Refused { http: 0, code: 0 },
            Cause::Changed,
        )
        .await);
    }
    if doing.obligation.kind == ObligationKind::Kick
        && doing.is_repeat()
        && kicked(doing, &case).await?
    {
        return Ok(confirmed(doing, &case, true));
    }
    let answer = match call(doing, &case, &payload).await {
        Ok(()) => Answer::Fulfilled { already: false },
        Err(error) => Answer::of(&error),
    };
    let done = settle(doing, &case, answer).await?;
    // Whoever waits for the answer gets it now.
    let Some(reply) = payload.reply else {
        return Ok(done);
    };
    let also = Arc::clone(&done.also);
    Ok(done.and(Arc::new(move |db: Db<'_, Tx>| {
        let also = Arc::clone(&also);
        Box::pin(async move {
            also(db).await?;
            db.obligations().hasten(reply).await.map(drop)
        })
    })))
}

/// Whether this is the second half of a softban.
fn undoes(doing: &Doing<'_>, case: &mod_case::Model) -> bool {
    doing.obligation.kind == ObligationKind::Unban && case.kind == CaseKind::Softban
}

/// Whether the ban was confirmed, and nobody has banned them since.
async fn still_to_undo(doing: &Doing<'_>, case: &mod_case::Model) -> Result<bool> {
    if case.state != CaseState::Done {
        return Ok(false);
    }
    let cases = doing.data.database.db().guild(case.guild_id);
    let newer = cases
        .cases()
        .open_sanction(case.target_id, CaseFamily::Ban)
        .await?;
    Ok(newer.is_none())
}

async fn call(
    doing: &Doing<'_>,
    case: &mod_case::Model,
    payload: &ActionPayload,
) -> serenity::Result<()> {
    let (http, guild, user) = (doing.http, guild_id(case), user_id(case));
    let reason = audit_reason(case.number, &payload.moderator, &case.reason);
    let reason = Some(reason.as_str());
    match doing.obligation.kind {
        ObligationKind::Ban => {
            http.ban_user(guild, user, payload.delete_days, reason)
                .await
        }
        ObligationKind::Unban => http.remove_ban(guild, user, reason).await,
        ObligationKind::Kick => http.kick_member(guild, user, reason).await,
        ObligationKind::TimeoutClear => silence(doing, case, None, reason).await,
        _ => silence(doing, case, silent_until(doing, case), reason).await,
    }
}

async fn silence(
    doing: &Doing<'_>,
    case: &mod_case::Model,
    until: Option<DateTime<Utc>>,
    reason: Option<&str>,
) -> serenity::Result<()> {
    let until = until.map(|until| until.to_rfc3339_opts(SecondsFormat::Millis, true));
    let map = json!({ "communication_disabled_until": until });
    doing
        .http
        .edit_member(guild_id(case), user_id(case), &map, reason)
        .await
        .map(drop)
}

/// The case's end, or as far as Discord goes.
fn silent_until(doing: &Doing<'_>, case: &mod_case::Model) -> Option<DateTime<Utc>> {
    case.expires_at
        .map(|end| end.min(doing.data.clock.now() + LONGEST_TIMEOUT))
}

async fn settle(doing: &Doing<'_>, case: &mod_case::Model, answer: Answer) -> Result<Done> {
    let lifts = matches!(
        doing.obligation.kind,
        ObligationKind::Unban | ObligationKind::TimeoutClear
    );
    Ok(match &answer {
        Answer::Fulfilled { already } => confirmed(doing, case, *already),
        // What is to be lifted is gone already: that is what was wanted.
        Answer::Refused {
            code: UNKNOWN_BAN | UNKNOWN_MEMBER,
            ..
        } if lifts => confirmed(doing, case, true),
        // Another attempt, overtaken by this one, got through first.
        Answer::Refused {
            code: UNKNOWN_MEMBER,
            ..
        } if doing.obligation.kind == ObligationKind::Kick
            && doing.is_repeat()
            && kicked(doing, case).await? =>
        {
            confirmed(doing, case, true)
        }
        Answer::Refused {
            code: MISSING_ACCESS,
            ..
        } if is_outside(doing, case).await? => doing.again(Answer::not_in_guild()),
        Answer::Refused { code, http } => {
            let why = cause(doing, case, *code, *http).await?;
            failed(doing, case, answer, why).await
        }
        Answer::Limited | Answer::Failed { .. } | Answer::Unauthorized => doing.again(answer),
    })
}

/// Whether the bot is no longer in the guild. What it owes there waits until it is asked back.
async fn is_outside(doing: &Doing<'_>, case: &mod_case::Model) -> Result<bool> {
    match doing.http.get_guild(guild_id(case)).await {
        Ok(_) => Ok(false),
        Err(error) => match Answer::of(&error) {
            Answer::Refused { .. } => Ok(true),
            _ => Err(error.into()),
        },
    }
}

/// An attempt that was refused before it came to the action itself.
pub(super) async fn refused(doing: &Doing<'_>, answer: Answer) -> Result<Done> {
    let acts = !matches!(
        doing.obligation.kind,
        ObligationKind::Dm | ObligationKind::Log | ObligationKind::LogEdit | ObligationKind::Reply
    );
    match doing.case().await? {
        Some(case) if acts => settle(doing, &case, answer).await,
        _ => Ok(Done::new(answer, Finish::Failed)),
    }
}

/// Discord says no; why is seen in the guild.
async fn cause(doing: &Doing<'_>, case: &mod_case::Model, code: i64, http: u16) -> Result<Cause> {
    Ok(match code {
        UNKNOWN_MEMBER => Cause::NotMember,
        UNKNOWN_USER => Cause::UnknownUser,
        MISSING_PERMISSIONS | MISSING_ACCESS => {
            let needs = Action::of_case(case)
                .map(Action::bot_needs)
                .unwrap_or_default();
            match bot_bits(doing, case).await {
                Ok(bits) if bits.contains(needs) => Cause::Hierarchy,
                _ => Cause::Permission(needs),
            }
        }
        0 => Cause::Discord(i64::from(http)),
        code => Cause::Discord(code),
    })
}

async fn bot_bits(doing: &Doing<'_>, case: &mod_case::Model) -> Result<serenity::Permissions> {
    let guild = guild::fetch(doing.http, guild_id(case)).await?;
    let bot = member::fetch(doing.http, guild_id(case), doing.bot_id).await?;
    Ok(guild.permissions(bot.id, &bot.roles))
}

/// Whether the order of roles still lets moderator and bot do it.
async fn still_allowed(doing: &Doing<'_>, case: &mod_case::Model) -> Result<bool> {
    let Some(action) = Action::of_case(case) else {
        return Ok(true);
    };
    let id = guild_id(case);
    let guild = guild::fetch(doing.http, id).await?;
    let actor = member::find(
        doing.http,
        id,
        UserId::new(case.moderator_id.cast_unsigned()),
    )
    .await?;
    let target = member::find(doing.http, id, user_id(case)).await?;
    let bot = member::fetch(doing.http, id, doing.bot_id).await?;
    let rules = Rules::load(doing.data.database.db().guild(case.guild_id)).await?;
    // A moderator who has left since had the right when they used the command.
    let Some(actor) = actor else { return Ok(true) };
    let party = Party {
        guild: &guild,
        rules: &rules,
        actor: &actor,
        bot: &bot,
    };
    match check_target(
        party,
        user_id(case),
        target.as_ref().filter(|_| !action.lifts()),
        action.bot_needs(),
    ) {
        Ok(()) => Ok(true),
        // A missing permission of the bot is told by Discord, with more to say about it.
        Err(Failure::Refused(message)) if message.id == "err-bot-perm" => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Whether an earlier attempt got through, which repeating it could not tell: a second kick could hit
/// somebody who has come back.
async fn kicked(doing: &Doing<'_>, case: &mod_case::Model) -> Result<bool> {
    let kick = serenity::audit_log::Action::Member(serenity::MemberAction::Kick);
    let log = doing
        .http
        .get_audit_logs(
            guild_id(case),
            Some(kick),
            Some(doing.bot_id),
            None,
            Some(100),
        )
        .await;
    let log = match log {
        Ok(log) => log,
        // Without the audit log, the member tells: whoever is gone, or has come back since, was kicked.
        Err(error) if matches!(Answer::of(&error), Answer::Refused { .. }) => {
            let member = member::find(doing.http, guild_id(case), user_id(case)).await?;
            let since = member.and_then(|member| member.joined_at);
            return Ok(since.is_none_or(|since| since > case.created_at));
        }
        Err(error) => return Err(error.into()),
    };
    let marker = marker(case.number);
    Ok(log.entries.iter().any(|entry| {
        entry
            .target_id
            .is_some_and(|id| id.get() == user_id(case).get())
            && entry
                .reason
                .as_deref()
                .is_some_and(|reason| reason.starts_with(&marker))
    }))
}

fn confirmed(doing: &Doing<'_>, case: &mod_case::Model, already: bool) -> Done {
    let (guild, number, actor) = (case.guild_id, case.number, doing.bot_id.get().cast_signed());
    let renewal = renewal(doing, case);
    let acts = case.state == CaseState::Pending;
    let also: Also = Arc::new(move |db: Db<'_, Tx>| {
        let renewal = renewal.clone();
        Box::pin(async move {
            let (case, lifted) = db.guild(guild).cases().confirm(number, actor).await?;
            if case.log_message_id.is_some() && acts {
                // Posted when an earlier try had failed.
                super::log::promise_edit(db, &case).await?;
            }
            if let Some(lifted) = lifted {
                let waiting = [ObligationKind::Expire, ObligationKind::Renew];
                db.obligations()
                    .cancel(guild, lifted.number, &waiting, "lifted")
                    .await?;
                super::log::promise_edit(db, &lifted).await?;
            }
            if let Some(renewal) = renewal {
                db.obligations().promise(renewal).await?;
            }
            Ok(())
        })
    });
    Done::fulfilled(already).and(also)
}

/// A timeout beyond what Discord knows is set again before it runs out.
fn renewal(doing: &Doing<'_>, case: &mod_case::Model) -> Option<controllers::Promise> {
    let silent = matches!(
        doing.obligation.kind,
        ObligationKind::Timeout | ObligationKind::Renew
    );
    let due = doing.data.clock.now() + RENEWED_AFTER;
    if !silent
        || case
            .expires_at
            .is_none_or(|end| end <= doing.data.clock.now() + LONGEST_TIMEOUT)
    {
        return None;
    }
    // One for each time that the timeout was set.
    let key = format!("renew:{}", doing.obligation.id);
    let promise = Outbox::promise(
        Uuid::now_v7(),
        ObligationKind::Renew,
        key,
        &doing.obligation.payload,
    )
    .ok()?;
    Some(controllers::Promise {
        guild_id: Some(case.guild_id),
        case_number: Some(case.number),
        subject_id: Some(case.target_id),
        due_at: Some(due),
        ..promise
    })
}

async fn failed(doing: &Doing<'_>, case: &mod_case::Model, answer: Answer, why: Cause) -> Done {
    let lang = words::lang(doing.data, case).await;
    let kind = doing.obligation.kind;
    let trouble = words::trouble(doing.data, &lang, case, kind, why);
    let line = words::dead_letter(doing.data, &lang, case, kind, why);
    let (guild, number, actor) = (case.guild_id, case.number, doing.bot_id.get().cast_signed());
    let detail = match &answer {
        Answer::Refused { http, code } => format!("{http}/{code}"),
        _ => String::new(),
    };
    let was_pending = case.state == CaseState::Pending;
    let also: Also = Arc::new(move |db: Db<'_, Tx>| {
        let (detail, trouble, line) = (detail.clone(), trouble.clone(), line.clone());
        Box::pin(async move {
            if was_pending {
                let case = db
                    .guild(guild)
                    .cases()
                    .fail(number, actor, &why.code(), &detail)
                    .await?;
                let waiting = [ObligationKind::Expire, ObligationKind::Renew];
                db.obligations()
                    .cancel(guild, number, &waiting, WITH_ITS_CASE)
                    .await?;
                take_back_announcement(db, &case).await?;
                if case.log_message_id.is_some() {
                    // It was posted for an earlier try. The first one posts what it came to.
                    super::log::promise_edit(db, &case).await?;
                }
            } else {
                super::log::promise_dead_letter(db, guild, number, line).await?;
            }
            super::log::promise_trouble(db, guild, number, trouble).await
        })
    });
    Done::new(answer, Finish::Failed).and(also)
}

/// Somebody was told of an action that did not happen: the message has to say so.
async fn take_back_announcement(db: Db<'_, Tx>, case: &mod_case::Model) -> controllers::Result<()> {
    let (guild, number) = (case.guild_id, case.number);
    let announced = db
        .obligations()
        .of_case(guild, number)
        .await?
        .into_iter()
        .rfind(|o| o.kind == ObligationKind::Dm && o.state == ObligationState::Done);
    let Some(announced) = announced else {
        return Ok(());
    };
    let Ok(DmPayload {
        about: DmAbout::Intent,
        sent: Some(sent),
        ..
    }) = serde_json::from_value(announced.payload.clone())
    else {
        return Ok(());
    };
    let key = format!("dm-not-done:{guild}:{number}:{}", case.event_seq);
    let payload = DmPayload {
        sent: Some(sent),
        ..DmPayload::new(DmAbout::NotDone)
    };
    if let Ok(promise) = Outbox::promise(Uuid::now_v7(), ObligationKind::Dm, key, &payload) {
        let promise = controllers::Promise {
            guild_id: Some(guild),
            case_number: Some(number),
            subject_id: announced.subject_id,
            ..promise
        };
        db.obligations().promise(promise).await?;
    }
    Ok(())
}

fn guild_id(case: &mod_case::Model) -> GuildId {
    GuildId::new(case.guild_id.cast_unsigned())
}

fn user_id(case: &mod_case::Model) -> UserId {
    UserId::new(case.target_id.cast_unsigned())
}
