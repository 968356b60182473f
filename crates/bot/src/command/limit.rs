//! How often one person may use commands.

use super::{Category, Spec};
use crate::{recent::Recent, text::Message};
use chrono::{DateTime, TimeDelta, Utc};
use poise::serenity_prelude::{GuildId, UserId};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// At least so many people are remembered, and at most twice as many.
const PEOPLE: usize = 25_000;

/// Commands that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// What only tells something.
    Info,
    /// What changes settings.
    Write,
    /// What moderators do, who may have to be quick.
    Moderation,
}

impl Class {
    /// The class of a command.
    pub fn of(spec: &Spec) -> Self {
        match spec.category {
            Category::Core => Self::Info,
            Category::Permissions | Category::Settings => Self::Write,
            Category::Moderation | Category::Cases => Self::Moderation,
        }
    }

    /// So many uses in so much time.
    fn limit(self) -> (usize, TimeDelta) {
        match self {
            Self::Info => (5, TimeDelta::seconds(10)),
            Self::Write => (10, TimeDelta::seconds(30)),
            Self::Moderation => (30, TimeDelta::seconds(60)),
        }
    }
}

/// Guild (`None`: direct messages), person and class.
type Key = (Option<GuildId>, UserId, Class);

/// Counts uses: of each person, in each guild, of each class. What it knows is lost with the process,
/// which harms nobody.
#[derive(Debug)]
pub struct Limiter {
    /// Times of the uses that still count, the oldest first.
    uses: Mutex<Recent<Key, VecDeque<DateTime<Utc>>>>,
    on: bool,
}

impl Limiter {
    /// A limiter, or one that lets everything pass.
    pub fn new(on: bool) -> Self {
        Self {
            uses: Mutex::new(Recent::new(PEOPLE)),
            on,
        }
    }

    /// Counts a use of a command at `now`.
    ///
    /// # Errors
    /// `err-cooldown` with the seconds until the next use; this one does not count then.
    pub fn count(
        &self,
        spec: &Spec,
        guild: Option<GuildId>,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<(), Message> {
        if !self.on {
            return Ok(());
        }
        let class = Class::of(spec);
        let (most, window) = class.limit();
        let key = (guild, user, class);
        let mut known = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(times) = known.get(&key) else {
            known.insert(key, VecDeque::from([now]));
            return Ok(());
        };
        while times.front().is_some_and(|time| now - *time >= window) {
            times.pop_front();
        }
        if times.len() < most {
            times.push_back(now);
            return Ok(());
        }
        let oldest = times.front().copied().unwrap_or(now);
        let left = (window - (now - oldest)).num_milliseconds();
        // Rounded up, so that whoever waits as long is let through.
        let seconds = (left + 999) / 1_000;
        Err(Message::new("err-cooldown").with("seconds", seconds.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn use_it(limiter: &Limiter, path: &str, guild: u64, user: u64, seconds: i64) -> bool {
        let catalog = super::super::Catalog::of(&commands::tree());
        let spec = catalog.find(path).unwrap().spec.unwrap();
        let guild = Some(GuildId::new(guild));
        limiter
            .count(spec, guild, UserId::new(user), at(seconds))
            .is_ok()
    }

    #[test]
    fn each_class_has_its_own_limit_and_a_window_that_slides() {
        for (path, most, window) in [
            ("help", 5, 10),
            ("prefix set", 10, 30),
            ("ban", 30, 60),
            ("cases list", 30, 60),
        ] {
            let limiter = Limiter::new(true);
            for _ in 0..most {
                assert!(use_it(&limiter, path, 1, 2, 0), "{path}");
            }
            assert!(!use_it(&limiter, path, 1, 2, window - 1), "{path}");
            assert!(use_it(&limiter, path, 1, 3, 0), "{path}: somebody else");
            assert!(use_it(&limiter, path, 4, 2, 0), "{path}: another guild");
            assert!(use_it(&limiter, path, 1, 2, window), "{path}");
        }
    }

    #[test]
    fn a_refusal_says_how_long_and_does_not_make_it_longer() {
        let limiter = Limiter::new(true);
        for _ in 0..5 {
            assert!(use_it(&limiter, "help", 1, 2, 0));
        }
        for second in 1..10 {
            assert!(!use_it(&limiter, "help", 1, 2, second));
        }
        assert!(use_it(&limiter, "help", 1, 2, 10));
    }

    #[test]
    fn memory_is_bounded_however_many_people_come() {
        let limiter = Limiter::new(true);
        let catalog = super::super::Catalog::of(&commands::tree());
        let spec = catalog.find("help").unwrap().spec.unwrap();
        for user in 1..=100_000 {
            assert!(limiter.count(spec, None, UserId::new(user), at(0)).is_ok());
        }
        assert!(limiter.uses.lock().unwrap().len() <= 2 * PEOPLE);
    }
}
