//! `obligation`: what the bot owes Discord or a person. Written before the side effect, closed only
//! by a confirmed outcome.

mod backlog;
mod claim;
mod finish;
mod revive;

use crate::{
    Bulk, Controller as _, Crud, Db, Executor, Query, Result, controller::model_controller, dialect,
};
use chrono::{DateTime, Utc};
use entity::{
    obligation::{ActiveModel, Column, Entity, Model},
    value::{ObligationKind, ObligationState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, JsonValue, prelude::Uuid};
use std::time::Duration;

pub use backlog::Backlog;
pub use finish::{Attempt, Finish};

model_controller! {
    /// Obligations of all guilds.
    ObligationController of Entity, over Db
}

/// An obligation to take on.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its id, made before the first attempt so that a repeat can be recognised.
    pub id: Uuid,
    /// What has to be done.
    pub kind: ObligationKind,
    /// In which guild, if in one.
    pub guild_id: Option<i64>,
    /// For which case, if for one.
    pub case_number: Option<i64>,
    /// To whom.
    pub subject_id: Option<i64>,
    /// What the doing needs to know: a JSON object.
    pub payload: JsonValue,
    /// The same key is promised once only (at most 120 characters).
    pub dedupe_key: String,
    /// The obligation that must have reached its end before this one begins.
    pub after: Option<Uuid>,
    /// When it is due; `None`: now.
    pub due_at: Option<DateTime<Utc>>,
    /// What tells Discord that a message was sent before (at most 25 characters).
    pub nonce: Option<String>,
    /// Who does it at once, and for how long nobody else may: an owner of a lease.
    pub held_by: Option<(String, Duration)>,
}

/// The channel on which a transaction that leaves something to be done at once is announced to every
/// process (`PostgreSQL`).
pub const OBLIGATION_DUE: &str = "rookery_obligation_due";

/// States in which nothing more will happen.
const ENDED: [ObligationState; 3] = [
    ObligationState::Done,
    ObligationState::Failed,
    ObligationState::Cancelled,
];

impl<C: Executor> ObligationController<'_, C> {
    /// Takes on an obligation, in the transaction that records why.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] (unique, `dedupe_key`) when it was taken on before.
    pub async fn promise(&self, promise: Promise) -> Result<Model> {
        let now = self.0.clock().now();
        let state = match promise.held_by {
            Some(_) => ObligationState::Leased,
            None => ObligationState::Pending,
        };
        let due_at = promise.due_at.unwrap_or(now);
        if promise.held_by.is_none() && due_at <= now {
            dialect::announce(self.conn(), OBLIGATION_DUE).await?;
        }
        let (owner, lease) = promise.held_by.unzip();
        self.create(ActiveModel {
            id: Set(promise.id),
            guild_id: Set(promise.guild_id),
            case_number: Set(promise.case_number),
            kind: Set(promise.kind),
            subject_id: Set(promise.subject_id),
            payload: Set(promise.payload),
            dedupe_key: Set(promise.dedupe_key),
            after_id: Set(promise.after),
            state: Set(state),
            due_at: Set(due_at),
            lease_owner: Set(owner),
            lease_until: Set(lease.map(|lease| now + lease)),
            nonce: Set(promise.nonce),
            ..Default::default()
        })
        .await
    }

    /// Everything owed for a case, oldest first.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn of_case(&self, guild_id: i64, number: i64) -> Result<Vec<Model>> {
        let of_case = Condition::all()
            .add(Column::GuildId.eq(guild_id))
            .add(Column::CaseNumber.eq(number));
        self.list(of_case).await
    }

    /// Drops what is still waiting of one kind for a case; how much there was.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn cancel(
        &self,
        guild_id: i64,
        number: i64,
        kinds: &[ObligationKind],
        why: &str,
    ) -> Result<u64> {
        let waiting = Condition::all()
            .add(Column::GuildId.eq(guild_id))
            .add(Column::CaseNumber.eq(number))
            .add(Column::Kind.is_in(kinds.iter().copied()))
            .add(Column::State.eq(ObligationState::Pending));
        let values = ActiveModel {
            state: Set(ObligationState::Cancelled),
            last_error: Set(Some(why.to_owned())),
            finished_at: Set(Some(self.0.clock().now())),
            ..Default::default()
        };
        self.update_where(waiting, values).await
    }

    /// Makes a waiting obligation due now. `false`: it does not wait.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn hasten(&self, id: Uuid) -> Result<bool> {
        let waiting = Condition::all()
            .add(Column::Id.eq(id))
            .add(Column::State.eq(ObligationState::Pending));
        let values = ActiveModel {
            due_at: Set(self.0.clock().now()),
            ..Default::default()
        };
        let waited = self.update_where(waiting, values).await? > 0;
        if waited {
            dialect::announce(self.conn(), OBLIGATION_DUE).await?;
        }
        Ok(waited)
    }

    /// Moves the due time of what is still waiting of one kind for a case; how much there was.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn reschedule(
        &self,
        guild_id: i64,
        number: i64,
        kind: ObligationKind,
        due_at: DateTime<Utc>,
    ) -> Result<u64> {
        let waiting = Condition::all()
            .add(Column::GuildId.eq(guild_id))
            .add(Column::CaseNumber.eq(number))
            .add(Column::Kind.eq(kind))
            .add(Column::State.eq(ObligationState::Pending));
        let values = ActiveModel {
            due_at: Set(due_at),
            ..Default::default()
        };
        self.update_where(waiting, values).await
    }
}
