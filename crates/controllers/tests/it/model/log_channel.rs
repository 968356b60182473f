//! Which log goes to which channel, and how the last post went.

use std::time::Duration;

use controllers::{Everything, Query};
use entity::value::LogKind;
use test_support::{NOON, TestDatabase};

use super::{author, commit};

#[tokio::test]
async fn a_log_goes_to_one_channel_until_it_is_switched_off() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let route = async |channel| {
            commit(&database, async |guild| {
                let logs = guild.log_channels();
                logs.route(LogKind::Mod, channel, author()).await
            })
            .await
            .unwrap()
        };
        let clear = async || {
            commit(&database, async |guild| {
                guild.log_channels().clear(LogKind::Mod, author()).await
            })
            .await
            .unwrap()
        };
        let logs = guild.log_channels();
        assert_eq!(logs.of(LogKind::Mod).await.unwrap(), None);
        assert!(route(11).await);
        assert!(!route(11).await);
        assert!(route(12).await);
        let row = logs.of(LogKind::Mod).await.unwrap().unwrap();
        assert_eq!(row.channel_id, 12);
        assert_eq!(logs.all().await.unwrap(), [row]);
        assert_eq!(logs.of(LogKind::Dev).await.unwrap(), None);
        assert!(clear().await);
        assert!(!clear().await);
        assert!(logs.all().await.unwrap().is_empty());
        assert_eq!(guild.config_events().count(Everything).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn the_last_error_stays_until_a_post_succeeds_or_the_channel_is_set_again() {
    for database in TestDatabase::all().await {
        let logs = database.guild(7).await.log_channels();
        let route = async || {
            commit(&database, async |guild| {
                let logs = guild.log_channels();
                logs.route(LogKind::Mod, 11, author()).await
            })
            .await
            .unwrap()
        };
        let state = async || {
            let row = logs.of(LogKind::Mod).await.unwrap().unwrap();
            (row.last_ok_at, row.last_error)
        };
        logs.posted(LogKind::Mod, Some("nobody listens"))
            .await
            .unwrap();
        assert!(route().await);
        assert_eq!(state().await, (None, None));

        let long = "ü".repeat(300);
        logs.posted(LogKind::Mod, Some(&long)).await.unwrap();
        assert_eq!(state().await, (None, Some("ü".repeat(200))));
        assert!(!route().await, "to the same channel");
        assert_eq!(state().await, (None, None));

        logs.posted(LogKind::Mod, Some("Missing Access"))
            .await
            .unwrap();
        database.clock().advance(Duration::from_secs(1));
        logs.posted(LogKind::Mod, None).await.unwrap();
        let ok_at = NOON + Duration::from_secs(1);
        assert_eq!(state().await, (Some(ok_at), None));
        logs.posted(LogKind::Mod, Some("Unknown Channel"))
            .await
            .unwrap();
        assert_eq!(
            state().await,
            (Some(ok_at), Some("Unknown Channel".to_owned()))
        );
    }
}
