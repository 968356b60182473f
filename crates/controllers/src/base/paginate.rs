//! Pages that cost the same at any depth.

use super::Query;
use crate::{Cursor, Filter, Keyset, Result, Row, Side};
use entity::Managed;
use sea_orm::{QueryFilter, QuerySelect};

/// One page of a keyset walk.
#[derive(Debug, Clone)]
pub struct Window<T> {
    /// The rows, always in keyset order.
    pub items: Vec<T>,
    /// Position of the page before, if there may be one.
    pub previous: Option<Cursor>,
    /// Position of the page after, if there is one.
    pub next: Option<Cursor>,
}

impl<T> Window<T> {
    /// The same page with other items.
    pub fn map<U>(self, item: impl FnMut(T) -> U) -> Window<U> {
        Window {
            items: self.items.into_iter().map(item).collect(),
            previous: self.previous,
            next: self.next,
        }
    }
}

/// Paging by position instead of by number. One round trip, one index range scan.
pub trait Paginate: Query {
    /// Up to `n` rows (1 to [`Managed::CAP`]) after or before a position; from the start without one.
    ///
    /// [`crate::Error::Cursor`] when the cursor belongs to another order.
    fn window(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        at: Option<Cursor>,
        n: u64,
    ) -> impl Future<Output = Result<Window<Row<Self::Entity>>>> + Send {
        self.walk(filter, by, at.map_or(Start::First, Start::At), n)
    }

    /// The last `n` rows of the order.
    fn last_window(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        n: u64,
    ) -> impl Future<Output = Result<Window<Row<Self::Entity>>>> + Send {
        self.walk(filter, by, Start::Last, n)
    }

    #[doc(hidden)]
    fn walk(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        start: Start,
        n: u64,
    ) -> impl Future<Output = Result<Window<Row<Self::Entity>>>> + Send {
        let mut query = self.select().filter(filter.condition());
        async move {
            let n = n.clamp(1, Self::Entity::CAP);
            let by = by.closed(self.tenant().is_some());
            let back = match &start {
                Start::First => false,
                Start::Last => true,
                Start::At(cursor) => {
                    query = query.filter(by.past(cursor)?);
                    cursor.side() == Side::Before
                }
            };
            let mut items = by.order(query, back).limit(n + 1).all(self.conn()).await?;
            let more = items.len() as u64 > n;
            items.truncate(usize::try_from(n).unwrap_or(usize::MAX));
            if back {
                items.reverse();
            }
            let came_from_behind = matches!(&start, Start::At(_)) && !back;
            let came_from_ahead = matches!(&start, Start::At(_)) && back;
            let has_previous = if back { more } else { came_from_behind };
            let has_next = if back { came_from_ahead } else { more };
            Ok(Window {
                previous: items
                    .first()
                    .filter(|_| has_previous)
                    .map(|row| by.cursor(Side::Before, row)),
                next: items
                    .last()
                    .filter(|_| has_next)
                    .map(|row| by.cursor(Side::After, row)),
                items,
            })
        }
    }
}

impl<T: Query> Paginate for T {}

/// Where a walk begins.
#[doc(hidden)]
#[derive(Debug)]
pub enum Start {
    First,
    Last,
    At(Cursor),
}
