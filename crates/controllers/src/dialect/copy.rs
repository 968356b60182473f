//! Rows as `PostgreSQL` loads them quickest: COPY in its text format.

use sea_orm::{
    ColumnTrait, ColumnType, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, Value,
    prelude::DateTimeUtc,
};
use std::fmt::Write as _;

/// Whether the database loads rows of this table by COPY.
pub(crate) fn has_copy<E: EntityTrait>(backend: DbBackend) -> bool {
    let writable = |column: E::Column| {
        matches!(
            column.def().get_column_type(),
            ColumnType::BigInteger
                | ColumnType::Double
                | ColumnType::Boolean
                | ColumnType::Text
                | ColumnType::String(_)
                | ColumnType::Uuid
                | ColumnType::Timestamp
                | ColumnType::TimestampWithTimeZone
                | ColumnType::Json
                | ColumnType::JsonBinary
                | ColumnType::VarBinary(_)
                | ColumnType::Blob
        )
    };
    backend == DbBackend::Postgres && E::Column::iter().all(writable)
}

/// COPY into these columns of a table.
pub(crate) fn copy<E: EntityTrait>(columns: &[E::Column]) -> String {
    let names = columns.iter().map(|column| quoted(column.as_str()));
    let names: Vec<String> = names.collect();
    let table = quoted(E::default().table_name());
    format!("COPY {table} ({}) FROM STDIN", names.join(", "))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The rows in the text format.
///
/// # Errors
/// A type that [`has_copy`] does not let pass.
pub(crate) fn copy_text(rows: &[Vec<Value>]) -> Result<Vec<u8>, DbErr> {
    let mut text = String::new();
    for row in rows {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                text.push('\t');
            }
            write_value(&mut text, value)
                .ok_or_else(|| DbErr::Type(format!("COPY of {:?}", value.array_type())))?;
        }
        text.push('\n');
    }
    Ok(text.into_bytes())
}

fn write_value(text: &mut String, value: &Value) -> Option<()> {
    if *value == value.as_null() {
        text.push_str("\\N");
        return Some(());
    }
    match value {
        Value::BigInt(Some(number)) => write!(text, "{number}").ok(),
        Value::Double(Some(number)) => write!(text, "{number}").ok(),
        Value::Bool(Some(switch)) => write!(text, "{switch}").ok(),
        Value::Uuid(Some(id)) => write!(text, "{id}").ok(),
        Value::ChronoDateTimeUtc(Some(at)) => write!(text, "{}", rfc3339(at)).ok(),
        Value::Bytes(Some(bytes)) => {
            text.push_str("\\\\x");
            bytes
                .iter()
                .try_for_each(|byte| write!(text, "{byte:02x}"))
                .ok()
        }
        Value::Json(Some(json)) => {
            escape(text, &json.to_string());
            Some(())
        }
        Value::String(Some(words)) => {
            escape(text, words);
            Some(())
        }
        _ => None,
    }
}

fn rfc3339(at: &DateTimeUtc) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

fn escape(text: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
}
