use std::time::Duration;

use entity::value::{CaseKind, CaseSource, CaseState, TargetType};
use entity::{Stamp, guild, instance, mod_case};
use sea_orm::prelude::{DateTimeUtc, Json};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, Database,
    EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use test_support::FreshDatabase;

fn instance(key: &str, at: DateTimeUtc) -> instance::ActiveModel {
    instance::ActiveModel {
        key: Set(key.to_owned()),
        value: Set(Json::Null),
        created_at: Set(at),
        updated_at: Set(at),
        version: Set(1),
    }
}

/// P28: `CURRENT_TIMESTAMP` of SQLite is text that sorts before every bound time of the day.
#[tokio::test]
async fn a_time_from_the_database_sorts_among_times_from_the_application() {
    for database in FreshDatabase::migrated().await {
        let db = Database::connect(&database.url).await.unwrap();
        let by_shell = "INSERT INTO instance (key, value) VALUES ('database', '{}')";
        db.execute_unprepared(by_shell).await.unwrap();
        let row = instance::Entity::find_by_id("database")
            .one(&db)
            .await
            .unwrap();
        let at = row.unwrap().created_at;
        // No fraction, three digits and six are written differently on SQLite.
        let whole = DateTimeUtc::from_timestamp(at.timestamp(), 0).unwrap();
        for (key, time) in [
            ("1 second before", whole - Duration::from_secs(1)),
            ("2 just before", at - Duration::from_micros(1)),
            ("4 just after", at + Duration::from_micros(1)),
            ("5 second after", whole + Duration::from_secs(1)),
        ] {
            instance(key, time).insert(&db).await.unwrap();
        }
        let sorted = instance::Entity::find().order_by_asc(instance::Column::CreatedAt);
        let keys: Vec<_> = sorted
            .all(&db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.key)
            .collect();
        let expected = [
            "1 second before",
            "2 just before",
            "database",
            "4 just after",
            "5 second after",
        ];
        assert_eq!(keys, expected, "{:?}", db.get_database_backend());
    }
}

#[tokio::test]
async fn a_case_comes_back_as_it_was_written_and_is_found_by_its_kind() {
    for database in FreshDatabase::migrated().await {
        let db = Database::connect(&database.url).await.unwrap();
        let stamp = Stamp {
            now: DateTimeUtc::from_timestamp(1_700_000_000, 123_456_000).unwrap(),
            tenant: Some(7),
        };
        let guild = guild::ActiveModel {
            name: Set("Rookery".to_owned()),
            owner_id: Set(1),
            joined_at: Set(stamp.now),
            last_seen_at: Set(stamp.now),
            features: Set(0),
            ..Default::default()
        };
        let guild = stamp.insert::<guild::Entity>(guild).unwrap();
        guild.insert(&db).await.unwrap();
        let case = mod_case::ActiveModel {
            number: Set(1),
            kind: Set(CaseKind::Tempban),
            family: Set(CaseKind::Tempban.family()),
            state: Set(CaseState::Pending),
            source: Set(CaseSource::Command),
            target_type: Set(TargetType::User),
            target_id: Set(i64::MAX),
            target_name: Set("troll".to_owned()),
            target_was_member: Set(true),
            moderator_id: Set(0),
            reason: Set("spam: 'quoted', \u{1F426}".to_owned()),
            silent: Set(false),
            params: Set(Json::from("delete")),
            expires_at: Set(Some(stamp.now + Duration::from_hours(1))),
            event_seq: Set(1),
            ..Default::default()
        };
        let case = stamp.insert::<mod_case::Entity>(case).unwrap();
        let written = case.insert(&db).await.unwrap();
        assert_eq!(written.created_at, stamp.now);

        let of_kind = |kind| {
            let found = mod_case::Entity::find().filter(mod_case::Column::Kind.eq(kind));
            found.all(&db)
        };
        assert_eq!(of_kind(CaseKind::Tempban).await.unwrap(), [written]);
        assert!(of_kind(CaseKind::Ban).await.unwrap().is_empty());
    }
}
