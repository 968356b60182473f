//! What a table takes.

use sea_orm::{DbErr, QueryResult};

/// The size of a table and the use of its indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableStats {
    /// The table.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// Whether that is the planner's estimate (`PostgreSQL`) instead of a count.
    pub is_estimate: bool,
    /// Bytes of the rows on disk, where the database tells.
    pub table_bytes: Option<u64>,
    /// Bytes of all indexes on disk, where the database tells.
    pub index_bytes: Option<u64>,
    /// Rows that were changed or deleted and still take space (`PostgreSQL`).
    pub dead_rows: Option<u64>,
    /// How often all of it was read (`PostgreSQL`, since its statistics were reset).
    pub whole_scans: Option<u64>,
    /// Its indexes, by name.
    pub indexes: Vec<IndexStats>,
}

/// The size and use of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexStats {
    /// Its name.
    pub name: String,
    /// Bytes on disk, where the database tells.
    pub bytes: Option<u64>,
    /// How often it was used (`PostgreSQL`, since its statistics were reset). One that stays at zero costs every write
    /// and serves no read.
    pub scans: Option<u64>,
}

impl TableStats {
    pub(super) fn read(
        table: &'static str,
        whole: Option<&QueryResult>,
        indexes: &[QueryResult],
    ) -> Result<Self, DbErr> {
        let missing = || DbErr::RecordNotFound(format!("the table {table}"));
        let whole = whole.ok_or_else(missing)?;
        let indexes = indexes.iter().map(|index| {
            Ok(IndexStats {
                name: index.try_get("", "name")?,
                bytes: count(index, "bytes")?,
                scans: count(index, "scans")?,
            })
        });
        Ok(Self {
            table,
            rows: count(whole, "rows")?.unwrap_or_default(),
            is_estimate: count(whole, "estimated")? == Some(1),
            table_bytes: count(whole, "table_bytes")?,
            index_bytes: count(whole, "index_bytes")?,
            dead_rows: count(whole, "dead_rows")?,
            whole_scans: count(whole, "whole_scans")?,
            indexes: indexes.collect::<Result<_, DbErr>>()?,
        })
    }
}

fn count(row: &QueryResult, column: &str) -> Result<Option<u64>, DbErr> {
    let count: Option<i64> = row.try_get("", column)?;
    Ok(count.map(i64::unsigned_abs))
}
