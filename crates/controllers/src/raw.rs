//! SQL that no capability can say.

use crate::{Db, Executor, Result, operation::named};
use sea_orm::{FromQueryResult, Statement, Value};

/// One hand-written statement with its values. Made by [`Db::raw`].
///
/// The text is part of the program, so nothing that a person wrote can get into it; what they wrote is bound. It runs
/// on the caller's pool or transaction like everything else: counted and timed under its name, and refused where the
/// pool would be.
#[derive(Debug)]
#[must_use = "a statement does nothing before it is asked for its rows"]
pub struct Raw<'c, C> {
    conn: &'c C,
    name: &'static str,
    sql: &'static str,
    values: Vec<Value>,
}

impl<'c, C: Executor> Db<'c, C> {
    /// A statement called `name`, for what the capabilities of the controllers cannot say. It confines itself to no
    /// guild: its text has to.
    ///
    /// Placeholders are `$1`, `$2`, … on both databases; the text must mean the same to both.
    ///
    /// ```
    /// # use controllers::{Db, Executor, Result};
    /// # use sea_orm::FromQueryResult;
    /// #[derive(FromQueryResult)]
    /// struct Busy {
    ///     guild_id: i64,
    ///     cases: i64,
    /// }
    ///
    /// async fn busiest(db: Db<'_, impl Executor>, at_least: i64) -> Result<Vec<Busy>> {
    ///     let sql = "SELECT guild_id, count(*) AS cases FROM mod_case
    ///         GROUP BY guild_id HAVING count(*) >= $1 ORDER BY cases DESC LIMIT 10";
    ///     db.raw("busiest guilds", sql).bind(at_least).all().await
    /// }
    /// ```
    pub fn raw(self, name: &'static str, sql: &'static str) -> Raw<'c, C> {
        Raw {
            conn: self.conn(),
            name,
            sql,
            values: Vec::new(),
        }
    }
}

impl<C: Executor> Raw<'_, C> {
    /// Binds the value of the next placeholder.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Every row, in the order that the statement gives. One round trip.
    ///
    /// # Errors
    /// [`crate::Error::Db`] when the statement or the shape of its rows is wrong, and whatever running it may cause.
    pub async fn all<R: FromQueryResult>(self) -> Result<Vec<R>> {
        let rows = named(self.name, self.conn.query_all_raw(self.statement())).await?;
        let rows = rows.iter().map(|row| R::from_query_result(row, ""));
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first row, if there is one. One round trip.
    ///
    /// # Errors
    /// As [`Raw::all`].
    pub async fn one<R: FromQueryResult>(self) -> Result<Option<R>> {
        let row = named(self.name, self.conn.query_one_raw(self.statement())).await?;
        let row = row.map(|row| R::from_query_result(&row, ""));
        Ok(row.transpose()?)
    }

    /// How many rows the statement has written. One round trip.
    ///
    /// # Errors
    /// As [`Raw::all`].
    pub async fn execute(self) -> Result<u64> {
        let done = named(self.name, self.conn.execute_raw(self.statement())).await?;
        Ok(done.rows_affected())
    }

    fn statement(&self) -> Statement {
        let backend = self.conn.get_database_backend();
        Statement::from_sql_and_values(backend, self.sql, self.values.clone())
    }
}
