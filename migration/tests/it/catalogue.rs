//! The rules that let the same schema be distributed by Citus, read from PostgreSQL's catalogue.

mod rules;

use rules::{RULES, Rule};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_support::FreshDatabase;
use test_support::postgres::Server;

async fn migrated() -> Option<(FreshDatabase, PgConnection)> {
    let database = Server::get().await?.fresh_database().await;
    let connection = PgConnection::connect(&database.url).await.unwrap();
    Some((database, connection))
}

async fn offenders(rule: &Rule, connection: &mut PgConnection) -> Vec<String> {
    let offenders = sqlx::query_scalar(rule.offenders);
    offenders.fetch_all(connection).await.expect(rule.text)
}

#[tokio::test]
async fn the_schema_keeps_every_rule() {
    let Some((_database, mut connection)) = migrated().await else {
        return;
    };
    for rule in RULES {
        let found = offenders(rule, &mut connection).await;
        assert!(found.is_empty(), "{}: {found:?}", rule.text);
    }
}

#[tokio::test]
async fn every_rule_notices_its_breach() {
    let Some((_database, mut connection)) = migrated().await else {
        return;
    };
    for rule in RULES {
        let mut breach = connection.begin().await.unwrap();
        let ddl = sqlx::raw_sql(AssertSqlSafe(rule.breach));
        ddl.execute(&mut *breach).await.expect(rule.text);
        let found = offenders(rule, &mut breach).await;
        assert_eq!(found.len(), 1, "{}: {found:?}", rule.text);
        breach.rollback().await.unwrap();
    }
}
