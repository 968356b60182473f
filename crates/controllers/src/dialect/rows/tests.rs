use super::*;
use proptest::prelude::*;
use sea_orm::sea_query::{PostgresQueryBuilder, SqliteQueryBuilder};

fn text(of: Vec<Vec<Value>>, nullable: &[bool], backend: DbBackend) -> (String, usize) {
    let table = rows(of, nullable, backend);
    let query = Query::select().expr(Expr::cust("*")).from(table).take();
    let (text, values) = match backend {
        DbBackend::Sqlite => query.build(SqliteQueryBuilder),
        _ => query.build(PostgresQueryBuilder),
    };
    (text, values.0.len())
}

#[test]
fn on_postgresql_any_number_of_rows_is_one_text() {
    let row = || vec![Value::from(1i64), Value::String(None)];
    let of = |n| text(vec![row(); n], &[false, true], DbBackend::Postgres);
    assert_eq!(of(1), of(1_000));
    assert_eq!(
        of(3).0,
        "SELECT * FROM (SELECT r.c0, CASE WHEN NOT r.n1 THEN r.c1 END AS c1 \
         FROM unnest($1, $2, $3) AS r(c0, c1, n1)) AS \"new\""
    );
}

#[test]
fn what_has_no_arrays_goes_by_values() {
    let mixed = vec![vec![Value::from(1i64)], vec![Value::from(1i32)]];
    let expected = "SELECT * FROM (SELECT column1 AS c0 FROM (VALUES ($1), ($2)) AS v) AS \"new\"";
    assert_eq!(
        text(mixed, &[false], DbBackend::Postgres),
        (expected.to_owned(), 2)
    );
    let rows = vec![vec![Value::from(1i64), Value::from("a")]; 2];
    let expected = "SELECT * FROM (SELECT column1 AS c0, column2 AS c1 FROM (VALUES (?, ?), (?, ?)) AS v) AS \"new\"";
    assert_eq!(
        text(rows, &[false; 2], DbBackend::Sqlite),
        (expected.to_owned(), 4)
    );
}

proptest! {
    #[test]
    fn sizes_add_up_and_stay_below_the_limits(n in 0..9_000usize, columns in 1..2_000usize) {
        for (backend, limit) in [(DbBackend::Sqlite, 32_766), (DbBackend::Postgres, 65_535)] {
            let sizes = sizes(n, columns, backend);
            prop_assert_eq!(sizes.iter().sum::<usize>(), n);
            prop_assert!(sizes.iter().all(|size| size * columns <= limit && *size <= 1_000));
            let few = |size: &usize| size.is_power_of_two() || *size == 1_000;
            prop_assert!(backend == DbBackend::Postgres || sizes.iter().all(few));
        }
    }
}
