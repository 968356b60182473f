//! A migration happens as a whole or not at all.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement};

/// Puts a migration into a transaction on SQLite too, where sea-orm would leave half of it behind
/// after a crash, and makes up there for the foreign keys that are off meanwhile.
pub(crate) struct Whole(pub(crate) Box<dyn MigrationTrait>);

impl MigrationName for Whole {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Whole {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await?;
        check_references(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.down(manager).await?;
        check_references(manager).await
    }

    /// `Some(false)` of a migration wins: an index made CONCURRENTLY cannot be in a transaction.
    fn use_transaction(&self) -> Option<bool> {
        self.0.use_transaction().or(Some(true))
    }
}

/// Refuses a migration that left rows without the row they refer to.
async fn check_references(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
    let Some(row) = manager.get_connection().query_one_raw(check).await? else {
        return Ok(());
    };
    let (table, parent): (String, String) = (row.try_get("", "table")?, row.try_get("", "parent")?);
    let lost = format!("rows of {table} refer to rows of {parent} that do not exist");
    Err(DbErr::Migration(lost))
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::TransactionTrait as _;

    use super::*;
    use crate::session::Session;
    use crate::target::Target;

    /// A table that others refer to is replaced by a copy, the only way to change it on SQLite.
    struct Replace {
        copy: &'static str,
    }

    impl MigrationName for Replace {
        fn name(&self) -> &'static str {
            "replace"
        }
    }

    #[async_trait::async_trait]
    impl MigrationTrait for Replace {
        async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
            let db = manager.get_connection();
            db.execute_unprepared("CREATE TABLE new (id bigint PRIMARY KEY)")
                .await?;
            db.execute_unprepared(self.copy).await?;
            db.execute_unprepared("DROP TABLE parent").await?;
            db.execute_unprepared("ALTER TABLE new RENAME TO parent")
                .await?;
            Ok(())
        }
    }

    async fn replace(copy: &'static str) -> Result<(), DbErr> {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/x.db", folder.path().display());
        let target = Target::parse(&url).unwrap().create().unwrap();
        let session = Session::open(target).await.unwrap();
        let schema = "CREATE TABLE parent (id bigint PRIMARY KEY);
            CREATE TABLE child (id bigint REFERENCES parent (id) ON DELETE RESTRICT);
            INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)";
        let db = session.manager().get_connection().begin().await?;
        db.execute_unprepared(schema).await?;
        let done = Whole(Box::new(Replace { copy }))
            .up(&SchemaManager::new(&db))
            .await;
        db.rollback().await?;
        done
    }

    #[tokio::test]
    async fn a_table_that_others_refer_to_can_be_replaced_on_sqlite() {
        replace("INSERT INTO new SELECT id FROM parent")
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_replacement_that_lost_a_row_is_refused() {
        let refused = replace("INSERT INTO new VALUES (2)")
            .await
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("child") && refused.contains("parent"),
            "{refused}"
        );
    }
}
