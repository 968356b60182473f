//! What narrows a list of cases down.

use crate::{
    command::{Call, Param, ParamKind},
    failure::Result,
    parse::{reason::Reason, time::moment},
    text::Message,
};
use chrono::{DateTime, Utc};
use controllers::CaseFilter;
use entity::value::{CaseKind, CaseSource, CaseState};

pub(super) const USER: Param = Param::flag("user", &[], ParamKind::Member);
pub(super) const MODERATOR: Param = Param::flag("mod", &["moderator"], ParamKind::Member);
pub(super) const TYPE: Param = Param::flag("type", &["kind"], ParamKind::Choice(&KINDS));
pub(super) const STATE: Param = Param::flag("state", &[], ParamKind::Choice(&STATES));
pub(super) const SOURCE: Param = Param::flag("source", &[], ParamKind::Choice(&SOURCES));
pub(super) const SINCE: Param = Param::flag("since", &["after"], ParamKind::Time);
pub(super) const UNTIL: Param = Param::flag("until", &["before"], ParamKind::Time);
pub(super) const REASON: Param = Param::flag("reason", &["r"], ParamKind::Text(1_000));
pub(super) const ACTIVE: Param = Param::flag("active", &[], ParamKind::Switch);

/// The words of an enum, for parameters.
macro_rules! words_of {
    ($name:ident, $enum:ident) => {
        const $name: [&str; $enum::ALL.len()] = {
            let mut words = [""; $enum::ALL.len()];
            let mut i = 0;
            while i < words.len() {
                words[i] = $enum::ALL[i].as_str();
                i += 1;
            }
            words
        };
    };
}
words_of!(KINDS, CaseKind);
words_of!(STATES, CaseState);
words_of!(SOURCES, CaseSource);

/// The filter that a call asks for. `user` is left to the caller where it may be something else.
pub(super) async fn read(call: &Call<'_>) -> Result<CaseFilter> {
    let args = &call.args;
    // The parameters take these words only.
    let kind = args.text("type").and_then(|word| word.parse().ok());
    let state = args.text("state").and_then(|word| word.parse().ok());
    let source = args.text("source").and_then(|word| word.parse().ok());
    Ok(CaseFilter {
        target_id: args.id("user").map(u64::cast_signed),
        moderator_id: args.id("mod").map(u64::cast_signed),
        kind,
        state,
        source,
        since: time(call, "since").await?,
        until: time(call, "until").await?,
        reason: args
            .text("reason")
            .and_then(Reason::parse)
            .map(|reason| reason.text),
        active: args.switch("active"),
        without_notes: false,
    })
}

async fn time(call: &Call<'_>, name: &str) -> Result<Option<DateTime<Utc>>> {
    let Some(text) = call.args.text(name) else {
        return Ok(None);
    };
    let data = call.data();
    let settings = data.guilds.settings(call.ctx.guild_id()).await;
    let at = moment(text, data.clock.now(), settings.timezone).map_err(Message::from)?;
    Ok(Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_database() {
        assert_eq!(KINDS.len(), 20);
        assert!(KINDS.contains(&"timeout") && STATES.contains(&"lifted"));
        assert!(
            SOURCES
                .iter()
                .all(|word| word.parse::<CaseSource>().is_ok())
        );
    }
}
