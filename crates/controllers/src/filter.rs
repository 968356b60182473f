//! Which rows a verb is about.

use crate::{Error, Result};
use sea_orm::{
    Condition, EntityTrait,
    sea_query::{Expr, IntoCondition},
};

/// Anything that narrows down the rows of `E`.
///
/// `Option<F>`: `None` adds nothing. Tuples are joined with AND. A *write* whose filters add up to
/// nothing is refused with [`Error::Unfiltered`]; [`Everything`] says that it is meant.
pub trait Filter<E: EntityTrait>: Send {
    /// The condition, without guild and soft-delete scope: the controller adds those.
    fn condition(self) -> Condition;

    /// Whether the filter explicitly means every row.
    fn means_all(&self) -> bool {
        false
    }
}

impl<E: EntityTrait> Filter<E> for Condition {
    fn condition(self) -> Condition {
        self
    }
}

impl<E: EntityTrait> Filter<E> for Expr {
    fn condition(self) -> Condition {
        self.into_condition()
    }
}

impl<E: EntityTrait, F: Filter<E>> Filter<E> for Option<F> {
    fn condition(self) -> Condition {
        self.map_or_else(Condition::all, F::condition)
    }
}

impl<E: EntityTrait, A: Filter<E>, B: Filter<E>> Filter<E> for (A, B) {
    fn condition(self) -> Condition {
        [self.0.condition(), self.1.condition()]
            .into_iter()
            .filter(|condition| !condition.is_empty())
            .fold(Condition::all(), Condition::add)
    }
}

/// Every row, said aloud.
#[derive(Clone, Copy, Debug)]
pub struct Everything;

impl<E: EntityTrait> Filter<E> for Everything {
    fn condition(self) -> Condition {
        Condition::all()
    }

    fn means_all(&self) -> bool {
        true
    }
}

/// The condition of a write, which must name its rows.
pub(crate) fn narrowed<E: EntityTrait>(filter: impl Filter<E>) -> Result<Condition> {
    let meant = filter.means_all();
    let condition = filter.condition();
    if condition.is_empty() && !meant {
        return Err(Error::Unfiltered {
            entity: crate::key::table::<E>(),
        });
    }
    Ok(condition)
}
