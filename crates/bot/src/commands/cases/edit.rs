//! `cases edit`: a new reason, or a new end.

mod change;

use super::STAFF;
use crate::{
    command::{
        Access, Call, Category, Command, DbContext as _, Param, ParamKind, Reply, Spec, Visibility,
    },
    commands::case::NUMBER,
    failure::{Failure, Result},
    moderation::Action,
    parse::{reason::MAX_CHARS, time::Time},
    text::{Message, date_time},
};
use change::{Change, Outcome};
use controllers::{CaseEdit, Crud as _};
use entity::{
    mod_case,
    value::{CaseKind, ObligationState},
};
use poise::serenity_prelude::Permissions;

/// `cases edit`.
pub(crate) struct Edit;

impl Command for Edit {
    const SPEC: Spec = Spec {
        path: "cases edit",
        aliases: &["modify", "m", "update"],
        category: Category::Cases,
        // For one's own cases; those of others need more.
        access: STAFF,
        visibility: Visibility::Private,
        params: &[
            NUMBER,
            Param::flag("reason", &["r"], ParamKind::Text(1_000)),
            Param::flag("duration", &["d", "t", "e"], ParamKind::Time),
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let number = call.args.required_integer("number")?;
        let reason = call.reason().await?;
        if reason.is_none() && call.args.text("duration").is_none() {
            return Err(Message::new("err-arg-missing")
                .with("argument", "change")
                .into());
        }
        let db = call.guild_db()?;
        let case = db.cases().find((db.id(), number)).await?;
        let case = case.ok_or_else(|| Message::new("err-case-not-found").with("case", number))?;
        check_author(call, &case)?;
        let cut = reason.as_ref().is_some_and(|reason| reason.cut);
        let edit = CaseEdit {
            reason: reason.map(|reason| reason.text),
            expires_at: new_end(call, &case).await?.map(Time::at),
        };
        let outcome = Change::of(call, &case, edit)?.make(call).await?;
        let mut lines = vec![told(call, number, outcome)?];
        if cut {
            lines.push(call.say(&Message::new("mod-reason-cut").with("most", MAX_CHARS)));
        }
        call.reply(Reply::text(lines.join("\n"))).await?;
        Ok(())
    }
}

/// The same command as far as the cases of others are concerned.
const OF_OTHERS: Spec = Spec {
    access: Access::guild(4, Permissions::BAN_MEMBERS),
    ..Edit::SPEC
};

fn check_author(call: &Call<'_>, case: &mod_case::Model) -> Result {
    if case.moderator_id == call.ctx.author().id.get().cast_signed() {
        return Ok(());
    }
    match call.viewer().decide(&OF_OTHERS).verdict() {
        // They may use the command, so the refusal names what they may not do with it.
        Err(Failure::Refused(refusal)) => {
            let author = format!("<@{}>", case.moderator_id);
            let what = Message::new("cases-edit-others").with("moderator", author);
            Err(refusal.with("command", call.say(&what)).into())
        }
        verdict => verdict,
    }
}

/// The end that the call asks for.
async fn new_end(call: &Call<'_>, case: &mod_case::Model) -> Result<Option<Time>> {
    let Some(text) = call.args.text("duration") else {
        return Ok(None);
    };
    let limits = match (case.kind, Action::of_case(case)) {
        // It may become one without an end.
        (CaseKind::Tempban, _) => Action::Ban.limits(),
        (CaseKind::Timeout, Some(action)) => action.limits(),
        (kind, _) => {
            return Err(Message::new("cases-edit-endless")
                .with("case", case.number)
                .with("kind", kind.as_str())
                .into());
        }
    };
    let data = call.data();
    let settings = data.guilds.settings(call.ctx.guild_id()).await;
    let end = limits
        .parse(text, data.clock.now(), settings.timezone)
        .map_err(Message::from)?;
    Ok(Some(end))
}

/// What became of the edit, in words.
fn told(call: &Call<'_>, number: i64, outcome: Outcome) -> Result<String> {
    let about = |id| Message::new(id).with("case", number);
    match outcome {
        Outcome::Ended(state) => {
            let state = call.say(&Message::new("case-state").with("state", state.as_str()));
            Err(about("err-case-state").with("state", state).into())
        }
        Outcome::Unchanged => Ok(call.say(&about("cases-unchanged"))),
        Outcome::Changed {
            reason,
            end,
            at_discord,
        } => {
            let edited = about("cases-edited").with("changes", changes(call, reason, end));
            let remark = match at_discord {
                None | Some(ObligationState::Done) => None,
                Some(ObligationState::Failed) => Some(about("cases-edited-refused")),
                Some(_) => Some(about("cases-edited-queued")),
            };
            let lines = [Some(edited), remark].into_iter().flatten();
            let lines: Vec<String> = lines.map(|line| call.say(&line)).collect();
            Ok(lines.join("\n"))
        }
    }
}

fn changes(call: &Call<'_>, reason: bool, end: Option<Time>) -> String {
    let reason = reason.then(|| Message::new("cases-edited-reason"));
    let end = end.map(|end| match end {
        Time::At(end) => Message::new("cases-edited-until").with("until", date_time(end)),
        Time::Forever => Message::new("cases-edited-forever"),
    });
    let changes: Vec<String> = [reason, end]
        .iter()
        .flatten()
        .map(|change| call.say(change))
        .collect();
    changes.join(&call.text("list-separator"))
}
