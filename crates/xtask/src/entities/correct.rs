//! What the generator is told differently from what the database says.

use sea_schema::sea_query::{ColumnType, Table, TableCreateStatement};

/// Rebuilds a statement with two corrections:
///
/// - `timestamptz` becomes `DateTimeUtc`. The generator's own choice, a time with an offset,
///   panics when it is set to a UTC time.
/// - A table with a key of two columns and two relations is taken for a many-to-many junction,
///   which almost every guild-owned table would be, and comes out as code that does not compile.
///   A third key column that does not exist prevents it; nothing is written for it.
pub(crate) fn correct(table: &TableCreateStatement) -> TableCreateStatement {
    let mut out = Table::create();
    if let Some(name) = table.get_table_name() {
        out.table(name.clone());
    }
    for mut column in table.get_columns().iter().cloned() {
        if matches!(
            column.get_column_type(),
            Some(ColumnType::TimestampWithTimeZone)
        ) {
            column.timestamp();
        }
        out.col(&mut column);
    }
    for mut index in table.get_indexes().iter().cloned() {
        if index.is_primary_key() && index.get_index_spec().get_column_names().len() == 2 {
            index.col("__not_a_junction");
        }
        out.index(&mut index);
    }
    for mut key in table.get_foreign_key_create_stmts().iter().cloned() {
        out.foreign_key(&mut key);
    }
    out
}
