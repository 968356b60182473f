//! The tables as the entities have them, to be compared with those of a database.

use entity::Managed;
use sea_orm::{ColumnTrait, ColumnType, IdenStatic, Iterable};

/// A table as an entity or a database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in no particular order.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in the order of the key.
    pub key: Vec<String>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be NULL.
    pub nullable: bool,
}

/// What a column holds, as far as a program can tell the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Float,
    /// Text.
    Text,
    /// True or false.
    Boolean,
    /// A UUID.
    Uuid,
    /// JSON.
    Json,
    /// A moment.
    Time,
    /// Bytes.
    Bytes,
    /// Something else.
    Other,
}

macro_rules! tables {
    ($($entity:ident),* $(,)?) => {
        /// Every table that an entity stands for, by name.
        pub fn tables() -> Vec<Table> {
            vec![$(table::<entity::$entity::Entity>()),*]
        }
    };
}

tables!(
    case_event,
    config_event,
    counter,
    guild,
    guild_config,
    instance,
    log_channel,
    mod_case,
    obligation,
    obligation_attempt,
    permission_command,
    permission_rank,
    permission_role,
    reason_preset,
    ui_state,
);

fn table<E: Managed>() -> Table {
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        Column {
            name: column.as_str().to_owned(),
            kind: kind(definition.get_column_type()),
            nullable: definition.is_null(),
        }
    });
    let key = crate::key::columns::<E>();
    Table {
        name: crate::key::table::<E>().to_owned(),
        columns: columns.collect(),
        key: key
            .iter()
            .map(|column| column.as_str().to_owned())
            .collect(),
    }
}

fn kind(column: &ColumnType) -> ColumnKind {
    match column {
        ColumnType::SmallInteger | ColumnType::Integer | ColumnType::BigInteger => {
            ColumnKind::Integer
        }
        ColumnType::Float | ColumnType::Double => ColumnKind::Float,
        ColumnType::Char(_) | ColumnType::String(_) | ColumnType::Text => ColumnKind::Text,
        ColumnType::Boolean => ColumnKind::Boolean,
        ColumnType::Uuid => ColumnKind::Uuid,
        ColumnType::Json | ColumnType::JsonBinary => ColumnKind::Json,
        ColumnType::Timestamp | ColumnType::TimestampWithTimeZone => ColumnKind::Time,
        ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob => ColumnKind::Bytes,
        _ => ColumnKind::Other,
    }
}
