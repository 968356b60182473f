//! Numbers per guild, without gaps.

use controllers::{Error, Everything, Query};
use entity::value::{CaseKind, CounterKey};
use service::Retry;
use test_support::TestDatabase;

use super::{case, commit};

#[tokio::test]
async fn thirty_two_writers_number_their_cases_without_gaps_from_the_guilds_very_first_one() {
    for database in TestDatabase::all().await {
        // The guild has no row yet: each of them may be the one who writes it.
        let writers: Vec<_> = (0..32)
            .map(|target| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let opened = database.transaction(Retry::DEFAULT, |db| {
                        Box::pin(async move {
                            let guild = db.guild(7);
                            guild.guild().ensure("Rookery", 1).await?;
                            let mut case = case(CaseKind::Ban);
                            case.target.id += target;
                            guild.cases().open(vec![case]).await
                        })
                    });
                    opened.await.unwrap()[0].number
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for writer in writers {
            numbers.push(writer.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=32).collect::<Vec<_>>(), "{database:?}");
        let cases = database.db().guild(7).cases();
        assert_eq!(cases.count(Everything).await.unwrap(), 32);
    }
}

#[tokio::test]
async fn a_transaction_that_is_rolled_back_gives_its_numbers_back() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let take = async |n| {
            let taken = async |guild: controllers::GuildDb<'_, _>| {
                guild.counters().take(CounterKey::Case, n).await
            };
            commit(&database, taken).await.unwrap()
        };
        assert_eq!(take(1).await, 1..=1);
        assert_eq!(take(3).await, 2..=4);
        assert_eq!(take(0).await, 5..=5, "at least one");

        let failed: Result<(), _> = commit(&database, async |guild| {
            let taken = guild.counters().take(CounterKey::Case, 10).await?;
            assert_eq!(taken, 6..=15);
            Err(Error::PoolTimeout)
        })
        .await;
        assert!(failed.is_err());
        assert_eq!(take(1).await, 6..=6, "{database:?}");
    }
}

#[tokio::test]
async fn guilds_and_purposes_count_for_themselves() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        database.guild(8).await;
        commit(&database, async |guild| {
            let other = guild.all_guilds().guild(8);
            for n in 1..=3 {
                for counters in [guild.counters(), other.counters()] {
                    for key in [CounterKey::Case, CounterKey::Plan] {
                        assert_eq!(counters.take(key, 1).await?, n..=n);
                    }
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    }
}
