//! What the database makes of a query, and of a table.

mod plan;
mod stats;

pub use plan::{Plan, PlanNode, Scan, ScanKind};
pub use stats::{IndexStats, TableStats};

use crate::{Controller, Result, dialect, key};
use sea_orm::{ConnectionTrait, QueryTrait, Statement};
use std::time::Instant;

/// How a query is answered, and what a table takes. For tests, reports and operators, not for commands.
pub trait Performance: Controller {
    /// The plan of a query, with the query's own values (`P21`). The query does not run. One round trip.
    ///
    /// # Errors
    /// Whatever the database has against the query.
    fn explain(&self, query: impl QueryTrait + Send) -> impl Future<Output = Result<Plan>> + Send {
        let statement = query.build(self.conn().get_database_backend());
        async move { told(self.conn(), statement, false).await }
    }

    /// The plan of a query after running it, with what that took. What it wrote is rolled back (`P21`). Four round
    /// trips; one more on `SQLite`, which tells no numbers for the parts of a plan.
    ///
    /// # Errors
    /// Whatever running the query may cause.
    fn explain_analyze(
        &self,
        query: impl QueryTrait + Send,
    ) -> impl Future<Output = Result<Plan>> + Send {
        let statement = query.build(self.conn().get_database_backend());
        async move {
            let tx = crate::Executor::begin_nested(self.conn()).await?;
            let plan = analyzed(&tx, statement).await;
            tx.rollback().await?;
            plan
        }
    }

    /// The size of the table and the use of its indexes, over all guilds. Two round trips; `SQLite` reads the whole
    /// table for it.
    ///
    /// # Errors
    /// Whatever asking may cause.
    fn table_stats(&self) -> impl Future<Output = Result<TableStats>> + Send {
        async move {
            let (conn, table) = (self.conn(), key::table::<Self::Entity>());
            let backend = conn.get_database_backend();
            let ask = |sql: &str| Statement::from_sql_and_values(backend, sql, [table.into()]);
            let whole = ask(&dialect::table_stats(table, backend));
            let whole = conn.query_one_raw(whole).await?;
            let indexes = ask(dialect::index_stats(backend));
            let indexes = conn.query_all_raw(indexes).await?;
            Ok(TableStats::read(table, whole.as_ref(), &indexes)?)
        }
    }
}

impl<T: Controller> Performance for T {}

async fn told(
    conn: &impl ConnectionTrait,
    mut statement: Statement,
    analyze: bool,
) -> Result<Plan> {
    let backend = conn.get_database_backend();
    // Before the text that was built: written into it, values would have to be quoted by hand.
    statement
        .sql
        .insert_str(0, dialect::explain(analyze, backend));
    let rows = conn.query_all_raw(statement).await?;
    Ok(dialect::plan(&rows, backend)?)
}

async fn analyzed(conn: &impl ConnectionTrait, statement: Statement) -> Result<Plan> {
    let mut plan = told(conn, statement.clone(), true).await?;
    if !dialect::explain_runs(conn.get_database_backend()) {
        let start = Instant::now();
        let rows = conn.query_all_raw(statement).await?;
        plan.milliseconds = Some(start.elapsed().as_secs_f64() * 1e3);
        #[expect(clippy::cast_precision_loss, reason = "nobody gets 2^52 rows")]
        if let [root] = &mut *plan.roots {
            root.actual_rows = Some(rows.len() as f64);
        }
    }
    Ok(plan)
}
