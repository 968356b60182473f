//! The tables of a database, from its own catalogue.

use crate::Pool;
use controllers::{Column, ColumnKind, Result, Table};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement};

/// A row for each column: `tab`, `col`, `kind`, `nullable` (0 or 1), and `place` in the key, from 1 on, else 0.
const POSTGRES: &str =
    "SELECT r.relname::text AS tab, a.attname::text AS col, format_type(a.atttypid, NULL) AS kind,
        (NOT a.attnotnull)::int::bigint AS nullable,
        coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint AS place
    FROM pg_class AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index AS i ON i.indrelid = r.oid AND i.indisprimary
    WHERE r.relnamespace = current_schema()::regnamespace AND r.relkind IN ('r', 'p')
        AND r.relname NOT LIKE 'seaql\\_%'
    ORDER BY r.relname, a.attnum";
const SQLITE: &str = r#"SELECT m.name AS tab, p.name AS col, p.type AS kind,
        p."notnull" = 0 AND p.pk = 0 AS nullable, p.pk AS place
    FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name NOT LIKE 'seaql\_%' ESCAPE '\'
    ORDER BY m.name, p.cid"#;

/// Every table but those of the migrations.
pub(super) async fn tables(pool: &Pool) -> Result<Vec<Table>> {
    let backend = pool.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => SQLITE,
        _ => POSTGRES,
    };
    let rows = pool
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let mut tables: Vec<(Table, Vec<(i64, String)>)> = Vec::new();
    for row in &rows {
        let (name, column, place) = read(row)?;
        if tables.last().is_none_or(|(last, _)| last.name != name) {
            let table = Table {
                name,
                columns: Vec::new(),
                key: Vec::new(),
            };
            tables.push((table, Vec::new()));
        }
        if let Some((table, key)) = tables.last_mut() {
            if place > 0 {
                key.push((place, column.name.clone()));
            }
            table.columns.push(column);
        }
    }
    let ordered = tables.into_iter().map(|(mut table, mut key)| {
        key.sort();
        table.key = key.into_iter().map(|(_, column)| column).collect();
        table
    });
    Ok(ordered.collect())
}

fn read(row: &QueryResult) -> Result<(String, Column, i64), DbErr> {
    let column = Column {
        name: row.try_get("", "col")?,
        kind: kind(&row.try_get::<String>("", "kind")?),
        nullable: row.try_get::<i64>("", "nullable")? != 0,
    };
    Ok((row.try_get("", "tab")?, column, row.try_get("", "place")?))
}

/// What a type is called: by `PostgreSQL`, or in the declarations that the migrations leave in `SQLite`.
fn kind(name: &str) -> ColumnKind {
    let name = name.to_ascii_lowercase();
    match name.split('(').next().unwrap_or_default() {
        "smallint" | "integer" | "bigint" => ColumnKind::Integer,
        "real" | "double precision" | "double" | "float" => ColumnKind::Float,
        "text" | "character varying" | "varchar" | "character" | "char" => ColumnKind::Text,
        "boolean" => ColumnKind::Boolean,
        "uuid" | "uuid_text" => ColumnKind::Uuid,
        "json" | "jsonb" | "json_text" | "jsonb_text" => ColumnKind::Json,
        "timestamp with time zone"
        | "timestamp without time zone"
        | "timestamp_text"
        | "timestamp_with_timezone_text" => ColumnKind::Time,
        "bytea" | "blob" => ColumnKind::Bytes,
        _ => ColumnKind::Other,
    }
}
