//! A list of cases page by page, newest first.

use super::{CaseController, CaseFilter};
use crate::{Controller, Cursor, Executor, Filter, Keyset, Paginate, Query, Result, Window};
use entity::{
    mod_case::{Column, Model},
    value::{CaseKind, CaseState},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, sea_query::Expr};

/// Which page of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// The one with the newest cases.
    First,
    /// The one with the oldest cases.
    Last,
    /// The one at a position that another page named.
    To(Cursor),
}

/// A page of a list, and where it stands in the whole.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// The cases, newest first; none only when the whole list is empty.
    pub cases: Vec<Model>,
    /// Its number, from 1.
    pub number: u64,
    /// How many pages there are.
    pub pages: u64,
    /// The page with newer cases; `None` on the first one.
    pub previous: Option<Turn>,
    /// The page with older cases; `None` on the last one.
    pub next: Option<Turn>,
    /// How many cases the whole list has of each kind and state.
    pub tally: Vec<Tally>,
}

/// How many cases of one kind stand in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The kind.
    pub kind: CaseKind,
    /// The state.
    pub state: CaseState,
    /// How many.
    pub count: u64,
}

impl<C: Executor> CaseController<'_, C> {
    /// One page of up to `size` cases that pass `filter`. Two round trips, a third one on the pages
    /// in the middle.
    ///
    /// Its number counts what stands before it, so it stays right when cases were added or left the
    /// list since the page was named.
    ///
    /// # Errors
    /// [`crate::Error::Cursor`] for the position of another order.
    pub async fn page(&self, filter: &CaseFilter, turn: Turn, size: u64) -> Result<CasePage> {
        let tally = self.tally(filter.clone()).await?;
        let total = tally.iter().map(|tally| tally.count).sum::<u64>();
        let mut window = self.turned(filter, turn, total, size).await?;
        if window.items.is_empty() && total > 0 {
            // Everything past that position has left the list.
            window = self.turned(filter, Turn::Last, total, size).await?;
        }
        let before = match (&window.previous, window.items.first()) {
            (Some(_), Some(first)) => self.newer(filter.clone(), first.number).await?,
            _ => 0,
        };
        let after = total.saturating_sub(before + window.items.len() as u64);
        let number = before.div_ceil(size) + 1;
        Ok(CasePage {
            cases: window.items,
            number,
            pages: number + after.div_ceil(size),
            previous: window.previous.map(Turn::To),
            next: window.next.map(Turn::To),
            tally,
        })
    }

    /// How many cases pass `filter`, by kind and state.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn tally(&self, filter: CaseFilter) -> Result<Vec<Tally>> {
        let rows: Vec<(CaseKind, CaseState, i64)> = self
            .select()
            .filter(filter.condition())
            .select_only()
            .column(Column::Kind)
            .column(Column::State)
            .expr_as(Expr::cust("count(*)"), "n")
            .group_by(Column::Kind)
            .group_by(Column::State)
            .into_tuple()
            .all(self.conn())
            .await?;
        let tally = |(kind, state, count): (_, _, i64)| Tally {
            kind,
            state,
            count: count.unsigned_abs(),
        };
        let mut tallies: Vec<Tally> = rows.into_iter().map(tally).collect();
        tallies.sort_unstable_by_key(|tally| (tally.kind, tally.state));
        Ok(tallies)
    }

    async fn turned(
        &self,
        filter: &CaseFilter,
        turn: Turn,
        total: u64,
        size: u64,
    ) -> Result<Window<Model>> {
        let newest_first = Keyset::descending(Column::Number);
        match turn {
            Turn::First => self.window(filter.clone(), newest_first, None, size).await,
            Turn::To(cursor) => {
                self.window(filter.clone(), newest_first, Some(cursor), size)
                    .await
            }
            Turn::Last => {
                // As many as forward walking leaves for the last page.
                let rest = match total % size {
                    0 => size,
                    rest => rest,
                };
                self.last_window(filter.clone(), newest_first, rest).await
            }
        }
    }

    async fn newer(&self, filter: CaseFilter, number: i64) -> Result<u64> {
        self.count((filter, Column::Number.gt(number))).await
    }
}
