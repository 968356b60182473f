use std::thread;

use test_support::FreshDatabase;

/// Each on a thread and a runtime of its own, as different processes are.
#[tokio::test(flavor = "multi_thread")]
async fn of_three_that_start_at_once_one_migrates_and_all_succeed() {
    for database in FreshDatabase::empty().await {
        let up = |url: String| {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(migration::up(&url)).unwrap().names
        };
        let starters: Vec<_> = (0..3)
            .map(|_| database.url.clone())
            .map(|url| thread::spawn(move || up(url)))
            .collect();
        let mut applied: Vec<_> = starters
            .into_iter()
            .map(|one| one.join().unwrap())
            .collect();
        applied.sort();
        assert_eq!(
            applied,
            [vec![], vec![], migration::names()],
            "{}",
            database.url
        );
    }
}
