//! How cases are put into words: for the person acted on, for the log, and for the moderator.

use super::{Action, Cause};
use crate::{
    command::Call,
    data::Data,
    failure::Result,
    outbox::{DmAbout, DmFailure, DmPayload},
    text::{Args, Lang, Message, date_time, escape_markdown},
};
use controllers::Crud;
use entity::{
    mod_case, obligation,
    value::{CaseKind, CaseState, ObligationKind, ObligationState},
};
use poise::serenity_prelude::{CreateEmbed, GuildId};

/// The longest text of a message.
const MESSAGE: usize = 2_000;

/// A direct message about a case.
pub(crate) async fn dm(data: &Data, case: &mod_case::Model, about: DmAbout) -> Result<String> {
    let db = data.database.db().guild(case.guild_id);
    let config = db.config().effective().await?;
    let guild = db.guild().get(case.guild_id).await?;
    let lang = lang(data, case).await;
    let word = Action::of_case(case).map_or("warn", Action::word);
    let id = match (about, word) {
        (DmAbout::Intent, "kick") => "dm-kick-intent",
        (DmAbout::Intent, "softban") => "dm-softban-intent",
        (DmAbout::Intent, _) => "dm-ban-intent",
        (DmAbout::NotDone, "kick") => "dm-kick-not-done",
        (DmAbout::NotDone, _) => "dm-ban-not-done",
        (DmAbout::Done, "timeout") => "dm-timeout",
        (DmAbout::Done, "untimeout") => "dm-untimeout",
        (DmAbout::Done, "unban") => "dm-unban",
        (DmAbout::Done, _) => "dm-warn",
    };
    let until = case.expires_at.map_or_else(String::new, date_time);
    let args = Args::new()
        .with("guild", escape_markdown(&guild.name))
        .with("case", case.number)
        .with("until", until.as_str());
    let mut lines = vec![data.texts.get(&lang, id, &args)];
    if about != DmAbout::NotDone {
        let mut line = |id: &str, name, value: String| {
            lines.push(data.texts.get(&lang, id, &Args::new().with(name, value)));
        };
        line("dm-reason", "reason", escape_markdown(&case.reason));
        if case.expires_at.is_some() && id != "dm-timeout" {
            line("dm-until", "until", until);
        }
        if config.show_moderator {
            line(
                "dm-moderator",
                "moderator",
                format!("<@{}>", case.moderator_id),
            );
        }
        lines.extend(config.dm_footer.as_deref().map(escape_markdown));
    }
    Ok(within_a_message(&lines))
}

/// The log message of a case, as the case stands now.
pub(crate) async fn log_embed(data: &Data, case: &mod_case::Model) -> Result<CreateEmbed> {
    let lang = lang(data, case).await;
    let texts = &data.texts;
    let get = |id: &str, args: &Args| texts.get(&lang, id, args);
    let action = Action::of_case(case).map_or("warn", Action::word);
    let args = Args::new()
        .with("case", case.number)
        .with("target", escape_markdown(&case.target_name))
        .with("action", action)
        .with("kind", case.kind.as_str())
        .with("state", case.state.as_str());
    let title = match case.state {
        CaseState::Failed => "log-case-failed-title",
        CaseState::Pending => "log-case-pending-title",
        _ => "log-case-title",
    };
    let mut embed = CreateEmbed::new()
        .title(get(title, &args))
        .colour(colour(case))
        .field(get("case-target", &args), person(case.target_id), true)
        .field(
            get("case-moderator", &args),
            person(case.moderator_id),
            true,
        )
        .field(
            get("case-reason", &args),
            escape_markdown(&case.reason)
                .chars()
                .take(1_024)
                .collect::<String>(),
            false,
        );
    if let Some(end) = case.expires_at {
        embed = embed.field(get("case-until", &args), date_time(end), true);
    }
    if let Some(cause) = case.error_code.as_deref().and_then(Cause::parse) {
        let why = why(data, &lang, cause);
        embed = embed.description(get("log-case-failed-help", &Args::new().with("why", why)));
    } else if let Some(closed) = case.closed_at {
        embed = embed.description(get("log-case-ended", &args.with("when", date_time(closed))));
    }
    Ok(embed)
}

