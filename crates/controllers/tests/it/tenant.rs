//! One guild cannot see or touch what belongs to another.

use controllers::{Bulk, Conflict, Crud, Error, Everything, Keyset, Paginate, Query, Upsert};
use entity::{
    obligation,
    value::{ObligationKind, ObligationState},
};
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, JsonValue, prelude::Uuid};
use test_support::{NOON, TestDatabase};

use crate::property::{self, Held};
use crate::specimen::{self, Column, databases, named, specimens, weighing};

#[test]
fn rows_of_another_guild_are_invisible_and_untouchable() {
    let weights = || prop::collection::vec(0..5i64, 1..5);
    let inputs = (weights(), weights(), any::<prop::sample::Index>(), 0..5i64);
    property::check(
        12,
        databases(),
        inputs,
        async |database, guild, input| -> Held {
            let (own_weights, other_weights, pick, weight) = input;
            let other_guild = guild + 1_000_000;
            let own = specimens(database.db().guild(guild));
            let other = specimens(database.db().guild(other_guild));
            for (repo, weights) in [(own, own_weights), (other, other_weights)] {
                for (i, weight) in weights.into_iter().enumerate() {
                    repo.create(weighing(format!("owl {i}"), weight))
                        .await
                        .unwrap();
                }
            }
            let mine = own.list(Everything).await.unwrap();
            let theirs = other.list(Everything).await.unwrap();
            let victim = &theirs[pick.index(theirs.len())];
            let matching = || Column::Weight.gte(weight);
            let is_mine = |row: &specimen::Model| row.guild_id == guild;

            // Reading.
            prop_assert!(mine.iter().all(is_mine));
            let heavy = mine.iter().filter(|row| row.weight >= weight).count();
            prop_assert_eq!(own.count(matching()).await.unwrap(), heavy as u64);
            prop_assert_eq!(own.exists(matching()).await.unwrap(), heavy > 0);
            prop_assert!(own.one(matching()).await.unwrap().iter().all(is_mine));
            let is_victim = || Column::Id.eq(victim.id);
            prop_assert!(!own.exists(is_victim()).await.unwrap());
            prop_assert_eq!(own.unique(is_victim()).await.unwrap(), None);
            let window = own
                .window(Everything, Keyset::key(), None, 20)
                .await
                .unwrap();
            prop_assert_eq!(&window.items, &mine);

            // Their row by its key, and by its id under our own guild.
            for id in [(other_guild, victim.id), (guild, victim.id)] {
                prop_assert_eq!(own.find(id).await.unwrap(), None);
                prop_assert_eq!(own.lock(id).await.unwrap(), None);
                prop_assert!(own.get(id).await.is_err());
                prop_assert!(own.bump(id, Column::Weight, 1).await.is_err());
                prop_assert!(!own.delete(id).await.unwrap());
                prop_assert!(!own.restore(id).await.unwrap());
                prop_assert!(!own.purge(id).await.unwrap());
            }

            // Writing by filter.
            let set = specimen::ActiveModel {
                weight: Set(9),
                ..Default::default()
            };
            prop_assert_eq!(own.update_where(is_victim(), set.clone()).await.unwrap(), 0);
            prop_assert_eq!(
                own.update_where(matching(), set).await.unwrap(),
                heavy as u64
            );
            prop_assert_eq!(own.delete_where(is_victim()).await.unwrap(), 0);
            prop_assert_eq!(
                own.delete_where(Everything).await.unwrap(),
                mine.len() as u64
            );

            prop_assert_eq!(other.list(Everything).await.unwrap(), theirs);
            Ok(())
        },
    );
}

#[tokio::test]
async fn a_draft_of_another_guild_is_refused_by_every_write() {
    for database in databases().await {
        let own = specimens(database.db().guild(7));
        let other = specimens(database.db().guild(8));
        let theirs = other.create(named("owl")).await.unwrap();
        let draft = || specimen::ActiveModel {
            guild_id: Set(8),
            ..named("elf owl")
        };
        let mut changed = theirs.clone().into_active_model();
        changed.weight = Set(9);
        let on = || Conflict::on_key().updating([Column::Weight]);
        let refused = [
            own.create(draft()).await.map(drop),
            own.update(changed).await.map(drop),
            own.update(theirs.clone().into_active_model())
                .await
                .map(drop),
            own.upsert(draft(), on()).await.map(drop),
            own.get_or_create(draft(), on()).await.map(drop),
            own.update_where(Everything, draft()).await.map(drop),
        ];
        for error in refused.map(Result::unwrap_err) {
            assert_eq!(
                error.to_string(),
                "specimen: the row belongs to another guild"
            );
        }
        assert_eq!(other.list(Everything).await.unwrap(), [theirs]);
        assert_eq!(own.count(Everything).await.unwrap(), 0);
    }
}

/// Work tables have a key without the guild, which two guilds could name alike.
#[tokio::test]
async fn an_upsert_by_a_key_without_the_guild_does_not_reach_another_guilds_row() {
    for database in TestDatabase::all().await {
        let repo = |guild| database.db().guild(guild).repo::<obligation::Entity>();
        let id = Uuid::now_v7();
        let draft = |error: &str| obligation::ActiveModel {
            id: Set(id),
            kind: Set(ObligationKind::Dm),
            state: Set(ObligationState::Pending),
            payload: Set(JsonValue::Null),
            dedupe_key: Set("dm".to_owned()),
            due_at: Set(NOON),
            attempts: Set(0),
            last_error: Set(Some(error.to_owned())),
            ..Default::default()
        };
        let on = || Conflict::on_key().updating([obligation::Column::LastError]);
        let theirs = repo(8)
            .upsert(draft("theirs"), on())
            .await
            .unwrap()
            .into_row();
        assert_eq!(theirs.guild_id, Some(8));

        let refused = [
            repo(7).upsert(draft("mine"), on()).await.map(drop),
            repo(7).get_or_create(draft("mine"), on()).await.map(drop),
        ];
        for error in refused.map(Result::unwrap_err) {
            assert!(
                matches!(
                    error,
                    Error::Tenant {
                        entity: "obligation"
                    }
                ),
                "{error}"
            );
        }
        assert_eq!(repo(8).get(id).await.unwrap(), theirs);
        let updated = repo(8)
            .upsert(draft("changed"), on())
            .await
            .unwrap()
            .into_row();
        assert_eq!(updated.version, 2);
    }
}
