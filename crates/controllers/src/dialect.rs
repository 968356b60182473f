//! Every difference between `PostgreSQL` and `SQLite` that a controller meets: one function each, both
//! arms in it. Nothing else in this crate asks which database it talks to.

use sea_orm::{DbBackend, EntityTrait, QuerySelect, Select, sea_query::Expr};

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
