//! Rows page by page: by position, which costs the same at any depth, or by number.

use super::Query;
use crate::{Cursor, Filter, Keyset, Progress, Result, Row, Side};
use entity::Managed;
use futures_util::{Stream, stream};
use sea_orm::{QueryFilter, QuerySelect};

/// One numbered page.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, at most `size`.
    pub items: Vec<T>,
    /// Its number, from 1 to `pages()`.
    pub number: u64,
    /// How many rows a page has.
    pub size: u64,
    /// How many rows there are on all pages.
    pub total: u64,
}

impl<T> Page<T> {
    /// How many pages there are; 1 when there is no row.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.size).max(1)
    }
}

/// Rows from an offset on, nothing counted.
#[derive(Debug, Clone)]
pub struct Slice<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Whether there are more after them.
    pub more: bool,
}

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

/// Paging. Prefer [`window`](Self::window): one index range scan whatever the depth, while the others
/// read and throw away what is before their offset.
pub trait Paginate: Query {
    /// Page `number` (from 1) of `size` rows (1 to [`Managed::CAP`]); beyond the last page, the last one.
    ///
    /// Two round trips: the count and the rows. Rows that come or go in between may make the total
    /// differ from the rows by as many.
    fn page(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        number: u64,
        size: u64,
    ) -> impl Future<Output = Result<Page<Row<Self::Entity>>>> + Send {
        let condition = filter.condition();
        async move {
            let total = self.count(condition.clone()).await?;
            let mut page = Page {
                items: Vec::new(),
                number,
                size: size.clamp(1, Self::Entity::CAP),
                total,
            };
            page.number = number.clamp(1, page.pages());
            let query = by
                .closed(self.tenant().is_some())
                .order(self.select().filter(condition), false)
                .offset((page.number - 1) * page.size)
                .limit(page.size);
            page.items = query.all(self.conn()).await?;
            Ok(page)
        }
    }

    /// Up to `n` rows (1 to [`Managed::CAP`]) after the first `offset` ones. One round trip.
    fn slice(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        offset: u64,
        n: u64,
    ) -> impl Future<Output = Result<Slice<Row<Self::Entity>>>> + Send {
        let n = n.clamp(1, Self::Entity::CAP);
        let query = by
            .closed(self.tenant().is_some())
            .order(self.select().filter(filter.condition()), false)
            // Both databases count in 64 bits with a sign.
            .offset(offset.min(i64::MAX.unsigned_abs()))
            .limit(n + 1);
        async move {
            let mut items = query.all(self.conn()).await?;
            let more = items.len() as u64 > n;
            items.truncate(usize::try_from(n).unwrap_or(usize::MAX));
            Ok(Slice { items, more })
        }
    }

    /// Up to `n` rows (1 to [`Managed::CAP`]) after or before a position; from the start without one.
    /// One round trip.
    ///
    /// # Errors
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

    /// The last `n` rows of the order. One round trip.
    fn last_window(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
        n: u64,
    ) -> impl Future<Output = Result<Window<Row<Self::Entity>>>> + Send {
        self.walk(filter, by, Start::Last, n)
    }

    /// All matching rows in key order, `size` (1 to [`Managed::CAP`]) at a time.
    ///
    /// One round trip for each batch. No connection, transaction or snapshot is held between two of them,
    /// and one batch is all that is in memory: a consumer may take its time. Every row that is there from
    /// beginning to end comes exactly once, whatever is written meanwhile.
    /// [`Controller::reporting`](crate::Controller::reporting) shows the progress, without a total.
    fn batches(
        &self,
        filter: impl Filter<Self::Entity>,
        size: u64,
    ) -> impl Stream<Item = Result<Vec<Row<Self::Entity>>>> + Send {
        let condition = filter.condition();
        stream::try_unfold((Some(Start::First), 0), move |(start, done)| {
            let condition = condition.clone();
            async move {
                let Some(start) = start else {
                    return Ok(None);
                };
                let window = self.walk(condition, Keyset::key(), start, size).await?;
                if window.items.is_empty() {
                    return Ok(None);
                }
                let done = done + window.items.len() as u64;
                self.progressed(Progress { done, total: None });
                let next = window.next.map(Start::At);
                Ok(Some((window.items, (next, done))))
            }
        })
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
