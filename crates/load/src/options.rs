//! What a run is made of.

use std::path::PathBuf;
use std::time::Duration;

use crate::Error;

/// Discord's own bound for one shard, which is what the bot runs.
const GUILDS: usize = 2_500;
/// Beyond this one process cannot make events anyway.
const PER_SECOND: f64 = 100_000.0;

/// A run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The bot's program.
    pub program: PathBuf,
    /// The database; without one, a temporary `SQLite` file.
    pub database: Option<String>,
    /// How many guilds there are.
    pub guilds: usize,
    /// How many people are in them all together, evenly.
    pub members: usize,
    /// What happens, and how often.
    pub rates: Rates,
    /// For how long.
    pub time: Duration,
    /// Decides who does what, and all ids.
    pub seed: u64,
    /// Numbers of guilds for which only the start is measured, before the run.
    pub starts: Vec<usize>,
}

/// What happens in all guilds together, per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Messages that are no commands.
    pub messages: f64,
    /// New members.
    pub joins: f64,
    /// Reactions to messages.
    pub reactions: f64,
    /// Commands, of which every other one is a slash command.
    pub commands: f64,
}

impl Options {
    /// Refuses what makes no sense.
    ///
    /// # Errors
    /// [`Error::Options`], which says what would.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |why: String| Err(Error::Options(why));
        for guilds in self.starts.iter().chain([&self.guilds]) {
            if !(1..=GUILDS).contains(guilds) {
                return refuse(format!("{guilds} guilds: one shard has 1 to {GUILDS}"));
            }
        }
        let least = 3 * self.guilds;
        if self.members < least {
            return refuse(format!(
                "{} members: every guild needs an owner, a moderator and someone else, so at least {least}",
                self.members
            ));
        }
        let Rates {
            messages,
            joins,
            reactions,
            commands,
        } = self.rates;
        for (name, rate) in [
            ("messages", messages),
            ("joins", joins),
            ("reactions", reactions),
            ("commands", commands),
        ] {
            if !(0.0..=PER_SECOND).contains(&rate) {
                return refuse(format!("{rate} {name}: 0 to {PER_SECOND} per second"));
            }
        }
        if self.time.is_zero() {
            return refuse("0 seconds: at least 1".to_owned());
        }
        Ok(())
    }

    /// How many members so many guilds have, when there are as many in each as in the run.
    pub(crate) fn members_of(&self, guilds: usize) -> usize {
        guilds * (self.members / self.guilds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        Options {
            program: PathBuf::new(),
            database: None,
            guilds: 10,
            members: 100,
            rates: Rates {
                messages: 1.0,
                joins: 0.0,
                reactions: 0.0,
                commands: 1.0,
            },
            time: Duration::from_secs(1),
            seed: 0,
            starts: vec![1],
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_word_on_what_would() {
        type Change = fn(&mut Options);
        options().check().unwrap();
        let cases: [(Change, &str); 6] = [
            (|o| o.guilds = 0, "1 to 2500"),
            (|o| o.starts = vec![2_501], "1 to 2500"),
            (|o| o.members = 29, "at least 30"),
            (|o| o.rates.messages = -1.0, "-1 messages: 0 to"),
            (|o| o.rates.commands = f64::NAN, "NaN commands"),
            (|o| o.time = Duration::ZERO, "at least 1"),
        ];
        for (change, expected) in cases {
            let mut options = options();
            change(&mut options);
            let told = options.check().unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
    }
}
