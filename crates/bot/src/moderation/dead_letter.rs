//! What Discord refused for good: tried again, or given up, when a moderator says so.

use super::{Action, words};
use crate::{
    command::{DbContext as _, Reply},
    commands::cases,
    data::Data,
    discord::member,
    failure::{Failure, Result},
    outbox::{DmAbout, DmPayload, Outbox, Promised, WITH_ITS_CASE, promise_edit},
    permission::{Party, check_target},
    screen::{CustomId, Press, Screen, Viewer},
    text::{Message, escape_markdown},
};
use controllers::{Crud as _, Db, Error, NewEvent, Promise, Tx};
use entity::{
    mod_case, obligation,
    value::{CaseEventKind, CaseState, ObligationKind, ObligationState},
};
use poise::serenity_prelude::{ButtonStyle, CreateActionRow, CreateButton, Http, UserId};
use serde_json::json;
use service::Retry;
use uuid::Uuid;

/// What is owed for a case and failed, apart from messages, whose failure nobody can mend.
fn dead(owed: &[obligation::Model]) -> Option<&obligation::Model> {
    let speaks = |kind| {
        matches!(
            kind,
            ObligationKind::Dm
                | ObligationKind::Log
                | ObligationKind::LogEdit
                | ObligationKind::Reply
        )
    };
    owed.iter()
        .rfind(|owed| owed.state == ObligationState::Failed && !speaks(owed.kind))
}

/// The buttons under a log message of a case for which something was refused; none otherwise.
pub(crate) async fn buttons(data: &Data, case: &mod_case::Model) -> Result<Vec<CreateActionRow>> {
    let obligations = data.database.db().obligations();
    let owed = obligations.of_case(case.guild_id, case.number).await?;
    if dead(&owed).is_none() {
        return Ok(Vec::new());
    }
    let lang = words::lang(data, case).await;
    let button = |answer: Wanted, label| -> Result<CreateButton> {
        // Anybody who may use the command may press.
        let id = CustomId {
            screen: DeadLetter::NAME.to_owned(),
            args: format!("{}{}", answer.letter(), case.number),
            owner: 0,
        };
        let id = data.signer.sign(&id, case.guild_id.cast_unsigned());
        let label = data.texts.render(&lang, &Message::new(label));
        Ok(CreateButton::new(id.ok_or(Failure::CustomId(DeadLetter::NAME))?).label(label))
    };
    Ok(vec![CreateActionRow::Buttons(vec![
        button(Wanted::Retry, "button-retry")?.style(ButtonStyle::Primary),
        button(Wanted::GiveUp, "button-give-up")?.style(ButtonStyle::Secondary),
    ])])
}

/// What is to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Retry,
    GiveUp,
}

impl Wanted {
    fn letter(self) -> char {
        match self {
            Self::Retry => 'r',
            Self::GiveUp => 'g',
        }
    }

    fn read(args: &str) -> Option<(Self, i64)> {
        let wanted = [Self::Retry, Self::GiveUp]
            .into_iter()
            .find(|wanted| args.starts_with(wanted.letter()))?;
        Some((wanted, args[1..].parse().ok()?))
    }
}

/// The buttons below a log message.
pub(crate) struct DeadLetter;

impl Screen for DeadLetter {
    const NAME: &'static str = "dead-letter";
    type Command = cases::Retry;

    async fn pressed(press: &Press<'_>) -> Result {
        let read = Wanted::read(press.args());
        let (wanted, number) = read.ok_or_else(|| Message::new("err-stale-component"))?;
        let http = &press.ctx.http;
        let text = match wanted {
            Wanted::Retry => retry(press.viewer(), http, number).await?,
            Wanted::GiveUp => give_up(press.viewer(), http, number).await?,
        };
        press.tell(Reply::text(text)).await?;
        Ok(())
    }
}

