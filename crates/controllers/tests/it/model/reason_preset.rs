//! Reason presets: created, changed, limited, removed, and every change recorded.

use controllers::{Everything, Query as _, ReasonPresetController, Upserted};
use sea_orm::JsonValue;
use test_support::TestDatabase;

use super::{author, commit};

#[tokio::test]
async fn a_preset_is_created_changed_and_removed_and_each_change_is_recorded() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let set = async |text| {
            commit(&database, async |guild| {
                guild.reason_presets().set("spam", text, author()).await
            })
            .await
            .unwrap()
            .unwrap()
        };
        let remove = async || {
            commit(&database, async |guild| {
                guild.reason_presets().remove("spam", author()).await
            })
            .await
            .unwrap()
        };
        assert!(matches!(set("Spam").await, Upserted::Created(_)));
        assert!(matches!(set("Advertising").await, Upserted::Updated(row) if row.version == 2));
        assert!(matches!(set("Advertising").await, Upserted::Unchanged(_)));
        let stored = guild.reason_presets().named("spam").await.unwrap().unwrap();
        assert_eq!(
            (stored.text.as_str(), stored.author_id),
            ("Advertising", 50)
        );
        assert!(remove().await);
        assert!(!remove().await);
        assert_eq!(guild.reason_presets().named("spam").await.unwrap(), None);

        let events = guild.config_events().list(Everything).await.unwrap();
        let text = |text: &str| Some(JsonValue::from(text));
        let changes: Vec<_> = events
            .into_iter()
            .map(|event| (event.before, event.after))
            .collect();
        assert_eq!(
            changes,
            [
                (None, text("Spam")),
                (text("Spam"), text("Advertising")),
                (text("Advertising"), None)
            ]
        );
    }
}

#[tokio::test]
async fn a_full_guild_changes_its_presets_and_creates_no_more() {
    for database in TestDatabase::all().await {
        let full = commit(&database, async |guild| {
            let presets = guild.reason_presets();
            for number in 0..=ReasonPresetController::<()>::MOST {
                let set = presets.set(&format!("p{number}"), "text", author()).await?;
                assert_eq!(set.is_some(), number < ReasonPresetController::<()>::MOST);
            }
            presets.set("p0", "another text", author()).await
        });
        database.guild(7).await;
        assert!(matches!(full.await.unwrap(), Some(Upserted::Updated(_))));
    }
}
