//! One transaction: the cases, and everything that follows from them.

use super::{
    Action,
    request::Request,
    target::{Accepted, already_active},
};
use crate::{
    command::{Call, DbContext as _},
    failure::{Failure, Result},
    outbox::{ActionPayload, DmAbout, DmPayload, LogPayload, Outbox, Promised, ReplyPayload},
    text::escape_markdown,
};
use controllers::{Db, Error, NewCase, Promise, Tx};
use entity::{
    mod_case, obligation,
    value::{CaseFamily, CaseSource, LogKind, ObligationKind, ObligationState},
};
use serde_json::json;
use service::Retry;
use uuid::Uuid;

/// Everything that the transaction needs.
struct Plan {
    guild_id: i64,
    guild_name: String,
    owner_id: i64,
    moderator_id: i64,
    moderator: String,
    request: Request,
    accepted: Vec<Accepted>,
    lines: Vec<String>,
    reply: Uuid,
}

/// Records the cases and what is owed for them. Returns the obligations that are to be done now, in
/// order; all of them are held by this process.
pub(super) async fn record(
    call: &Call<'_>,
    request: &Request,
    accepted: &[Accepted],
    lines: Vec<String>,
) -> Result<Vec<Promised>> {
    let place = call.in_guild()?;
    let plan = Plan {
        guild_id: place.guild.id.get().cast_signed(),
        guild_name: place.guild.name.chars().take(100).collect(),
        owner_id: place.guild.owner_id.get().cast_signed(),
        moderator_id: place.member.id.get().cast_signed(),
        moderator: place.member.name.clone(),
        request: request.clone(),
        accepted: accepted.to_vec(),
        lines,
        reply: Uuid::now_v7(),
    };
    let data = call.data();
    let promised = data
        .database
        .transaction_with(
            Retry::DEFAULT,
            &(plan, &data.outbox),
            |db, (plan, outbox)| Box::pin(plan.record(db, outbox)),
        )
        .await?;
    Ok(promised)
}

impl Plan {
    async fn record(&self, db: Db<'_, Tx>, outbox: &Outbox) -> controllers::Result<Vec<Promised>> {
        let guild = db.guild(self.guild_id);
        guild
            .guild()
            .ensure(&self.guild_name, self.owner_id)
            .await?;
        let cases = guild.cases().open(self.new_cases()).await?;
        let logged = guild.log_channels().of(LogKind::Mod).await?.is_some();
        let mut now = Vec::new();
        for (case, accepted) in cases.iter().zip(&self.accepted) {
            now.extend(
                self.promise_for(db, outbox, case, accepted.bot, logged)
                    .await?,
            );
        }
        let reply = ReplyPayload {
            to: self.request.reply_to.clone(),
            user_id: self.moderator_id.cast_unsigned(),
            cases: cases.iter().map(|case| case.number).collect(),
            lines: self.lines.clone(),
            sent: None,
        };
        let key = format!("reply:{}", self.request.origin);
        let promise = outbox
            .held(self.reply, ObligationKind::Reply, key, &reply)
            .map_err(unwritable)?;
        let promise = Promise {
            guild_id: Some(self.guild_id),
            subject_id: Some(self.moderator_id),
            ..promise
        };
        now.push(Promised::from(&db.obligations().promise(promise).await?));
        Ok(now)
    }

    fn new_cases(&self) -> Vec<NewCase> {
        let Request {
            action,
            reason,
            silent,
            delete_days,
            ends_at,
            ..
        } = &self.request;
        let params = if *delete_days > 0
            && Action::obligation_of(action.case_kind(false)) == Some(ObligationKind::Ban)
        {
            json!({ "delete_days": delete_days })
        } else {
            json!({})
        };
        let case = |accepted: &Accepted| NewCase {
            kind: action.case_kind(ends_at.is_some()),
            source: CaseSource::Command,
            target: accepted.target.clone(),
            moderator_id: self.moderator_id,
            reason: reason.clone(),
            silent: *silent,
            params: params.clone(),
            expires_at: *ends_at,
        };
        self.accepted.iter().map(case).collect()
    }

