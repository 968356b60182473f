//! Ending what was meant for a time only.

use super::{
    action,
    outcome::{Answer, UNKNOWN_BAN},
    perform::{Also, Doing, Done},
};
use crate::{failure::Result, parse::reason::audit_reason, text::Message};
use controllers::{Db, Finish, Tx};
use entity::value::{CaseKind, CaseState};
use poise::serenity_prelude::{GuildId, UserId};
use std::sync::Arc;

/// Makes an attempt. Nothing happens unless the case is still in force and its end has come.
pub(super) async fn attempt(doing: &Doing<'_>) -> Result<Done> {
    let Some(case) = doing.case().await? else {
        return Ok(Done::cancelled());
    };
    let now = doing.data.clock.now();
    match (case.state, case.expires_at) {
        // Discord has not confirmed yet; the end waits for the beginning.
        (CaseState::Pending, _) => {
            let answer = Answer::Failed {
                http: None,
                detail: "not in force yet".to_owned(),
                lost: false,
            };
            return Ok(doing.again(answer));
        }
        (CaseState::Active, Some(end)) if end > now => {
            return Ok(Done::new(Answer::Limited, Finish::Again(end)));
        }
        (CaseState::Active, Some(_)) => {}
        _ => return Ok(Done::cancelled()),
    }
    if case.kind == CaseKind::Tempban {
        let (guild, user) = (
            case.guild_id.cast_unsigned(),
            case.target_id.cast_unsigned(),
        );
        let settings = doing.data.guilds.settings(Some(GuildId::new(guild))).await;
        let automatic = doing
            .data
            .texts
            .render(&settings.lang, &Message::new("case-automatic"));
        let reason = audit_reason(case.number, &automatic, &case.reason);
        let lifted = doing
            .http
            .remove_ban(GuildId::new(guild), UserId::new(user), Some(&reason))
            .await;
        if let Err(error) = lifted {
            match Answer::of(&error) {
                answer if answer.is_refusal(UNKNOWN_BAN) => {}
                // Only a person can mend that; the case stays in force, visibly.
                answer @ Answer::Refused { .. } => return action::refused(doing, answer).await,
                answer => return Ok(doing.again(answer)),
            }
        }
    }
    // A timeout ends by itself.
    let (guild, number, actor) = (case.guild_id, case.number, doing.bot_id.get().cast_signed());
    let also: Also = Arc::new(move |db: Db<'_, Tx>| {
        Box::pin(async move {
            if let Some(case) = db.guild(guild).cases().expire(number, actor).await? {
                super::log::promise_edit(db, &case).await?;
            }
            Ok(())
        })
    });
    Ok(Done::fulfilled(false).and(also))
}
