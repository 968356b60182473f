//! The texts of statements whose shape is fixed, each written once.
//!
//! Building the tree of a statement and writing its text costs more than everything else a verb on one row
//! does on the client. A [`Shape`] decides a text completely; what varies beside it are values. The first
//! statement of a shape is written by sea-query, and the following ones put their values beside its text.

use crate::{Controller, Scope};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Iterable, Statement, StatementBuilder, Value, Values,
};
use std::{
    any::TypeId,
    collections::HashMap,
    mem::Discriminant,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

/// More texts than a program has; beyond that, statements are written each time.
const MOST: usize = 4_096;

static TEXTS: LazyLock<RwLock<HashMap<Key, Arc<str>>>> = LazyLock::new(RwLock::default);

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    Find,
    Lock,
    Create,
    Update,
    Bump,
    Delete,
    Restore,
    Purge,
    Upsert,
    GetOrCreate,
}

/// Columns of an entity, one bit each; `None` when they are too many for that.
pub(crate) type Mask = Option<u128>;

/// The mask of the columns that `chosen` holds for.
pub(crate) fn mask<E: EntityTrait>(mut chosen: impl FnMut(E::Column) -> bool) -> Mask {
    let mut mask = 0_u128;
    for (index, column) in E::Column::iter().enumerate() {
        if chosen(column) {
            mask |= 1_u128.checked_shl(u32::try_from(index).ok()?)?;
        }
    }
    Some(mask)
}

/// What decides the text of a statement beside the controller it is made for.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) verb: Verb,
    /// The columns that are written, and for upserts those of the target and those that follow.
    pub(crate) columns: [Mask; 3],
    /// The predicate of the target.
    pub(crate) predicate: Option<String>,
}

impl Shape {
    pub(crate) fn of(verb: Verb) -> Self {
        Self::writing(verb, Some(0))
    }

    pub(crate) fn writing(verb: Verb, columns: Mask) -> Self {
        Self {
            verb,
            columns: [columns, Some(0), Some(0)],
            predicate: None,
        }
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    entity: TypeId,
    backend: Discriminant<DbBackend>,
    scope: Scope,
    confined: bool,
    verb: Verb,
    columns: [u128; 3],
    predicate: Option<String>,
}

impl Key {
    fn of<T: Controller + ?Sized>(controller: &T, shape: Shape) -> Option<Self> {
        let [first, second, third] = shape.columns;
        Some(Self {
            entity: TypeId::of::<T::Entity>(),
            backend: std::mem::discriminant(&controller.conn().get_database_backend()),
            scope: controller.scope(),
            confined: controller.tenant().is_some(),
            verb: shape.verb,
            columns: [first?, second?, third?],
            predicate: shape.predicate,
        })
    }
}

/// The statement of a shape with these values, which must be those that `query` binds, in its order.
pub(crate) fn statement<T, S>(
    controller: &T,
    shape: Shape,
    values: Vec<Value>,
    query: impl FnOnce() -> S,
) -> Statement
where
    T: Controller + ?Sized,
    S: StatementBuilder,
{
    let backend = controller.conn().get_database_backend();
    let Some(key) = Key::of(controller, shape) else {
        return backend.build(&query());
    };
    if let Some(text) = read(&key) {
        return Statement {
            sql: text.to_string(),
            values: Some(Values(values)),
            db_backend: backend,
        };
    }
    let statement = backend.build(&query());
    debug_assert_eq!(
        statement.values.as_ref().map(|bound| &bound.0),
        Some(&values),
        "the values of {key:?} are those of {}",
        statement.sql
    );
    write(key, &statement.sql);
    statement
}

fn read(key: &Key) -> Option<Arc<str>> {
    let texts = TEXTS.read().unwrap_or_else(PoisonError::into_inner);
    texts.get(key).cloned()
}

fn write(key: Key, text: &str) {
    let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
    if texts.len() < MOST {
        texts.insert(key, text.into());
    }
}
