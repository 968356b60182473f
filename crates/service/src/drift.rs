//! Whether the database has the tables that this binary was made for.

mod catalogue;

use crate::Database;
use controllers::{Column, ColumnKind, Result, Table};
use std::fmt;

/// What a database has otherwise than the entities say. Printed, a line for each difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaDrift {
    /// By table.
    pub differences: Vec<Difference>,
}

/// One difference between the entities and the database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The database lacks a table.
    NoTable(String),
    /// The database has a table that no entity stands for. Harmless.
    UnknownTable(String),
    /// The database lacks a column.
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The database has a column that the entity lacks. Harmless, unless it needs a value.
    UnknownColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A column holds something else.
    Kind {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What the entity holds in it.
        expected: ColumnKind,
        /// What the database holds in it.
        found: ColumnKind,
    },
    /// A column may be NULL on one side only.
    Nullable {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Whether it may be in the database.
        in_database: bool,
    },
    /// The primary key has other columns, or another order of them.
    Key {
        /// The table.
        table: String,
        /// The entity's columns.
        expected: Vec<String>,
        /// The database's columns.
        found: Vec<String>,
    },
}

impl Database {
    /// Compares the tables of the database with the entities: names, columns, what they hold, NULL, and keys. One
    /// round trip.
    ///
    /// # Errors
    /// Whatever reading the catalogue may cause.
    pub async fn drift(&self) -> Result<SchemaDrift> {
        let found = catalogue::tables(self.db().conn()).await?;
        Ok(SchemaDrift::between(&controllers::tables(), &found))
    }
}

impl SchemaDrift {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.differences.is_empty()
    }

    fn between(expected: &[Table], found: &[Table]) -> Self {
        let named = |tables: &[Table], name: &str| tables.iter().any(|table| table.name == name);
        let mut differences = Vec::new();
        for table in expected {
            match found.iter().find(|other| other.name == table.name) {
                Some(other) => in_table(table, other, &mut differences),
                None => differences.push(Difference::NoTable(table.name.clone())),
            }
        }
        let unknown = found.iter().filter(|table| !named(expected, &table.name));
        differences.extend(unknown.map(|table| Difference::UnknownTable(table.name.clone())));
        Self { differences }
    }
}

fn in_table(expected: &Table, found: &Table, differences: &mut Vec<Difference>) {
    let find =
        |columns: &[Column], name: &str| columns.iter().find(|column| column.name == name).cloned();
    let table = || expected.name.clone();
    for Column {
        name,
        kind,
        nullable,
    } in &expected.columns
    {
        let column = || name.clone();
        let Some(other) = find(&found.columns, name) else {
            differences.push(Difference::NoColumn {
                table: table(),
                column: column(),
            });
            continue;
        };
        if other.kind != *kind {
            differences.push(Difference::Kind {
                table: table(),
                column: column(),
                expected: *kind,
                found: other.kind,
            });
        }
        if other.nullable != *nullable {
            differences.push(Difference::Nullable {
                table: table(),
                column: column(),
                in_database: other.nullable,
            });
        }
    }
    for column in &found.columns {
        if find(&expected.columns, &column.name).is_none() {
            differences.push(Difference::UnknownColumn {
                table: table(),
                column: column.name.clone(),
            });
        }
    }
    if expected.key != found.key {
        differences.push(Difference::Key {
            table: table(),
            expected: expected.key.clone(),
            found: found.key.clone(),
        });
    }
}

impl fmt::Display for SchemaDrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.write_str("the database has the tables that this program was made for");
        }
        for (n, difference) in self.differences.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            difference.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable(table) => write!(f, "{table}: the table is missing"),
            Self::UnknownTable(table) => {
                write!(f, "{table}: this program knows no such table")
            }
            Self::NoColumn { table, column } => {
                write!(f, "{table}.{column}: the column is missing")
            }
            Self::UnknownColumn { table, column } => {
                write!(f, "{table}.{column}: this program knows no such column")
            }
            Self::Kind {
                table,
                column,
                expected,
                found,
            } => write!(
                f,
                "{table}.{column}: holds {found:?} instead of {expected:?}"
            ),
            Self::Nullable {
                table,
                column,
                in_database: true,
            } => write!(f, "{table}.{column}: may be NULL and should not be"),
            Self::Nullable { table, column, .. } => {
                write!(f, "{table}.{column}: may not be NULL and should be")
            }
            Self::Key {
                table,
                expected,
                found,
            } => write!(
                f,
                "{table}: the key is ({}) instead of ({})",
                found.join(", "),
                expected.join(", ")
            ),
        }
    }
}
