//! How often the server is asked, counted on the wire.

use std::time::Duration;

use controllers::{Bulk, Clock, Crud, Db, Everything, Query, Transact};
use entity::permission_rank::{ActiveModel, Column};
use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use service::{Database, Options, Retry};
use test_support::postgres::Server;
use test_support::{FreshDatabase, Proxy};

async fn behind_a_proxy() -> Option<(FreshDatabase, Proxy, Database)> {
    let fresh = Server::get().await?.fresh_database().await;
    let proxy = Proxy::before(&fresh.url).await;
    let options = Options {
        direct_url: Some(fresh.url.clone()),
        // That the machine is busy is not what these tests are about.
        acquire_timeout: Duration::from_mins(1),
        ..Options::new(proxy.url())
    };
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    database
        .db()
        .guild(7)
        .guild()
        .ensure("Rookery", 1)
        .await
        .unwrap();
    Some((fresh, proxy, database))
}

fn rank(rank: i64, name: &str) -> ActiveModel {
    ActiveModel {
        rank: Set(rank),
        name: Set(name.to_owned()),
        ..Default::default()
    }
}

/// `P16`: nothing but the statement itself goes over the wire on a warm connection, neither a ping nor a BEGIN.
#[tokio::test]
async fn a_verb_on_one_row_is_one_round_trip() {
    let Some((_fresh, proxy, database)) = behind_a_proxy().await else {
        return;
    };
    let ranks = database.db().guild(7).ranks();
    let mut named_warm = Vec::new();
    // The first round prepares the statements; a rested connection may be asked in any round.
    for n in 0..8 {
        let mut counts = Vec::new();
        let mut before = proxy.round_trips();
        let mut took = |verb: &'static str| {
            let now = proxy.round_trips();
            counts.push((verb, now - before));
            before = now;
        };
        let row = ranks.create(rank(n, "Member")).await.unwrap();
        took("create");
        ranks.find((7, n)).await.unwrap();
        took("find");
        ranks.get((7, n)).await.unwrap();
        took("get");
        let mut draft = row.into_active_model();
        draft.name = Set(format!("Member {n}"));
        ranks.update(draft).await.unwrap();
        took("update");
        ranks.bump((7, n), Column::Rank, 0).await.unwrap();
        took("bump");
        ranks.exists(Everything).await.unwrap();
        took("exists");
        ranks.count(Everything).await.unwrap();
        took("count");
        ranks.list(Everything).await.unwrap();
        took("list");
        let instance = database.db().instance();
        instance.remember("fact", n.into()).await.unwrap();
        took("upsert");
        ranks.delete((7, n)).await.unwrap();
        took("delete");
        ranks
            .delete_where(sea_orm::ColumnTrait::eq(&Column::Rank, 99))
            .await
            .unwrap();
        took("delete_where");
        if n > 0 && counts.iter().all(|(_, trips)| *trips == 1) {
            return;
        }
        named_warm = counts;
    }
    panic!("more than one round trip: {named_warm:?}");
}

#[tokio::test]
async fn a_transaction_adds_two_round_trips_and_a_savepoint_two_more() {
    let Some((_fresh, proxy, database)) = behind_a_proxy().await else {
        return;
    };
    let mut seen = Vec::new();
    for n in 0..8 {
        let before = proxy.round_trips();
        database
            .transaction_with(Retry::NEVER, &n, |db, n| {
                Box::pin(async move {
                    db.instance().remember("a", (*n).into()).await?;
                    db.instance().remember("b", (*n).into()).await
                })
            })
            .await
            .unwrap();
        let plain = proxy.round_trips() - before;
        let before = proxy.round_trips();
        let tx = database.begin().await.unwrap();
        let inside = Db::new(&tx, database.clock());
        let instance = inside.instance();
        let attempted = instance
            .attempt(|db| Box::pin(async move { db.instance().remember("a", 1.into()).await }));
        attempted.await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let nested = proxy.round_trips() - before;
        if (plain, nested) == (4, 5) {
            return;
        }
        seen.push((plain, nested));
    }
    panic!("{seen:?} instead of (4, 5)");
}
