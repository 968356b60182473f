//! The card of one case.

use super::timeline;
use crate::{
    command::{DbContext as _, Reply},
    commands::cases::CasesOf,
    failure::Result,
    moderation::{Cause, words},
    screen::{Viewer, base62},
    text::{Message, date_time, escape_markdown},
};
use chrono::{DateTime, Utc};
use entity::{
    mod_case,
    value::{CaseState, TargetType},
};
use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

/// Who reads a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Staff, who see everything.
    Staff,
    /// The person whom it is about: without the names of staff, and without what staff keep to
    /// themselves.
    Target,
}

/// Draws the card: what is known of the case, and its timeline.
pub(super) async fn draw(
    viewer: Viewer<'_>,
    case: &mod_case::Model,
    reader: Reader,
) -> Result<Reply> {
    let db = viewer.guild_db()?;
    let events = db.case_events().timeline(case.number).await?;
    let owed = match reader {
        Reader::Staff => {
            let obligations = db.all_guilds().obligations();
            obligations.of_case(db.id(), case.number).await?
        }
        Reader::Target => Vec::new(),
    };
    let entries = timeline::entries(viewer, reader, &events, &owed);
    let timeline = CreateEmbed::new()
        .title(viewer.text("case-timeline"))
        .description(timeline::within_an_embed(viewer, entries));
    let mut reply = Reply::embed(facts(viewer, case, reader));
    reply.embeds.push(timeline);
    if reader == Reader::Staff && case.target_type == TargetType::User {
        let target = base62(case.target_id.cast_unsigned());
        let theirs = viewer.button::<CasesOf>(target, "button-target-cases")?;
        reply.components = vec![CreateActionRow::Buttons(vec![theirs])];
    }
    Ok(reply)
}

fn facts(viewer: Viewer<'_>, case: &mod_case::Model, reader: Reader) -> CreateEmbed {
    let title = Message::new("case-title")
        .with("case", case.number)
        .with("kind", case.kind.as_str());
    let state = Message::new("case-state").with("state", case.state.as_str());
    let mut card = Card {
        viewer,
        embed: CreateEmbed::new()
            .title(viewer.say(&title))
            .colour(words::colour(case)),
    };
    card.description(case);
    card.field("case-status", viewer.say(&state));
    match case.target_type {
        TargetType::User => card.field("case-target", person(&case.target_name, case.target_id)),
        TargetType::Channel => card.field("case-channel", format!("<#{}>", case.target_id)),
    }
    if reader == Reader::Staff {
        card.field("case-moderator", format!("<@{}>", case.moderator_id));
        let source = Message::new("case-source").with("source", case.source.as_str());
        card.field("case-origin", viewer.say(&source));
    }
    card.time("case-opened", Some(case.created_at));
    // While it is in force only its end is of interest, afterwards when it did end.
    match case.closed_at {
        Some(_) => card.time("case-closed", case.closed_at),
        None => card.time("case-until", case.expires_at),
    }
    if reader == Reader::Staff
        && let (Some(channel), Some(message)) = (case.log_channel_id, case.log_message_id)
    {
        let link = format!(
            "https://discord.com/channels/{}/{channel}/{message}",
            case.guild_id
        );
        card.field("case-log-message", link);
    }
    card.embed
}

/// An embed that grows.
struct Card<'a> {
    viewer: Viewer<'a>,
    embed: CreateEmbed,
}

impl Card<'_> {
    /// The reason, and what became of the case where there is more to say than its state.
    fn description(&mut self, case: &mod_case::Model) {
        let viewer = self.viewer;
        let mut lines = vec![format!(
            "**{}:** {}",
            viewer.text("case-reason"),
            escape_markdown(&case.reason)
        )];
        let linked = |id, number: Option<i64>| {
            number.map(|number| viewer.say(&Message::new(id).with("case", number)))
        };
        lines.extend(linked("case-superseded-by", case.superseded_by));
        lines.extend(linked("case-lifted-by", case.closed_by));
        let error = case.error_code.as_deref();
        if let Some(why) = error
            .and_then(Cause::parse)
            .filter(|_| case.state == CaseState::Failed)
        {
            lines.push(words::why(viewer.data, viewer.lang, why));
        }
        self.set(|embed| embed.description(lines.join("\n")));
    }

    fn field(&mut self, name: &str, value: String) {
        let name = self.viewer.text(name);
        self.set(|embed| embed.field(name, value, true));
    }

    fn time(&mut self, name: &str, at: Option<DateTime<Utc>>) {
        if let Some(at) = at {
            self.field(name, date_time(at));
        }
    }

    fn set(&mut self, change: impl FnOnce(CreateEmbed) -> CreateEmbed) {
        self.embed = change(std::mem::take(&mut self.embed));
    }
}

fn person(name: &str, id: i64) -> String {
    format!("<@{id}> ({}, `{id}`)", escape_markdown(name))
}
