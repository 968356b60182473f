//! Rows by many keys or references at once.

use super::many::new;
use crate::{Result, dialect::rows};
use entity::Managed;
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Select, Value,
    sea_query::{Expr, ExprTrait, Query},
};

/// The rows of `select` whose `columns` together equal one of `tuples`, at most `limit` of them.
///
/// One round trip for each 1,000 tuples, none for none. A tuple with a NULL equals nothing.
pub(super) async fn lookup<E: Managed>(
    conn: &impl ConnectionTrait,
    select: Select<E>,
    columns: &[E::Column],
    tuples: Vec<Vec<Value>>,
    limit: Option<usize>,
) -> Result<Vec<E::Model>> {
    let backend = conn.get_database_backend();
    let mut found = Vec::new();
    for tuples in tuples.chunks(rows::most(columns.len(), backend)) {
        let tuples = rows::padded(tuples.to_vec(), backend);
        let table = rows::rows(tuples, &vec![false; columns.len()], backend);
        let wanted = Query::select()
            .exprs((0..columns.len()).map(new))
            .from(table)
            .take();
        let together = match columns {
            [column] => column.into_expr(),
            columns => Expr::tuple(columns.iter().map(|column| column.into_expr())),
        };
        let left = limit.map(|limit| limit.saturating_sub(found.len()) as u64);
        let query = select.clone().filter(together.in_subquery(wanted));
        found.extend(query.limit(left).all(conn).await?);
        if limit.is_some_and(|limit| found.len() >= limit) {
            break;
        }
    }
    Ok(found)
}
