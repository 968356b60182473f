//! Every difference between `PostgreSQL` and `SQLite` that a controller meets: one function each, both
//! arms in it. Nothing else in this crate asks which database it talks to.

mod copy;
mod plan;
pub(crate) mod rows;
mod table_stats;

pub(crate) use copy::{copy, copy_text, has_copy};
pub(crate) use plan::{explain, explain_runs, plan};
pub(crate) use table_stats::{index_stats, table_stats};

use crate::{Executor, Result};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, QuerySelect, Select, Statement,
    sea_query::{
        Expr, ExprTrait, Func, LikeExpr, LockBehavior, LockType, PostgresQueryBuilder, Query,
        SelectStatement, SqliteQueryBuilder,
    },
};

/// `FOR UPDATE`. On `SQLite` a write transaction already excludes other writers.
pub(crate) fn lock_exclusive<E: EntityTrait>(query: Select<E>, backend: DbBackend) -> Select<E> {
    match backend {
        DbBackend::Sqlite => query,
        _ => query.lock_exclusive(),
    }
}

/// `table.column IS DISTINCT FROM excluded.column`, for the WHERE of an upsert.
pub(crate) fn differs_from_excluded(table: &str, column: &str, backend: DbBackend) -> Expr {
    let differs = match backend {
        DbBackend::Sqlite => "IS NOT",
        _ => "IS DISTINCT FROM",
    };
    Expr::cust(format!(
        r#""{table}"."{column}" {differs} "excluded"."{column}""#
    ))
}

/// A condition with its values written into the text. The predicate of a partial index has to be such: a
/// bound value could be any, so neither database would find the index.
pub(crate) fn literal(condition: Expr, backend: DbBackend) -> Expr {
    Expr::cust(literal_text(condition, backend))
}

/// The text of [`literal`].
pub(crate) fn literal_text(condition: Expr, backend: DbBackend) -> String {
    let query = Query::select().expr(condition).take();
    let text = match backend {
        DbBackend::Sqlite => query.to_string(SqliteQueryBuilder),
        _ => query.to_string(PostgresQueryBuilder),
    };
    text.strip_prefix("SELECT ").unwrap_or(&text).to_owned()
}

/// `FOR UPDATE SKIP LOCKED`, so that concurrent workers take different rows. `SQLite` has one writer
/// at a time, who sees every earlier claim.
pub(crate) fn skip_locked<E: EntityTrait>(query: Select<E>, backend: DbBackend) -> Select<E> {
    match backend {
        DbBackend::Sqlite => query,
        _ => query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked),
    }
}

/// The class of advisory locks by which a process is known to be alive: the other half of the key is
/// `hashtext` of its name. `service` takes them.
pub const PRESENCE: i32 = 0x526F_6F6B;

/// Whether `column` names a process that is gone: nobody holds its lock. `None` where one process
/// owns the database, and a lock on the file tells.
pub(crate) fn is_gone<C: ColumnTrait>(column: C, backend: DbBackend) -> Option<Expr> {
    let gone = || {
        Expr::cust(format!(
            r#"NOT EXISTS (SELECT 1 FROM "pg_locks" WHERE "locktype" = 'advisory' AND "granted"
            AND "database" = (SELECT "oid" FROM "pg_database" WHERE "datname" = current_database())
            AND "classid" = {PRESENCE} AND "objsubid" = 2
            AND "objid"::bigint = hashtext("{}")::bigint & 4294967295)"#,
            column.as_str()
        ))
    };
    (backend != DbBackend::Sqlite).then(gone)
}

/// Tells every process that listens to `channel`, once the transaction has committed. `SQLite` has
/// one process.
pub(crate) async fn announce<C: Executor>(conn: &C, channel: &str) -> Result<()> {
    let backend = conn.get_database_backend();
    if backend != DbBackend::Sqlite {
        let announce = "SELECT pg_notify($1, '')";
        let announce = Statement::from_sql_and_values(backend, announce, [channel.into()]);
        conn.query_one_raw(announce).await?;
    }
    Ok(())
}

/// Whether `column` is one of the values that `query` returns, which runs once.
///
/// `PostgreSQL` may run the subquery of an IN again and again; one that locks what it finds would
/// then find other rows each time, and more than its LIMIT altogether. An array is made once.
pub(crate) fn in_once<C: ColumnTrait>(
    column: C,
    query: SelectStatement,
    backend: DbBackend,
) -> Expr {
    match backend {
        DbBackend::Sqlite => column.in_subquery(query),
        _ => column.into_expr().eq(Func::cust("ANY")
            .arg(Func::cust("ARRAY").arg(Expr::SubQuery(None, Box::new(query.into()))))),
    }
}

/// Whether `column` contains `part`, whatever the case of its letters (`SQLite` folds ASCII letters
/// only). The wildcards of LIKE are taken literally.
pub(crate) fn contains_ignoring_case<C: ColumnTrait>(column: C, part: &str) -> Expr {
    let mut pattern = String::from("%");
    for character in part.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    Expr::expr(Func::lower(column.into_expr())).like(LikeExpr::new(pattern).escape('\\'))
}
