//! Rows of values as a table that a statement reads from.

use sea_orm::{
    DbBackend, Value,
    sea_query::{ArrayType, Expr, IntoIden, Query, TableRef},
};

/// What the table is called in the statement.
pub(crate) const NEW: &str = "new";

/// The name of a column of the table.
pub(crate) fn column(index: usize) -> String {
    format!("c{index}")
}

/// Most rows of `columns` values in one statement: 1,000, or what the database allows of binds.
pub(crate) fn most(columns: usize, backend: DbBackend) -> usize {
    // A few binds are left for the rest of the statement.
    let binds = match backend {
        DbBackend::Sqlite => 32_766 - 16,
        _ => 65_535 - 16,
    };
    (binds / columns.max(1)).clamp(1, 1_000)
}

/// How many rows of `columns` values go into each statement: thousands, and then the rest.
///
/// On `SQLite`, where each number of rows is a text of its own, the rest goes in powers of two, so that
/// few texts fill the statement caches.
pub(crate) fn sizes(mut rows: usize, columns: usize, backend: DbBackend) -> Vec<usize> {
    let most = most(columns, backend);
    let mut sizes = Vec::new();
    while rows > 0 {
        let size = match rows.min(most) {
            rest if rest == 1_000 => rest,
            rest if backend == DbBackend::Sqlite => 1 << rest.ilog2(),
            rest => rest,
        };
        sizes.push(size);
        rows -= size;
    }
    sizes
}

/// Repeats the last row up to the next power of two where that makes for fewer texts, for statements
/// to which a row twice is a row once.
pub(crate) fn padded(mut rows: Vec<Vec<Value>>, backend: DbBackend) -> Vec<Vec<Value>> {
    if let (DbBackend::Sqlite, Some(last)) = (backend, rows.last().cloned()) {
        let size = rows
            .len()
            .next_power_of_two()
            .min(most(last.len(), backend));
        rows.resize(size.max(rows.len()), last);
    }
    rows
}

/// The table `new` with the columns `c0`, `c1`, …: `unnest` of one array per column on `PostgreSQL`,
/// which is one text for any number of rows; VALUES on `SQLite`, and for types that have no arrays.
///
/// `nullable` has one entry for each column: whether NULLs have to be expected in it.
pub(crate) fn rows(rows: Vec<Vec<Value>>, nullable: &[bool], backend: DbBackend) -> TableRef {
    let select = match backend {
        DbBackend::Sqlite => values(rows, nullable.len(), "?"),
        _ => match arrays(&rows, nullable) {
            Some(arrays) => unnest(arrays),
            None => values(rows, nullable.len(), "$"),
        },
    };
    let query = Query::select().expr(select).take();
    TableRef::SubQuery(Box::new(query), NEW.into_iden())
}

fn values(rows: Vec<Vec<Value>>, columns: usize, placeholder: &str) -> Expr {
    let names: Vec<_> = (0..columns)
        .map(|index| format!("column{} AS c{index}", index + 1))
        .collect();
    let row = format!("({})", vec![placeholder; columns].join(", "));
    let all = vec![row.as_str(); rows.len()].join(", ");
    let text = format!("{} FROM (VALUES {all}) AS v", names.join(", "));
    Expr::cust_with_values(text, rows.into_iter().flatten())
}

/// The values of a column, and which of them are NULL: a bound array cannot hold NULLs.
struct Array {
    values: Value,
    nulls: Option<Value>,
}

fn unnest(arrays: Vec<Array>) -> Expr {
    let (mut select, mut names, mut binds) = (Vec::new(), Vec::new(), Vec::new());
    for (index, array) in arrays.into_iter().enumerate() {
        names.push(format!("c{index}"));
        binds.push(array.values);
        match array.nulls {
            None => select.push(format!("r.c{index}")),
            Some(nulls) => {
                select.push(format!(
                    "CASE WHEN NOT r.n{index} THEN r.c{index} END AS c{index}"
                ));
                names.push(format!("n{index}"));
                binds.push(nulls);
            }
        }
    }
    let text = format!(
        "{} FROM unnest({}) AS r({})",
        select.join(", "),
        vec!["$"; binds.len()].join(", "),
        names.join(", "),
    );
    Expr::cust_with_values(text, binds)
}

/// The rows as columns; `None` when a column holds what cannot be bound as an array.
fn arrays(rows: &[Vec<Value>], nullable: &[bool]) -> Option<Vec<Array>> {
    let array = |(index, nullable): (usize, &bool)| {
        let of = rows.first()?.get(index)?.array_type();
        let mut nulls = Vec::with_capacity(rows.len());
        let mut values = Vec::with_capacity(rows.len());
        for row in rows {
            let value = row.get(index)?;
            if value.is_array() || value.array_type() != of || !has_arrays(&of) {
                return None;
            }
            let null = *value == value.as_null();
            let filled = if null {
                value.dummy_value()
            } else {
                value.clone()
            };
            nulls.push(null);
            values.push(filled);
        }
        let expected = *nullable || nulls.contains(&true);
        Some(Array {
            values: Value::Array(of, Some(Box::new(values))),
            nulls: expected.then(|| nulls.into()),
        })
    };
    nullable.iter().enumerate().map(array).collect()
}

/// The types of a schema of bigint, text, timestamptz, boolean, uuid, jsonb, bytea and double.
fn has_arrays(of: &ArrayType) -> bool {
    matches!(
        of,
        ArrayType::BigInt
            | ArrayType::String
            | ArrayType::ChronoDateTimeUtc
            | ArrayType::Bool
            | ArrayType::Uuid
            | ArrayType::Json
            | ArrayType::Bytes
            | ArrayType::Double
    )
}

#[cfg(test)]
mod tests;
