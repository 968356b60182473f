//! Settings of a guild, and who changed them.

use controllers::{Crud, Error, Everything, Query};
use entity::guild_config::{self, Column};
use entity::value::{ConfigSource, PermissionMode};
use sea_orm::{ActiveValue::Set, JsonValue, Value};
use service::Retry;
use test_support::{NOON, TestDatabase};

use super::{MODERATOR, author, commit};

#[tokio::test]
async fn a_guild_without_a_row_has_the_defaults_of_the_schema() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let defaults = guild.config().effective().await.unwrap();
        assert_eq!(defaults.prefix, "!");
        assert_eq!(defaults.permission_mode, PermissionMode::Auto);
        assert_eq!(guild.config().find(7).await.unwrap(), None);

        let draft = guild_config::ActiveModel {
            guild_id: Set(7),
            ..Default::default()
        };
        let stored = guild.config().create(draft).await.unwrap();
        let expected = guild_config::Model {
            version: 1,
            ..defaults
        };
        assert_eq!(stored, expected, "{database:?}");
    }
}

#[tokio::test]
async fn a_change_is_stored_with_an_event_that_says_what_it_replaced() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let set = async |value: Value| {
            commit(&database, async |guild| {
                let config = guild.config();
                config
                    .set(Column::DmFooter, value, "dm_footer", author())
                    .await
            })
            .await
        };
        let (row, changed) = set("Appeal here.".into()).await.unwrap();
        assert!(changed);
        assert_eq!(row.dm_footer.as_deref(), Some("Appeal here."));
        let (same, changed) = set("Appeal here.".into()).await.unwrap();
        assert!(!changed);
        assert_eq!(same, row);
        let (_, changed) = set(Value::String(None)).await.unwrap();
        assert!(changed);
        let refused = set("x".repeat(501).into()).await.unwrap_err();
        assert!(
            matches!(
                refused,
                Error::Invalid {
                    column: "dm_footer",
                    ..
                }
            ),
            "{refused}"
        );

        let events = guild.config_events().list(Everything).await.unwrap();
        let told: Vec<_> = events
            .iter()
            .map(|event| (event.seq, event.before.clone(), event.after.clone()))
            .collect();
        let text = || Some(JsonValue::from("Appeal here."));
        assert_eq!(told, [(1, None, text()), (2, text(), None)], "{database:?}");
        let first = &events[0];
        assert_eq!(
            (first.key.as_str(), first.actor_id),
            ("dm_footer", MODERATOR)
        );
        assert_eq!((first.source, first.at), (ConfigSource::Command, NOON));
    }
}

#[tokio::test]
async fn the_first_change_of_one_setting_leaves_the_others_at_their_defaults() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let set = async |prefix: &str| {
            commit(&database, async |guild| {
                guild.config().set_prefix(prefix, author()).await
            })
            .await
            .unwrap()
        };
        assert!(!set("!").await, "it was the default already");
        assert!(set("?").await);
        assert!(!set("?").await);
        let config = guild.config().effective().await.unwrap();
        let expected = guild_config::Model {
            prefix: "?".to_owned(),
            version: config.version,
            ..guild.config().defaults()
        };
        assert_eq!(config, expected);
        assert_eq!(guild.config_events().count(Everything).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn of_concurrent_changes_each_event_says_what_was_really_replaced() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let writers: Vec<_> = (0..16)
            .map(|n| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let changed = database.transaction(Retry::DEFAULT, |db| {
                        Box::pin(async move {
                            let prefix = format!("p{n}");
                            db.guild(7).config().set_prefix(&prefix, author()).await
                        })
                    });
                    assert!(changed.await.unwrap());
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let events = guild.config_events().list(Everything).await.unwrap();
        let mut replaced = Some(JsonValue::from("!"));
        for (seq, event) in (1..).zip(&events) {
            assert_eq!(event.seq, seq, "{database:?}");
            assert_eq!(event.before, replaced, "{database:?}, event {seq}");
            replaced.clone_from(&event.after);
        }
        assert_eq!(events.len(), 16);
        let prefix = guild.config().effective().await.unwrap().prefix;
        assert_eq!(Some(JsonValue::from(prefix)), replaced);
    }
}