/// Tries again what failed for a case, and says what came of it.
///
/// # Errors
/// The refusal, when nothing failed or the person may not do it.
pub(crate) async fn retry(viewer: Viewer<'_>, http: &Http, number: i64) -> Result<String> {
    let letter = Letter::open(viewer, http, number).await?;
    let now = viewer.data.clock.now();
    if letter.case.state == CaseState::Failed
        && let Some(end) = letter.case.expires_at.filter(|end| *end <= now)
    {
        return Err(Message::new("err-retry-ended")
            .with("case", number)
            .with("when", crate::text::date_time(end))
            .into());
    }
    let outbox = &viewer.data.outbox;
    let promised = viewer
        .data
        .database
        .transaction_with(
            Retry::DEFAULT,
            &(&letter, outbox),
            |db, (letter, outbox)| Box::pin(letter.take_on(db, outbox)),
        )
        .await
        .map_err(|error| letter.in_words(error))?;
    outbox.drive(viewer.data, &promised).await?;
    outbox.wake();
    letter.told(viewer).await
}

/// Leaves it at that.
///
/// # Errors
/// As [`retry`].
async fn give_up(viewer: Viewer<'_>, http: &Http, number: i64) -> Result<String> {
    let letter = Letter::open(viewer, http, number).await?;
    viewer
        .data
        .database
        .transaction_with(Retry::DEFAULT, &letter, |db, letter| {
            Box::pin(letter.leave(db))
        })
        .await?;
    viewer.data.outbox.wake();
    let given_up = Message::new("retry-given-up")
        .with("case", number)
        .with("target", escape_markdown(&letter.case.target_name));
    Ok(viewer.say(&given_up))
}

/// A case, what failed for it, and who asks.
struct Letter {
    case: mod_case::Model,
    dead: obligation::Model,
    actor_id: i64,
    /// Whether the person acted on is told again before a second try.
    tells: bool,
}

impl Letter {
    /// Checks again everything that the command of the case checks.
    async fn open(viewer: Viewer<'_>, http: &Http, number: i64) -> Result<Self> {
        let place = viewer.in_guild()?;
        let db = viewer.guild_db()?;
        let case = db.cases().find((db.id(), number)).await?;
        let case = case.ok_or_else(|| Message::new("err-case-not-found").with("case", number))?;
        let obligations = db.all_guilds().obligations();
        let owed = obligations.of_case(db.id(), number).await?;
        let dead = dead(&owed).cloned();
        let dead = dead.ok_or_else(|| Message::new("err-retry-nothing").with("case", number))?;
        let action = Action::of_case(&case);
        if let Some(spec) = action.and_then(|action| viewer.data.commands.find(action.word()))
            && let Some(spec) = spec.spec
        {
            viewer.decide(spec).verdict()?;
        }
        if let (Some(action), Some(bot_id)) = (action, viewer.data.outbox.bot_id()) {
            let guild = place.guild.id;
            let bot = member::fetch(http, guild, bot_id).await?;
            let target_id = UserId::new(case.target_id.cast_unsigned());
            let target = member::find(http, guild, target_id).await?;
            let party = Party {
                guild: &place.guild,
                rules: &place.rules,
                actor: &place.member,
                bot: &bot,
            };
            let ranked = target.as_ref().filter(|_| !action.lifts());
            check_target(party, target_id, ranked, action.bot_needs())?;
        }
        let told = |owed: &obligation::Model| owed.kind == ObligationKind::Dm;
        Ok(Self {
            tells: case.state == CaseState::Failed
                && action.is_some_and(Action::tells_before)
                && owed.iter().any(told),
            case,
            dead,
            actor_id: place.member.id.get().cast_signed(),
        })
    }

