//! What the generic data layer may assume about a table, and the columns it fills by itself.

use crate::rule::{self, Limit, Rule};
use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::{
    ActiveModelTrait, ActiveValue, EntityTrait, IntoActiveModel, PrimaryKeyTrait, Value,
};
use uuid::{NoContext, Timestamp};

/// The policy of a table. Constants rather than column names looked up at run time, so that a
/// column that is renamed is a compile error here.
pub trait Managed:
    EntityTrait<
        Model: IntoActiveModel<<Self as EntityTrait>::ActiveModel> + Sync,
        ActiveModel: Send + Sync,
        Column: Send + Sync + Copy,
        PrimaryKey: PrimaryKeyTrait<ValueType: Clone + Sync>,
    >
{
    /// The guild that owns a row. Every statement of a guild's handle is confined by it.
    const TENANT: Option<Self::Column> = None;
    /// A key column that gets a `UUIDv7` when the draft leaves it unset.
    const UUID: Option<Self::Column> = None;
    /// Set on insert, unless the draft brings its own.
    const CREATED_AT: Option<Self::Column> = None;
    /// Set on every write.
    const UPDATED_AT: Option<Self::Column> = None;
    /// Set by a soft delete; a row that has it is invisible to every verb but `restore` and `purge`.
    const DELETED_AT: Option<Self::Column> = None;
    /// A bigint: 1 on insert, one more with each change. Required for upserts.
    const VERSION: Option<Self::Column> = None;
    /// The most rows that an unpaged read returns.
    const CAP: u64 = 1_000;
    /// What the values of columns may be: the same as the CHECKs of the table, so that a value which the
    /// database would refuse is refused with the name of its column, before it is asked.
    const RULES: &'static [Rule<Self::Column>] = &[];
}

/// When and for which guild a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The time of the write, at microseconds, which is what PostgreSQL stores.
    pub now: DateTimeUtc,
    /// The guild that the writer is confined to, if any.
    pub tenant: Option<i64>,
}

/// Why a draft cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It names another guild than the one its writer is confined to.
    #[error("the row belongs to another guild")]
    ForeignTenant,
    /// A value breaks a rule of its column.
    #[error("{column} {limit}")]
    Invalid {
        /// Column name.
        column: &'static str,
        /// What its values may be.
        limit: Limit,
    },
}

impl Stamp {
    /// Fills what a new row needs: guild, key, version and both timestamps, each only when unset,
    /// except `UPDATED_AT`, which is always the time of the stamp.
    ///
    /// # Errors
    /// [`Refused`] when the draft names another guild, or a value breaks a rule.
    pub fn insert<E: Managed>(&self, draft: E::ActiveModel) -> Result<E::ActiveModel, Refused> {
        let mut draft = self.confine::<E>(draft, true)?;
        let mut fill = |column: Option<E::Column>, value: Value| {
            if let Some(column) = column.filter(|column| draft.is_not_set(*column)) {
                draft.set(column, value);
            }
        };
        fill(E::UUID, uuid(self.now).into());
        fill(E::CREATED_AT, self.now.into());
        fill(E::VERSION, 1_i64.into());
        valid::<E>(self.touch::<E>(draft))
    }

    /// Sets the time of the change; the time of the creation never moves. The version is the business of the statement, which has to
    /// compare and raise it at once.
    ///
    /// # Errors
    /// [`Refused`] when the draft names another guild, or a value breaks a rule.
    pub fn update<E: Managed>(&self, draft: E::ActiveModel) -> Result<E::ActiveModel, Refused> {
        let mut draft = self.confine::<E>(draft, false)?;
        if let Some(column) = E::CREATED_AT {
            draft.not_set(column);
        }
        valid::<E>(self.touch::<E>(draft))
    }

    fn confine<E: Managed>(
        &self,
        mut draft: E::ActiveModel,
        new: bool,
    ) -> Result<E::ActiveModel, Refused> {
        let Some((column, guild)) = E::TENANT.zip(self.tenant) else {
            return Ok(draft);
        };
        match draft.get(column) {
            ActiveValue::NotSet if new => draft.set(column, guild.into()),
            ActiveValue::NotSet => {}
            ActiveValue::Set(value) | ActiveValue::Unchanged(value) => {
                if value != Value::from(guild) {
                    return Err(Refused::ForeignTenant);
                }
            }
        }
        Ok(draft)
    }

    fn touch<E: Managed>(&self, mut draft: E::ActiveModel) -> E::ActiveModel {
        if let Some(column) = E::UPDATED_AT {
            draft.set(column, self.now.into());
        }
        draft
    }
}

/// The draft, if it keeps to the rules of its table.
fn valid<E: Managed>(draft: E::ActiveModel) -> Result<E::ActiveModel, Refused> {
    match rule::broken::<E>(&draft, E::RULES) {
        Some((column, limit)) => Err(Refused::Invalid { column, limit }),
        None => Ok(draft),
    }
}

/// A key that sorts by the time of the stamp. Times before 1970 count as 1970.
fn uuid(now: DateTimeUtc) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}
