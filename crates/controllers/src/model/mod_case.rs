//! `mod_case`: what moderators did, numbered from 1 in each guild.
//!
//! Every change of a case appends a [`super::case_event`] in the same transaction, which is why the
//! verbs that change one exist on a transaction only.

mod filter;
mod open;
mod page;
mod proof;
mod transition;

use crate::{Executor, GuildDb, Query, Result, controller::model_controller};
use entity::{
    mod_case::{Column, Entity, Model},
    value::{CaseFamily, CaseKind, CaseState},
};
use sea_orm::{ColumnTrait, Condition};

pub use filter::CaseFilter;
pub use open::{CaseTarget, NewCase};
pub use page::{CasePage, Tally, Turn};
pub use proof::Proof;
pub use transition::CaseEdit;

model_controller! {
    /// The cases of one guild.
    CaseController of Entity, over GuildDb
}

impl<C: Executor> CaseController<'_, C> {
    /// The sanction that holds the place of its family for this person: pending or in force.
    ///
    /// # Errors
    /// Those of [`Query::one`].
    pub async fn open_sanction(&self, target_id: i64, family: CaseFamily) -> Result<Option<Model>> {
        let open = Condition::all()
            .add(Column::TargetId.eq(target_id))
            .add(Column::Family.eq(family))
            .add(Column::State.is_in([CaseState::Pending, CaseState::Active]))
            .add(
                Column::Kind.is_in(
                    CaseKind::ALL
                        .iter()
                        .copied()
                        .filter(|kind| kind.is_sanction()),
                ),
            );
        self.one(open).await
    }

    /// How many cases of a kind this person has that count: done or in force.
    ///
    /// # Errors
    /// Those of [`Query::count`].
    pub async fn count_of(&self, target_id: i64, kind: CaseKind) -> Result<u64> {
        let counted = Condition::all()
            .add(Column::TargetId.eq(target_id))
            .add(Column::Kind.eq(kind))
            .add(Column::State.is_not_in([
                CaseState::Pending,
                CaseState::Failed,
                CaseState::Voided,
            ]));
        self.count(counted).await
    }
}
