//! Faults on demand: what goes wrong between the bot and Discord, by route and count.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use crate::snowflake::SeededIds;

/// Which requests something happens to, and what.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRule {
    /// The HTTP method; nothing for all.
    pub method: Option<String>,
    /// The path without `/api/v10`; `*` stands for any characters but a slash, and at the end for
    /// everything that follows: `/guilds/*/bans/*`.
    pub path: String,
    /// How many matching requests pass before the rule applies.
    pub skip: u32,
    /// To how many requests it applies; nothing for all that follow.
    pub times: Option<u32>,
    /// What happens to them.
    pub action: FaultAction,
}

/// What happens to a request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FaultAction {
    /// It is answered with this status and body and has no effect. Without a body Discord's general
    /// error for the status is sent.
    Status(u16, Option<Value>),
    /// It waits before it takes effect, until the rule is released or cleared.
    Hold,
    /// The connection ends before it takes effect.
    DropBefore,
    /// It takes effect, and the connection ends without an answer.
    DropAfter,
    /// It takes effect, and the answer is no JSON.
    Malformed,
    /// It takes effect after this time on the machine's clock.
    Delay(Duration),
    /// It is answered 429 and has no effect: the bot may ask again after this time.
    RateLimited {
        /// How long the bot is told to wait.
        retry_after: Duration,
        /// Whether all its requests are meant, or those of this route.
        global: bool,
    },
}

impl FaultRule {
    /// Something that happens to every request of a method (nothing for all) and a path.
    pub fn new(method: Option<&str>, path: &str, action: FaultAction) -> Self {
        Self {
            method: method.map(str::to_owned),
            path: path.to_owned(),
            skip: 0,
            times: None,
            action,
        }
    }

    /// The same, after so many requests have passed.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// The same, for so many requests.
    #[must_use]
    pub fn times(mut self, requests: u32) -> Self {
        self.times = Some(requests);
        self
    }
}

impl fmt::Display for FaultAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status, _) => write!(f, "answered {status} without effect"),
            Self::Hold => f.write_str("held"),
            Self::DropBefore => f.write_str("connection ended before the effect"),
            Self::DropAfter => f.write_str("connection ended after the effect"),
            Self::Malformed => f.write_str("the answer is no JSON"),
            Self::Delay(time) => write!(f, "delayed by {} ms", time.as_millis()),
            Self::RateLimited { retry_after, .. } => {
                write!(f, "answered 429 for {} ms", retry_after.as_millis())
            }
        }
    }
}

/// Names a rule that was added with [`Sim::fault`](crate::Sim::fault).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaultId(pub u64);

/// A rule that applies whenever it fits.
const ALWAYS: u16 = 1_000;

/// The rules that are in force.
#[derive(Debug)]
pub(crate) struct Faults {
    rules: Vec<Active>,
    added: u64,
    chance: SeededIds,
}

#[derive(Debug)]
struct Active {
    id: FaultId,
    rule: FaultRule,
    per_thousand: u16,
    matched: u32,
    /// Never sends: held requests go on when it is dropped with the rule.
    released: watch::Sender<()>,
}

/// What a request meets.
#[derive(Debug)]
pub(crate) struct Met {
    pub(crate) action: FaultAction,
    /// For [`FaultAction::Hold`]: ends when the rule is released or cleared.
    pub(crate) released: watch::Receiver<()>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            added: 0,
            chance: SeededIds::new(seed),
        }
    }

    pub(crate) fn add(&mut self, rule: FaultRule) -> FaultId {
        self.add_sometimes(rule, ALWAYS)
    }

    pub(crate) fn add_sometimes(&mut self, rule: FaultRule, per_thousand: u16) -> FaultId {
        self.added += 1;
        let id = FaultId(self.added);
        let released = watch::Sender::new(());
        self.rules.push(Active {
            id,
            rule,
            per_thousand,
            matched: 0,
            released,
        });
        id
    }

    /// Lets the requests go on that this rule holds, and ends it.
    pub(crate) fn release(&mut self, id: FaultId) -> bool {
        let before = self.rules.len();
        self.rules.retain(|active| active.id != id);
        self.rules.len() != before
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The first rule that applies to a request.
    pub(crate) fn meet(&mut self, method: &str, path: &str) -> Option<Met> {
        let chance = &mut self.chance;
        self.rules
            .iter_mut()
            .find_map(|active| active.meet(method, path, chance))
    }
}

impl Active {
    fn meet(&mut self, method: &str, path: &str, chance: &mut SeededIds) -> Option<Met> {
        let rule = &self.rule;
        let same_method = rule
            .method
            .as_ref()
            .is_none_or(|m| m.eq_ignore_ascii_case(method));
        if !same_method || !glob(&rule.path, path) {
            return None;
        }
        if self.per_thousand < ALWAYS && !chance.hits(self.per_thousand) {
            return None;
        }
        self.matched = self.matched.saturating_add(1);
        let turn = self
            .matched
            .checked_sub(rule.skip)
            .filter(|turn| *turn > 0)?;
        if rule.times.is_some_and(|times| turn > times) {
            return None;
        }
        Some(Met {
            action: rule.action.clone(),
            released: self.released.subscribe(),
        })
    }
}

impl Met {
    /// Waits until the rule is released or gone.
    pub(crate) async fn wait(mut self) {
        // Nothing is ever sent: the sender goes away with the rule, and that is an error here.
        let _gone = self.released.changed().await;
    }
}

/// Whether a path fits a pattern, part by part.
fn glob(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let mut patterns = pattern.split('/').peekable();
    while let Some(pattern) = patterns.next() {
        match parts.next() {
            Some(_) if pattern == "*" && patterns.peek().is_none() => return true,
            Some(part) if part_fits(pattern, part) => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

/// Whether one part fits: the pieces between stars follow each other in it.
fn part_fits(pattern: &str, part: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = part.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_the_parts_of_a_path() {
        for (pattern, path, fits) in [
            ("/guilds/*/bans/*", "/guilds/1/bans/2", true),
            ("/guilds/*/bans/*", "/guilds/1/bans", false),
            ("/guilds/*/bans", "/guilds/1/bans/2", false),
            ("/guilds/*", "/guilds/1/bans/2", true),
            (
                "/interactions/*/*/callback",
                "/interactions/1/t/callback",
                true,
            ),
            ("/channels/1*", "/channels/123", true),
            ("*", "/anything", true),
        ] {
            assert_eq!(glob(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_rule_skips_and_ends() {
        let mut faults = Faults::new(7);
        faults.add(FaultRule {
            method: Some("PUT".to_owned()),
            path: "/guilds/*".to_owned(),
            skip: 1,
            times: Some(2),
            action: FaultAction::DropAfter,
        });
        let met: Vec<bool> = (0..5)
            .map(|_| faults.meet("PUT", "/guilds/1").is_some())
            .collect();
        assert_eq!(met, [false, true, true, false, false]);
        assert!(faults.meet("GET", "/guilds/1").is_none());
    }
}
