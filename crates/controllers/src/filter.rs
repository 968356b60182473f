//! Which rows a verb is about.

use crate::{Error, Result};
use sea_orm::{
    Condition, EntityTrait, Value,
    sea_query::{BinOper, Expr, IntoCondition},
};

/// Anything that narrows down the rows of `E`.
///
/// `Option<F>`: `None` adds nothing. Tuples are joined with AND. A *write* whose filters add up to
/// nothing is refused with [`Error::Unfiltered`]; [`Everything`] says that it is meant.
///
/// A declared filter is good for its own table:
/// ```compile_fail,E0277
/// fn narrows<E: sea_orm::EntityTrait, F: controllers::Filter<E>>() {}
/// narrows::<entity::guild::Entity, controllers::CaseFilter>();
/// ```
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

    fn means_all(&self) -> bool {
        self.as_ref().is_some_and(F::means_all)
    }
}

impl<E: EntityTrait, A: Filter<E>, B: Filter<E>> Filter<E> for (A, B) {
    fn condition(self) -> Condition {
        [self.0.condition(), self.1.condition()]
            .into_iter()
            .filter(|condition| !says_nothing(&condition.clone().into()))
            .fold(Condition::all(), Condition::add)
    }

    fn means_all(&self) -> bool {
        self.0.means_all() || self.1.means_all()
    }
}

/// A part of a filter that may be missing; see [`filter!`](crate::filter!).
pub trait Given {
    /// What narrows, when it is given.
    type Value;

    /// What was given.
    fn given(self) -> Option<Self::Value>;
}

impl<T> Given for Option<T> {
    type Value = T;

    fn given(self) -> Self {
        self
    }
}

/// A switch narrows when it is on.
impl Given for bool {
    type Value = ();

    fn given(self) -> Option<()> {
        self.then_some(())
    }
}

/// Declares a struct of optional parts as a [`Filter`]: each field says how it narrows when it is given.
///
/// ```
/// use entity::{mod_case::{Column, Entity}, value::CaseState};
/// use sea_orm::ColumnTrait;
///
/// controllers::filter! {
///     /// Which cases.
///     #[derive(Clone, Debug, Default)]
///     pub struct Which of Entity {
///         /// Who was acted on.
///         pub target_id: Option<i64> => |id| Column::TargetId.eq(id),
///         /// In force.
///         pub active: bool => |()| Column::State.eq(CaseState::Active),
///     }
/// }
/// # fn main() {
/// let which = Which { active: true, ..Which::default() };
/// # use controllers::Filter; let _condition = which.condition();
/// # }
/// ```
#[macro_export]
macro_rules! filter {
    (
        $(#[$about:meta])*
        $visibility:vis struct $name:ident of $entity:ty {
            $($(#[$note:meta])* $part:vis $field:ident: $given:ty => $narrows:expr,)+
        }
    ) => {
        $(#[$about])*
        $visibility struct $name { $($(#[$note])* $part $field: $given,)+ }

        impl $crate::Filter<$entity> for $name {
            fn condition(self) -> $crate::Condition {
                $crate::Condition::all()
                    $(.add_option($crate::Given::given(self.$field).map($narrows)))+
            }
        }
    };
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
    if !meant && says_nothing(&condition.clone().into()) {
        return Err(Error::Unfiltered {
            entity: crate::key::table::<E>(),
        });
    }
    Ok(condition)
}

/// Whether a condition holds for every row because nobody gave it a part, at any depth. (An empty
/// "any of" holds for none.)
fn says_nothing(condition: &Expr) -> bool {
    match condition {
        Expr::Constant(Value::Bool(Some(holds))) => *holds,
        Expr::Binary(left, BinOper::And, right) => says_nothing(left) && says_nothing(right),
        _ => false,
    }
}