    async fn take_on(&self, db: Db<'_, Tx>, outbox: &Outbox) -> controllers::Result<Vec<Promised>> {
        let (guild, number) = (self.case.guild_id, self.case.number);
        let obligations = db.obligations();
        let mut now = Vec::new();
        if let Some(case) = db.guild(guild).cases().retry(number, self.actor_id).await? {
            if let Some(end) = case.expires_at {
                let kind = ObligationKind::Expire;
                obligations
                    .reinstate(guild, number, kind, WITH_ITS_CASE, end)
                    .await?;
            }
            if self.tells {
                let dm = DmPayload::new(DmAbout::Intent);
                let key = format!("dm:{guild}:{number}:{}", case.event_seq);
                let promise = outbox
                    .held(Uuid::now_v7(), ObligationKind::Dm, key, &dm)
                    .map_err(super::unwritable)?;
                let promise = Promise {
                    guild_id: Some(guild),
                    case_number: Some(number),
                    subject_id: Some(case.target_id),
                    ..promise
                };
                now.push(Promised::from(&obligations.promise(promise).await?));
            }
            promise_edit(db, &case).await?;
        }
        let after = now.last().map(|told: &Promised| told.id);
        let (owner, lease) = (outbox.owner(), outbox.lease());
        // Of two who ask at the same time, the first one has it.
        if obligations
            .revive(self.dead.id, owner, lease, after)
            .await?
        {
            now.push(Promised {
                id: self.dead.id,
                after,
            });
            now.extend(self.undo(db, outbox).await?);
        }
        Ok(now)
    }

    /// What undoes the action as a part of it was dropped when the action failed.
    async fn undo(&self, db: Db<'_, Tx>, outbox: &Outbox) -> controllers::Result<Option<Promised>> {
        let (guild, number) = (self.case.guild_id, self.case.number);
        let undone_by = Action::of_case(&self.case).and_then(Action::undone_by);
        let Some(kind) = undone_by.filter(|_| self.case.state == CaseState::Failed) else {
            return Ok(None);
        };
        let key = format!("undo:{guild}:{number}:{}", self.case.event_seq);
        let promise = outbox
            .held(Uuid::now_v7(), kind, key, &self.dead.payload)
            .map_err(super::unwritable)?;
        let promise = Promise {
            guild_id: Some(guild),
            case_number: Some(number),
            subject_id: Some(self.case.target_id),
            after: Some(self.dead.id),
            ..promise
        };
        let promised = db.obligations().promise(promise).await?;
        Ok(Some(Promised::from(&promised)))
    }

    async fn leave(&self, db: Db<'_, Tx>) -> controllers::Result<()> {
        if !db.obligations().give_up(self.dead.id).await? {
            return Ok(());
        }
        let event = NewEvent::of(CaseEventKind::Commented, self.actor_id)
            .with_facts(json!({ "given_up": self.dead.kind.as_str() }));
        let cases = db.guild(self.case.guild_id).cases();
        let case = cases.note(self.case.number, event, None).await?;
        promise_edit(db, &case).await
    }

    /// What came of it.
    async fn told(&self, viewer: Viewer<'_>) -> Result<String> {
        let db = viewer.guild_db()?;
        let case = db.cases().get((db.id(), self.case.number)).await?;
        let obligations = db.all_guilds().obligations();
        if self.case.state == CaseState::Failed {
            let owed = obligations.of_case(db.id(), case.number).await?;
            let dm = owed.iter().rfind(|owed| owed.kind == ObligationKind::Dm);
            return words::reply_line(viewer.data, &case, dm, None).await;
        }
        let state = obligations.get(self.dead.id).await?.state;
        let retried = Message::new("retry-done")
            .with("case", case.number)
            .with("obligation", self.dead.kind.as_str())
            .with("state", state.as_str());
        Ok(viewer.say(&retried))
    }

    fn in_words(&self, error: Error) -> Failure {
        if error.is_unique(
            "mod_case_sanction_key",
            &["guild_id", "target_id", "family"],
        ) {
            return Message::new("err-retry-overtaken")
                .with("case", self.case.number)
                .with("target", escape_markdown(&self.case.target_name))
                .into();
        }
        error.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_as_written_and_nothing_else_is() {
        assert_eq!(Wanted::read("r12"), Some((Wanted::Retry, 12)));
        assert_eq!(Wanted::read("g1"), Some((Wanted::GiveUp, 1)));
        for args in ["", "r", "x1", "é1", "r-"] {
            assert_eq!(Wanted::read(args), None, "{args}");
        }
    }
}