/// The line of the answer to the moderator about one case.
pub(crate) async fn reply_line(
    data: &Data,
    case: &mod_case::Model,
    dm: Option<&obligation::Model>,
    log: Option<ObligationState>,
) -> Result<String> {
    let lang = lang(data, case).await;
    let action = Action::of_case(case).map_or("warn", Action::word);
    let until = case.expires_at.map_or_else(|| "none".to_owned(), date_time);
    let args = Args::new()
        .with("case", case.number)
        .with("target", escape_markdown(&case.target_name))
        .with("action", action)
        .with("until", until);
    let line = match case.state {
        CaseState::Pending => data.texts.get(&lang, "mod-queued", &args),
        CaseState::Failed => {
            let known = case.error_code.as_deref().and_then(Cause::parse);
            let because = why(data, &lang, known.unwrap_or(Cause::Discord(0)));
            data.texts
                .get(&lang, "mod-failed", &args.with("why", because))
        }
        _ => {
            let args = args
                .with("dm", dm_word(case, dm))
                .with("log", log_word(log));
            data.texts.get(&lang, "mod-done", &args)
        }
    };
    if case.kind != CaseKind::Warn {
        return Ok(line);
    }
    let warns = data
        .database
        .db()
        .guild(case.guild_id)
        .cases()
        .count_of(case.target_id, CaseKind::Warn)
        .await?;
    let args = Args::new()
        .with("target", escape_markdown(&case.target_name))
        .with("count", warns);
    Ok(format!(
        "{line} {}",
        data.texts.get(&lang, "mod-warnings", &args)
    ))
}

fn dm_word(case: &mod_case::Model, dm: Option<&obligation::Model>) -> &'static str {
    let Some(dm) = dm else {
        return if case.silent { "silent" } else { "none" };
    };
    let failure = || {
        serde_json::from_value::<DmPayload>(dm.payload.clone())
            .ok()?
            .failure
    };
    match dm.state {
        ObligationState::Done => "delivered",
        ObligationState::Cancelled => "none",
        ObligationState::Failed => match failure() {
            Some(DmFailure::Closed) => "refused",
            Some(DmFailure::Unconfirmed) => "timeout",
            _ => "failed",
        },
        _ => "pending",
    }
}

fn log_word(log: Option<ObligationState>) -> &'static str {
    match log {
        None | Some(ObligationState::Cancelled) => "none",
        Some(ObligationState::Done) => "posted",
        Some(ObligationState::Failed) => "failed",
        Some(_) => "pending",
    }
}

/// The line about somebody who was left alone.
pub(crate) fn refused_line(call: &Call<'_>, action: Action, name: &str, why: &Message) -> String {
    let why = call.say(why);
    call.say(
        &Message::new("mod-refused")
            .with("target", name)
            .with("action", action.word())
            .with("why", why),
    )
}

/// A line for the problem log: something that was owed for a case failed for good.
pub(crate) fn trouble(
    data: &Data,
    lang: &Lang,
    of: &mod_case::Model,
    owed: ObligationKind,
    cause: Cause,
) -> String {
    let args = Args::new()
        .with("case", of.number)
        .with("obligation", owed.as_str())
        .with("why", why(data, lang, cause));
    data.texts.get(lang, "dev-obligation-failed", &args)
}

/// The same for the log of moderation, where it asks what to do.
pub(crate) fn dead_letter(
    data: &Data,
    lang: &Lang,
    of: &mod_case::Model,
    owed: ObligationKind,
    cause: Cause,
) -> String {
    let args = Args::new()
        .with("case", of.number)
        .with("kind", of.kind.as_str())
        .with("target", escape_markdown(&of.target_name))
        .with("obligation", owed.as_str())
        .with("why", why(data, lang, cause));
    data.texts.get(lang, "log-dead-letter", &args)
}

/// A line for the problem log: another log could not be posted.
pub(crate) fn dev_log_failed(
    data: &Data,
    lang: &Lang,
    case: &mod_case::Model,
    channel_id: i64,
    why: &str,
) -> String {
    let args = Args::new()
        .with("case", case.number)
        .with("channel", format!("<#{channel_id}>"))
        .with("why", why);
    data.texts.get(lang, "dev-log-failed", &args)
}

/// A cause as a sentence.
pub(crate) fn why(data: &Data, lang: &Lang, cause: Cause) -> String {
    data.texts.render(lang, &cause.message())
}

/// Lines in one message; what does not fit is cut at a line.
pub(crate) fn within_a_message(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        if text.chars().count() + line.chars().count() + 2 > MESSAGE {
            text.push_str("\n…");
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

/// The language of a guild.
pub(crate) async fn lang(data: &Data, case: &mod_case::Model) -> Lang {
    let guild = GuildId::new(case.guild_id.cast_unsigned());
    data.guilds.settings(Some(guild)).await.lang.clone()
}

fn person(id: i64) -> String {
    format!("<@{id}> (`{id}`)")
}

/// The colour that says at a glance how a case stands.
pub(crate) fn colour(case: &mod_case::Model) -> u32 {
    match case.state {
        CaseState::Failed => 0xB0_B0_B0,
        CaseState::Expired | CaseState::Lifted | CaseState::Superseded | CaseState::Voided => {
            0x80_80_80
        }
        _ => match case.kind {
            CaseKind::Ban | CaseKind::Tempban | CaseKind::Softban => 0xD0_3B_3B,
            CaseKind::Kick => 0xE0_7B_30,
            CaseKind::Timeout => 0xE0_B0_30,
            CaseKind::Warn => 0xE0_D0_50,
            _ => 0x40_A0_60,
        },
    }
}
