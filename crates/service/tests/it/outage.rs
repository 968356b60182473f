//! A database that is taken away on purpose.

use controllers::Error;
use sea_orm::ConnectionTrait;
use test_support::TestDatabase;

#[tokio::test]
async fn while_the_database_is_away_nothing_reaches_it_and_then_everything_does() {
    for database in TestDatabase::all().await {
        let begun = database.begin().await.unwrap();
        // A clone of the database has the same switch.
        let switch = database.clone();
        switch.outage().set(true);
        let refused = database.begin().await.unwrap_err();
        assert!(matches!(refused, Error::Connection(_)), "{refused:?}");
        for db in [database.db(), database.reader()] {
            let asked = db.conn().execute_unprepared("SELECT 1").await;
            let refused = Error::from(asked.unwrap_err());
            assert!(matches!(refused, Error::Connection(_)), "{refused:?}");
        }
        begun.commit().await.unwrap();

        switch.outage().set(false);
        let asked = database.db().conn().execute_unprepared("SELECT 1").await;
        asked.unwrap();
        database.begin().await.unwrap().rollback().await.unwrap();
    }
}