    /// Message before, action, log, message after, and the end. The first four are done now.
    async fn promise_for(
        &self,
        db: Db<'_, Tx>,
        outbox: &Outbox,
        case: &mod_case::Model,
        target_is_bot: bool,
        logged: bool,
    ) -> controllers::Result<Vec<Promised>> {
        let (guild, number) = (case.guild_id, case.number);
        let key = |what: &str| format!("{what}:{guild}:{number}");
        let mut now = Vec::new();
        // Discord delivers nothing to somebody who shares no guild with the bot.
        let told = !case.silent && !target_is_bot && case.target_was_member;
        let before = self.request.action.tells_before();
        let obligations = db.obligations();
        let of_case = |promise: Promise, after| Promise {
            guild_id: Some(guild),
            case_number: Some(number),
            subject_id: Some(case.target_id),
            after,
            ..promise
        };
        // The action waits for one attempt to tell them, which ends within the time set for it.
        let mut told_before = None;
        if told && before {
            let dm = DmPayload::new(DmAbout::Intent);
            let promise = outbox
                .held(Uuid::now_v7(), ObligationKind::Dm, key("dm"), &dm)
                .map_err(unwritable)?;
            let promised = Promised::from(&obligations.promise(of_case(promise, None)).await?);
            told_before = Some(promised.id);
            now.push(promised);
        }
        // What is undone while it is still being tried is undone afterwards.
        let undone = match case.family.filter(|_| self.request.action.lifts()) {
            Some(family) => still_tried(db, case, family).await?,
            None => None,
        };
        let mut action = None;
        if let Some(kind) = Action::obligation_of(case.kind) {
            let payload = ActionPayload {
                moderator: self.moderator.clone(),
                delete_days: self.request.delete_days,
                reply: Some(self.reply),
            };
            let promise = outbox
                .held(Uuid::now_v7(), kind, key("act"), &payload)
                .map_err(unwritable)?;
            let after = told_before.or(undone);
            let promised = Promised::from(&obligations.promise(of_case(promise, after)).await?);
            action = Some(promised.id);
            now.push(promised);
        }
        if let Some(kind) = self.request.action.undone_by() {
            let payload = ActionPayload {
                moderator: self.moderator.clone(),
                delete_days: 0,
                reply: None,
            };
            let promise = outbox
                .held(Uuid::now_v7(), kind, key("undo"), &payload)
                .map_err(unwritable)?;
            now.push(Promised::from(
                &obligations.promise(of_case(promise, action)).await?,
            ));
        }
        if told && !before {
            let dm = DmPayload::new(DmAbout::Done);
            let promise = outbox
                .held(Uuid::now_v7(), ObligationKind::Dm, key("dm"), &dm)
                .map_err(unwritable)?;
            now.push(Promised::from(
                &obligations.promise(of_case(promise, action)).await?,
            ));
        }
        if logged {
            let log = LogPayload::of_case();
            let promise = outbox
                .held(Uuid::now_v7(), ObligationKind::Log, key("log"), &log)
                .map_err(unwritable)?;
            now.push(Promised::from(
                &obligations.promise(of_case(promise, action)).await?,
            ));
        }
        if let Some(end) = case.expires_at {
            let promise = Outbox::promise(
                Uuid::now_v7(),
                ObligationKind::Expire,
                key("expire"),
                &json!({}),
            )
            .map_err(unwritable)?;
            obligations
                .promise(Promise {
                    due_at: Some(end),
                    ..of_case(promise, None)
                })
                .await?;
        }
        Ok(now)
    }
}

/// The action that a pending sanction of this family still waits for.
async fn still_tried(
    db: Db<'_, Tx>,
    case: &mod_case::Model,
    family: CaseFamily,
) -> controllers::Result<Option<Uuid>> {
    let cases = db.guild(case.guild_id).cases();
    let Some(open) = cases.open_sanction(case.target_id, family).await? else {
        return Ok(None);
    };
    let owed = db.obligations().of_case(case.guild_id, open.number).await?;
    let acts = Action::obligation_of(open.kind);
    let tried = |o: &obligation::Model| {
        Some(o.kind) == acts
            && matches!(o.state, ObligationState::Pending | ObligationState::Leased)
    };
    Ok(owed.iter().find(|owed| tried(owed)).map(|owed| owed.id))
}

/// A payload that has no JSON.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(crate) fn unwritable(error: serde_json::Error) -> Error {
    Error::Db(controllers::DbErr::Json(error.to_string()))
}

/// Two moderators at once: the constraint that refused the second one is told as what it means. A
/// command that Discord delivered twice is not run twice, and not answered twice.
pub(super) async fn told_in_words(
    call: &Call<'_>,
    request: &Request,
    accepted: &[Accepted],
    failure: Failure,
) -> Result {
    let Failure::Data(error) = &failure else {
        return Err(failure);
    };
    if error.is_unique("obligation_dedupe_key", &["dedupe_key"]) {
        tracing::info!("a command that was delivered twice ran once");
        return Ok(());
    }
    let open = error.is_unique(
        "mod_case_sanction_key",
        &["guild_id", "target_id", "family"],
    ) || error.is_unique("mod_case_pending_key", &["guild_id", "target_id", "kind"]);
    let family = request.action.case_kind(request.ends_at.is_some()).family();
    if let (true, Some(family)) = (open, family) {
        for accepted in accepted {
            if let Some(case) = open_case(call, accepted, family).await? {
                let name = escape_markdown(&accepted.target.name);
                return Err(already_active(request.action, &name, &case).into());
            }
        }
    }
    Err(failure)
}

async fn open_case(
    call: &Call<'_>,
    accepted: &Accepted,
    family: CaseFamily,
) -> Result<Option<mod_case::Model>> {
    Ok(call
        .guild_db()?
        .cases()
        .open_sanction(accepted.target.id, family)
        .await?)
}
