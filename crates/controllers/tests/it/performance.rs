//! Plans and sizes, from either database.

use controllers::{Controller, Crud, Everything, Performance, Query, ScanKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::specimen::{Column, Entity, databases, named, specimens};

/// `P21`: the plan is of the statement with its own values.
#[tokio::test]
async fn a_plan_tells_how_each_table_is_read() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens
            .create(named("owl's \"nest\"; $1 ?"))
            .await
            .unwrap();

        let by_key = specimens.select().filter(Column::Id.eq(row.id));
        let plan = specimens.explain(by_key).await.unwrap();
        let scan = plan.scans().next().unwrap();
        assert_eq!(scan.table.as_deref(), Some("specimen"), "{plan}");
        assert!(!plan.sorts(), "{plan}");
        assert!(plan.milliseconds.is_none(), "it did not run");
        if database.is_sqlite() {
            // PostgreSQL reads a table of one row as a whole, whatever its indexes.
            assert!(plan.seeks(), "{plan}");
            assert_ne!(scan.kind, ScanKind::Table);
        }

        let whole = Entity::find()
            .filter(Column::Weight.gt(3))
            .order_by_desc(Column::Weight)
            .limit(5);
        let plan = specimens.explain(whole).await.unwrap();
        let scan = plan.scans().next().unwrap();
        assert_eq!((scan.kind, scan.seeks), (ScanKind::Table, false), "{plan}");
        assert!(plan.sorts() && !plan.seeks(), "{plan}");
    }
}

/// `P21`: ANALYZE of a DELETE deletes nothing.
#[tokio::test]
async fn what_an_analyzed_write_did_is_rolled_back() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        specimens.create(named("owl")).await.unwrap();
        let delete = Entity::delete_many().filter(Column::Name.eq("owl"));
        let plan = specimens.explain_analyze(delete).await.unwrap();
        assert!(plan.milliseconds.is_some(), "{plan}");
        assert_eq!(specimens.count(Everything).await.unwrap(), 1);

        let read = specimens.select().filter(Column::Name.eq("owl"));
        let plan = specimens.explain_analyze(read).await.unwrap();
        assert_eq!(plan.roots[0].actual_rows, Some(1.0), "{plan}");
        let wrong = specimens.select().filter(Column::Name.eq(5));
        // SQLite compares anything with anything.
        let told = specimens.explain_analyze(wrong).await;
        assert_eq!(told.is_err(), !database.is_sqlite());
    }
}

#[tokio::test]
async fn the_size_of_a_table_and_its_indexes_is_told() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for n in 0..50 {
            specimens.create(named(format!("owl {n}"))).await.unwrap();
        }
        if !database.is_sqlite() {
            let analyze = database.db().raw("analyze", "ANALYZE specimen");
            analyze.execute().await.unwrap();
        }
        let stats = specimens.table_stats().await.unwrap();
        assert_eq!((stats.table, stats.rows), ("specimen", 50));
        assert_eq!(stats.is_estimate, !database.is_sqlite());
        assert!(stats.table_bytes.unwrap() >= 4096, "{stats:?}");
        assert!(stats.index_bytes.unwrap() >= 4096, "{stats:?}");
        assert!(!stats.indexes.is_empty());
        for index in &stats.indexes {
            assert!(index.bytes.unwrap() >= 4096, "{index:?}");
            assert_eq!(index.scans.is_some(), !database.is_sqlite());
        }
        assert_eq!(stats.dead_rows.is_some(), !database.is_sqlite());
    }
}
