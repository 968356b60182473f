//! A total order over rows, and positions in it.

use crate::{Cursor, Error, Result, Row, Side, key};
use entity::Managed;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IdenStatic, ModelTrait, Order, QueryOrder, Select, Value,
    sea_query::{Expr, ExprTrait, NullOrdering, SimpleExpr},
};

/// The named columns, each in its direction, then whatever key columns are missing. NULLs come last.
///
/// Columns of one direction without NULLs become one row-value comparison, which both databases turn
/// into a single index range scan. A mixed order needs an index with the same directions.
#[derive(Debug, Clone)]
pub struct Keyset<E: EntityTrait> {
    columns: Vec<KeyColumn<E>>,
}

#[derive(Debug, Clone)]
struct KeyColumn<E: EntityTrait> {
    column: E::Column,
    descending: bool,
    nullable: bool,
}

impl<E: Managed> Keyset<E> {
    /// Key order.
    pub fn key() -> Self {
        Self {
            columns: Vec::new(),
        }
    }

    /// Ordered by `column`, smallest first.
    pub fn ascending(column: E::Column) -> Self {
        Self::key().then(column, false)
    }

    /// Ordered by `column`, largest first.
    pub fn descending(column: E::Column) -> Self {
        Self::key().then(column, true)
    }

    /// Then by `column`, smallest first.
    #[must_use]
    pub fn then_ascending(self, column: E::Column) -> Self {
        self.then(column, false)
    }

    /// Then by `column`, largest first.
    #[must_use]
    pub fn then_descending(self, column: E::Column) -> Self {
        self.then(column, true)
    }

    fn then(mut self, column: E::Column, descending: bool) -> Self {
        if !self.names(column) {
            self.columns.push(KeyColumn {
                column,
                descending,
                nullable: column.def().is_null(),
            });
        }
        self
    }

    fn names(&self, column: E::Column) -> bool {
        self.columns
            .iter()
            .any(|key| key.column.as_str() == column.as_str())
    }

    /// Adds the missing key columns, in the direction of the last named one.
    ///
    /// A guild that the handle fixes stays out: the rest is then a suffix of the index, and `SQLite`
    /// seeks to the whole row value instead of to its first column.
    pub(crate) fn closed(mut self, guild_is_fixed: bool) -> Self {
        let descending = self.columns.last().is_some_and(|key| key.descending);
        let fixed = E::TENANT
            .filter(|_| guild_is_fixed)
            .map(|column| column.as_str());
        self.columns
            .retain(|key| Some(key.column.as_str()) != fixed);
        for column in key::columns::<E>() {
            if Some(column.as_str()) != fixed && !self.names(column) {
                self.columns.push(KeyColumn {
                    column,
                    descending,
                    nullable: false,
                });
            }
        }
        self
    }

    /// Names the order, so that a cursor of another one is noticed (FNV-1a over columns and directions).
    fn fingerprint(&self) -> u32 {
        self.columns
            .iter()
            .flat_map(|key| {
                key.column
                    .as_str()
                    .bytes()
                    .chain([u8::from(key.descending)])
            })
            .fold(0x811c_9dc5, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            })
    }

    /// The position of a row.
    pub(crate) fn cursor(&self, side: Side, row: &Row<E>) -> Cursor {
        let values = self.columns.iter().map(|key| row.get(key.column)).collect();
        Cursor {
            side,
            keyset: self.fingerprint(),
            values,
        }
    }

    /// ORDER BY; `back` turns the whole order around.
    pub(crate) fn order(&self, query: Select<E>, back: bool) -> Select<E> {
        self.columns.iter().fold(query, |query, key| {
            let order = if key.descending == back {
                Order::Asc
            } else {
                Order::Desc
            };
            let nulls = if back {
                NullOrdering::First
            } else {
                NullOrdering::Last
            };
            if key.nullable {
                query.order_by_with_nulls(key.column, order, nulls)
            } else {
                query.order_by(key.column, order)
            }
        })
    }

    /// Rows strictly past the cursor.
    pub(crate) fn past(&self, cursor: &Cursor) -> Result<Condition> {
        if cursor.keyset != self.fingerprint() || cursor.values.len() != self.columns.len() {
            return Err(Error::Cursor("made for another ordering"));
        }
        let back = cursor.side == Side::Before;
        let Some(first) = self.columns.first() else {
            return Err(Error::Cursor("made for another ordering"));
        };
        if self
            .columns
            .iter()
            .all(|key| !key.nullable && key.descending == first.descending)
        {
            let left = Expr::tuple(self.columns.iter().map(|key| key.column.into_expr()));
            let right = Expr::tuple(cursor.values.iter().cloned().map(Expr::value));
            let down = first.descending != back;
            return Ok(Condition::all().add(if down { left.lt(right) } else { left.gt(right) }));
        }
        Ok(self.past_mixed(cursor, back))
    }

    /// The expanded form: `a > x OR (a = x AND (b > y OR ..))`, with a redundant bound on the first
    /// column from which the planner can start.
    fn past_mixed(&self, cursor: &Cursor, back: bool) -> Condition {
        let mut any = Condition::any();
        let mut equal_so_far = Condition::all();
        for (key, value) in self.columns.iter().zip(&cursor.values) {
            if let Some(beyond) = key.beyond(value, back) {
                any = any.add(equal_so_far.clone().add(beyond));
            }
            equal_so_far = equal_so_far.add(key.same(value));
        }
        let start = self
            .columns
            .first()
            .zip(cursor.values.first())
            .and_then(|(key, value)| key.from(value, back));
        Condition::all().add_option(start).add(any)
    }
}

impl<E: EntityTrait> KeyColumn<E> {
    /// "Comes after `value`", with NULLs last (first when walking back). `None`: nothing does.
    fn beyond(&self, value: &Value, back: bool) -> Option<SimpleExpr> {
        let compared = || {
            if self.descending == back {
                self.column.gt(value.clone())
            } else {
                self.column.lt(value.clone())
            }
        };
        match (is_null(value), back) {
            (true, false) => None,
            (true, true) => Some(self.column.is_not_null()),
            (false, false) if self.nullable => Some(compared().or(self.column.is_null())),
            (false, _) => Some(compared()),
        }
    }

    fn same(&self, value: &Value) -> SimpleExpr {
        if is_null(value) {
            self.column.is_null()
        } else {
            self.column.eq(value.clone())
        }
    }

    fn from(&self, value: &Value, back: bool) -> Option<SimpleExpr> {
        (!self.nullable && !is_null(value)).then(|| {
            if self.descending == back {
                self.column.gte(value.clone())
            } else {
                self.column.lte(value.clone())
            }
        })
    }
}

fn is_null(value: &Value) -> bool {
    *value == value.as_null()
}
