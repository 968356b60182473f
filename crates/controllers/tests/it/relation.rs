//! Rows that belong to other rows.

use controllers::{Bulk, Crud, Db, Error, Everything, Query};
use sea_orm::{ColumnTrait, prelude::Uuid};

use crate::feather;
use crate::recorder::Recorder;
use crate::specimen::{Entity, databases, named, specimens};

#[tokio::test]
async fn related_rows_of_many_rows_take_one_round_trip() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let guild = Db::new(&recorder, database.clock()).guild(7);
        let (owls, feathers) = (specimens(guild), guild.repo::<feather::Entity>());
        let drafts = ["a", "b", "c"].map(named);
        let rows = owls.insert_many(drafts).await.unwrap();
        let drafts = (1..=8).zip([1, 2, 3, 0].into_iter().cycle());
        let drafts = drafts.map(|(n, owner)| feather::of(rows.get(owner).map(|r| r.id), n));
        let plumage = feathers.insert_many(drafts).await.unwrap();
        recorder.take();

        let of_each = feathers
            .list_for::<Entity>(&rows, Everything)
            .await
            .unwrap();
        assert_eq!(recorder.take().len(), 1);
        let numbers = |rows: &[feather::Model]| rows.iter().map(|r| r.number).collect::<Vec<_>>();
        let expected = [vec![4, 8], vec![1, 5], vec![2, 6]];
        assert_eq!(
            of_each.iter().map(|rows| numbers(rows)).collect::<Vec<_>>(),
            expected
        );
        let owners = owls.find_for::<feather::Entity>(&plumage).await.unwrap();
        assert_eq!(recorder.take().len(), 1);
        let names: Vec<_> = owners
            .iter()
            .map(|o| o.as_ref().map(|o| o.name.as_str()))
            .collect();
        let (a, b, c) = (Some("a"), Some("b"), Some("c"));
        assert_eq!(names, [b, c, None, a, b, c, None, a], "{database:?}");

        let few = feathers.list_for::<Entity>(&rows, feather::Column::Number.lt(5));
        assert_eq!(
            few.await.unwrap().iter().map(Vec::len).collect::<Vec<_>>(),
            [1, 1, 1]
        );
        recorder.take();
        assert!(
            feathers
                .list_for::<Entity>(&[], Everything)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(recorder.take().is_empty(), "nothing was asked for");
    }
}

#[tokio::test]
async fn relations_stay_in_the_guild_and_do_not_show_what_is_deleted() {
    for database in databases().await {
        let guild = database.db().guild(7);
        let feathers = guild.repo::<feather::Entity>();
        let owl = specimens(guild).create(named("owl")).await.unwrap();
        let drafts = [feather::of(Some(owl.id), 1), feather::of(Some(owl.id), 2)];
        let plumage = feathers.insert_many(drafts).await.unwrap();
        feathers.delete((7, 1)).await.unwrap();
        let owls = std::slice::from_ref(&owl);

        let live = feathers.list_for::<Entity>(owls, Everything).await.unwrap();
        assert_eq!(live, [vec![plumage[1].clone()]]);
        let with_deleted = feathers.with_deleted();
        let all = with_deleted.list_for::<Entity>(owls, Everything);
        assert_eq!(all.await.unwrap()[0].len(), 2);
        let elsewhere = database.db().guild(8);
        let none = elsewhere.repo::<feather::Entity>();
        assert_eq!(
            none.list_for::<Entity>(owls, Everything).await.unwrap(),
            [vec![]]
        );

        specimens(guild).delete((7, owl.id)).await.unwrap();
        let owners = specimens(guild)
            .find_for::<feather::Entity>(&plumage[..1])
            .await;
        assert_eq!(owners.unwrap(), [None]);
        let owners = specimens(elsewhere)
            .find_for::<feather::Entity>(&plumage[..1])
            .await;
        assert_eq!(owners.unwrap(), [None]);
    }
}

#[tokio::test]
async fn more_related_rows_than_the_cap_are_an_error() {
    for database in databases().await {
        let guild = database.db().guild(7);
        let owl = specimens(guild).create(named("owl")).await.unwrap();
        let feathers = guild.repo::<feather::Entity>();
        let drafts = (0..51).map(|n| feather::of(Some(owl.id), n));
        feathers.insert_many(drafts).await.unwrap();
        let owls = std::slice::from_ref(&owl);
        let many = feathers
            .list_for::<Entity>(owls, Everything)
            .await
            .unwrap_err();
        assert!(matches!(many, Error::TooMany { limit: 50, .. }), "{many}");
    }
}

/// P5: seventy thousand keys are more than any statement can bind.
#[tokio::test]
async fn any_number_of_keys_is_looked_up_in_order() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let drafts = (0..3).map(|n| named(format!("owl {n}")));
        let rows = specimens.insert_many(drafts).await.unwrap();
        let ids = [rows[1].id, Uuid::nil(), rows[0].id, rows[1].id].map(|id| (7, id));
        let unknown = (0..70_000).map(|n| (7, Uuid::from_u128(n)));
        let found = specimens
            .find_many(ids.into_iter().chain(unknown))
            .await
            .unwrap();
        assert_eq!(found.len(), 70_004);
        let expected = [Some(&rows[1]), None, Some(&rows[0]), Some(&rows[1])];
        assert_eq!(
            found.iter().take(4).map(Option::as_ref).collect::<Vec<_>>(),
            expected
        );
        assert!(found[4..].iter().all(Option::is_none), "{database:?}");
        assert_eq!(specimens.find_many([]).await.unwrap(), []);
        let elsewhere = database.db().guild(8).repo::<Entity>();
        assert_eq!(
            elsewhere.find_many([(7, rows[0].id)]).await.unwrap(),
            [None]
        );
    }
}
