//! What a broken rule of the schema looks like.

use controllers::{
    Bulk, Conflict, ConstraintKind, Crud, Db, Error, Everything, Executor, GuildDb, Upsert,
};
use entity::{instance, permission_command, permission_rank, value::CounterKey};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use test_support::TestDatabase;

use crate::recorder::Recorder;

fn kind_of(error: &Error) -> ConstraintKind {
    match error {
        Error::Constraint { kind, .. } => *kind,
        other => panic!("{other:?}"),
    }
}

async fn rank(guild: GuildDb<'_, impl Executor>, rank: i64, name: &str) -> Result<(), Error> {
    let draft = permission_rank::ActiveModel {
        rank: Set(rank),
        name: Set(name.to_owned()),
        ..Default::default()
    };
    guild.ranks().create(draft).await.map(drop)
}

/// P11: sea-orm knows two kinds of violations, and SQLite no names. The other kinds follow.
#[tokio::test]
async fn a_taken_key_or_name_is_a_unique_violation_by_name_and_by_columns() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        rank(guild, 3, "Moderator").await.unwrap();

        let taken = rank(guild, 3, "Other").await.unwrap_err();
        assert_eq!(kind_of(&taken), ConstraintKind::Unique);
        assert!(
            taken.is_unique("permission_rank_pkey", &["guild_id", "rank"]),
            "{taken:?}"
        );
        assert!(
            !taken.is_unique("permission_rank_name_key", &["guild_id", "name"]),
            "{taken:?}"
        );

        // The index is on an expression: lower(name).
        let taken = rank(guild, 4, "MODERATOR").await.unwrap_err();
        assert_eq!(kind_of(&taken), ConstraintKind::Unique);
        assert!(
            taken.is_unique("permission_rank_name_key", &["guild_id", "name"]),
            "{taken:?}"
        );
        assert!(
            !taken.is_unique("permission_rank_pkey", &["guild_id", "rank"]),
            "{taken:?}"
        );
    }
}

#[tokio::test]
async fn a_missing_parent_and_a_parent_with_children_are_foreign_key_violations() {
    for database in TestDatabase::all().await {
        let orphan = rank(database.db().guild(7), 3, "Moderator")
            .await
            .unwrap_err();
        assert_eq!(kind_of(&orphan), ConstraintKind::ForeignKey);
        assert!(!orphan.is_unique("", &[]));

        let guild = database.guild(7).await;
        rank(guild, 3, "Moderator").await.unwrap();
        let parent = guild.guild().delete(7).await.unwrap_err();
        assert_eq!(kind_of(&parent), ConstraintKind::ForeignKey, "{parent:?}");
    }
}

/// Rules about several columns are the database's alone.
#[tokio::test]
async fn a_failed_check_has_its_name_on_both() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let says_nothing = permission_command::ActiveModel {
            command: Set("ban".to_owned()),
            ..Default::default()
        };
        let error = guild
            .command_rules()
            .create(says_nothing)
            .await
            .unwrap_err();
        assert_eq!(kind_of(&error), ConstraintKind::Check);
        assert_eq!(
            error.to_string(),
            "check constraint permission_command_set_check refused the write"
        );
    }
}

#[tokio::test]
async fn a_value_outside_its_limits_is_refused_with_its_column_on_every_path() {
    for database in TestDatabase::all().await {
        let recorder = Recorder::over(database.db().conn());
        let guild = Db::new(&recorder, database.clock()).guild(7);
        let error = rank(guild, 11, "Emperor").await.unwrap_err();
        let expected = "permission_rank: rank must be between 0 and 10";
        assert_eq!(error.to_string(), expected);

        let ranks = guild.ranks();
        let long = || permission_rank::ActiveModel {
            guild_id: sea_orm::Unchanged(7),
            rank: Set(1),
            name: Set("x".repeat(33)),
            version: sea_orm::Unchanged(1),
            ..Default::default()
        };
        let named = |name: &str| permission_rank::ActiveModel {
            name: Set(name.to_owned()),
            ..long()
        };
        let on = || Conflict::on_key().updating([permission_rank::Column::Name]);
        let refused = [
            ranks.create(long()).await.err(),
            ranks.update(long()).await.err(),
            ranks.insert_many([named("a"), long()]).await.err(),
            ranks.update_many([long()]).await.err(),
            ranks.update_where(Everything, long()).await.err(),
            ranks.upsert(long(), on()).await.err(),
            ranks.upsert_many([long()], on()).await.err(),
            ranks.get_or_create(long(), on()).await.err(),
        ];
        for error in refused {
            let invalid = matches!(&error, Some(Error::Invalid { column: "name", .. }));
            assert!(invalid, "{error:?}");
        }
        assert!(recorder.take().is_empty(), "the database was asked");
    }
}

#[tokio::test]
async fn a_column_without_a_value_is_a_not_null_violation() {
    for database in TestDatabase::all().await {
        let draft = instance::ActiveModel {
            key: Set("commands".to_owned()),
            ..Default::default()
        };
        let error = database.db().instance().create(draft).await.unwrap_err();
        assert_eq!(kind_of(&error), ConstraintKind::NotNull);
        if database.is_sqlite() {
            assert!(matches!(&error, Error::Constraint { columns, .. } if columns == &["value"]));
        }
    }
}

#[tokio::test]
async fn overlapping_ranges_are_an_exclusion_violation() {
    for database in TestDatabase::all().await {
        if database.is_sqlite() {
            continue; // It has no exclusion constraints.
        }
        let conn = database.db().conn();
        let table = "CREATE TABLE stay (during int4range, EXCLUDE USING gist (during WITH &&))";
        conn.execute_unprepared(table).await.unwrap();
        let insert = "INSERT INTO stay VALUES ('[1,5)'), ('[3,9)')";
        let error = conn.execute_unprepared(insert).await.unwrap_err();
        assert_eq!(kind_of(&Error::from(error)), ConstraintKind::Exclusion);
    }
}

#[tokio::test]
async fn numbers_of_a_guild_without_a_row_are_refused() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let guild = Db::new(&tx, database.clock()).guild(404);
        let error = guild
            .counters()
            .take(CounterKey::Case, 1)
            .await
            .unwrap_err();
        assert_eq!(kind_of(&error), ConstraintKind::ForeignKey);
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn messages_hold_no_value_that_was_written() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        rank(guild, 3, "a secret name").await.unwrap();
        let error = rank(guild, 4, "a secret name").await.unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
