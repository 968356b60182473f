//! Whether the database agrees with what happened.

use controllers::{CaseFilter, Clock, Turn};
use entity::value::CaseState;
use serde::Serialize;
use service::{Database, Options};

use crate::Error;

/// How many disagreements are told one by one.
const TOLD: usize = 10;

/// What the database says after a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Check {
    /// The cases that the run has made.
    pub cases: u64,
    /// In how many guilds something is wrong.
    pub wrong: usize,
    /// What, for the first of them.
    pub disagreements: Vec<String>,
}

/// The cases of every guild before a run, so that a database may be used more than once.
pub(crate) struct Before(Vec<u64>);

/// Looks at the database while the bot runs, before anything happens.
pub(crate) async fn before(url: &str, guilds: &[(u64, u64)]) -> Result<Before, Error> {
    let database = open(url).await?;
    let mut before = Vec::with_capacity(guilds.len());
    for (guild, _) in guilds {
        before.push(state_of(&database, *guild).await?.count);
    }
    database.close().await;
    Ok(Before(before))
}

/// Holds the database against the commands that were given: each has made one case, the numbers of
/// a guild's cases have no gap, and none is still pending.
pub(crate) async fn after(
    url: &str,
    guilds: &[(u64, u64)],
    Before(before): &Before,
) -> Result<Check, Error> {
    let database = open(url).await?;
    let mut check = Check::default();
    for ((guild, commands), before) in guilds.iter().zip(before) {
        let state = state_of(&database, *guild).await?;
        check.cases += state.count.saturating_sub(*before);
        if let Some(why) = state.differs(before + commands) {
            check.wrong += 1;
            if check.disagreements.len() < TOLD {
                check.disagreements.push(format!("guild {guild}: {why}"));
            }
        }
    }
    database.close().await;
    Ok(check)
}

async fn open(url: &str) -> Result<Database, Error> {
    let options = Options {
        migrate: false,
        ..Options::new(url)
    };
    Ok(Database::connect(&options, Clock::system()).await?)
}

/// The cases of one guild.
#[derive(Debug, PartialEq)]
struct Cases {
    count: u64,
    newest: u64,
    pending: u64,
}

async fn state_of(database: &Database, guild: u64) -> Result<Cases, Error> {
    let db = database.db().guild(guild.cast_signed());
    let page = db.cases();
    let page = page.page(&CaseFilter::default(), Turn::First, 1).await?;
    let newest = page.cases.first().map_or(0, |case| case.number);
    let tallied = |of: &dyn Fn(CaseState) -> bool| {
        let counted = page.tally.iter().filter(|tally| of(tally.state));
        counted.map(|tally| tally.count).sum()
    };
    Ok(Cases {
        count: tallied(&|_| true),
        newest: u64::try_from(newest).unwrap_or_default(),
        pending: tallied(&|state| state == CaseState::Pending),
    })
}

impl Cases {
    fn differs(&self, expected: u64) -> Option<String> {
        let Self {
            count,
            newest,
            pending,
        } = self;
        if *count != expected {
            return Some(format!(
                "{expected} cases were ordered, and {count} are there"
            ));
        }
        // Numbers are unique, so that the highest one tells whether there is a gap.
        if newest != count {
            return Some(format!(
                "{count} cases, and the newest has the number {newest}"
            ));
        }
        (*pending > 0).then(|| format!("{pending} cases are not done"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_case_a_gap_and_an_open_end_are_told() {
        let state = |count, newest, pending| Cases {
            count,
            newest,
            pending,
        };
        assert_eq!(state(3, 3, 0).differs(3), None);
        for (state, expected) in [
            (state(2, 2, 0), "3 cases were ordered, and 2 are there"),
            (state(4, 4, 0), "3 cases were ordered, and 4 are there"),
            (state(3, 4, 0), "3 cases, and the newest has the number 4"),
            (state(3, 3, 1), "1 cases are not done"),
        ] {
            assert_eq!(state.differs(3).as_deref(), Some(expected));
        }
    }
}
