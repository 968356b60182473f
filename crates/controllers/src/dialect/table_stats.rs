//! What a database knows about the size and use of a table.

use sea_orm::DbBackend;

/// One row: `rows`, whether that is an estimate (`estimated`), `table_bytes` and `index_bytes` (NULL when not known),
/// `dead_rows` and `whole_scans` (NULL when not counted). The table's name is bound once, and stands in the text on
/// `SQLite`, where a count cannot be asked otherwise.
pub(crate) fn table_stats(table: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Sqlite => format!(
            r#"SELECT (SELECT count(*) FROM "{table}") AS "rows", 0 AS estimated,
                (SELECT sum(pgsize) FROM dbstat WHERE name = $1) AS table_bytes,
                (SELECT sum(s.pgsize) FROM dbstat AS s JOIN sqlite_schema AS m ON m.name = s.name
                    WHERE m.type = 'index' AND m.tbl_name = $1) AS index_bytes,
                NULL AS dead_rows, NULL AS whole_scans"#
        ),
        // An empty table that nobody has analyzed has an estimate of -1.
        _ => r#"SELECT CASE WHEN c.reltuples < 0 THEN coalesce(s.n_live_tup, 0) ELSE c.reltuples::bigint END AS "rows",
                1::bigint AS estimated, pg_table_size(c.oid) AS table_bytes, pg_indexes_size(c.oid) AS index_bytes,
                s.n_dead_tup AS dead_rows, s.seq_scan AS whole_scans
            FROM pg_class AS c LEFT JOIN pg_stat_user_tables AS s ON s.relid = c.oid
            WHERE c.oid = to_regclass($1)"#
            .to_owned(),
    }
}

/// A row for each index: `name`, `bytes`, `scans` (NULL when not counted).
pub(crate) fn index_stats(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => {
            "SELECT m.name AS name, (SELECT sum(pgsize) FROM dbstat WHERE name = m.name) AS bytes,
                NULL AS scans
            FROM sqlite_schema AS m WHERE m.type = 'index' AND m.tbl_name = $1 ORDER BY m.name"
        }
        _ => {
            "SELECT indexrelname::text AS name, pg_relation_size(indexrelid) AS bytes, idx_scan AS scans
            FROM pg_stat_user_indexes WHERE relid = to_regclass($1) ORDER BY indexrelname"
        }
    }
}
