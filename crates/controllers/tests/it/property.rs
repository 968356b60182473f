//! Properties that need a database: one for all cases of a run, a guild of its own for each.

use std::sync::atomic::{AtomicI64, Ordering};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use test_support::TestDatabase;
use tokio::runtime::Runtime;

/// What a case of a property is: it held, or why not.
pub(crate) type Held = Result<(), TestCaseError>;

/// Runs `property` for `cases` inputs on each of the databases, each time with the id of a guild that
/// nobody has used.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the property is written in place"
)]
pub(crate) fn check<S, D>(
    cases: u32,
    databases: D,
    inputs: S,
    property: impl AsyncFn(&TestDatabase, i64, S::Value) -> Held,
) where
    S: Strategy,
    D: Future<Output = Vec<TestDatabase>>,
{
    let runtime = Runtime::new().unwrap();
    let guilds = AtomicI64::new(1);
    for database in runtime.block_on(databases) {
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        });
        let checked = runner.run(&inputs, |input| {
            let guild = guilds.fetch_add(1, Ordering::Relaxed);
            runtime.block_on(property(&database, guild, input))
        });
        checked.unwrap_or_else(|error| panic!("on {database:?}: {error}"));
        // Its connections belong to the runtime.
        runtime.block_on(async { drop(database) });
    }
}
