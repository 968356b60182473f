//! Measures by what passes between Discord and the bot.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use discord_sim::Traffic;
use serde_json::Value;

/// Counts events and requests, and takes the time of commands.
#[derive(Debug, Default)]
pub(crate) struct Meter(Mutex<Counts>);

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    events: u64,
    requests: u64,
    pub(crate) commands: u64,
    /// From the event of a slash command to the request that acknowledges it.
    pub(crate) acknowledged: Vec<Duration>,
    /// From the event of any command to the request that carries its answer.
    pub(crate) answered: Vec<Duration>,
    /// The most commands that waited for their answers at one time.
    pub(crate) waiting_max: usize,
    /// Commands without an answer: by the message, or by the interaction's token.
    waiting: HashMap<String, Instant>,
}

impl Counts {
    /// How many events and requests have passed.
    pub(crate) fn passed(&self) -> (u64, u64) {
        (self.events, self.requests)
    }

    /// How many commands have no answer.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    fn begin(&mut self, key: &Value) {
        if let Some(key) = key.as_str() {
            self.commands += 1;
            self.waiting.insert(key.to_owned(), Instant::now());
            self.waiting_max = self.waiting_max.max(self.waiting.len());
        }
    }

    fn event(&mut self, name: &str, data: &Value) {
        self.events += 1;
        match name {
            "MESSAGE_CREATE" if is_command(data) => self.begin(&data["id"]),
            "INTERACTION_CREATE" => self.begin(&data["token"]),
            _ => {}
        }
    }

    fn request(&mut self, path: &str, body: &Value) {
        self.requests += 1;
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["", "interactions", _, token, "callback"] => {
                if let Some(since) = self.waiting.get(*token) {
                    self.acknowledged.push(since.elapsed());
                }
                // Types 5 and 6 only promise an answer.
                if !matches!(body["type"].as_u64(), Some(5 | 6)) {
                    self.end(token);
                }
            }
            ["", "webhooks", _, token, ..] => self.end(token),
            ["", "channels", _, "messages"] => {
                if let Some(message) = body["message_reference"]["message_id"].as_str() {
                    self.end(message);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, key: &str) {
        if let Some(since) = self.waiting.remove(key) {
            self.answered.push(since.elapsed());
        }
    }
}

fn is_command(message: &Value) -> bool {
    message["author"]["bot"] != true
        && message["content"]
            .as_str()
            .is_some_and(|content| content.starts_with('!'))
}

impl Meter {
    pub(crate) fn see(&self, traffic: Traffic<'_>) {
        match traffic {
            Traffic::Event { name, data } => self.counts().event(name, data),
            Traffic::Request { path, body, .. } => self.counts().request(path, body),
            _ => {}
        }
    }

    pub(crate) fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins anew: what came before belongs to the start.
    pub(crate) fn reset(&self) {
        *self.counts() = Counts::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(meter: &Meter, path: &str, body: &Value) {
        let method = "POST";
        meter.see(Traffic::Request { method, path, body });
    }

    #[test]
    fn a_prefix_command_is_answered_by_the_reply_to_its_message() {
        let meter = Meter::default();
        let name = "MESSAGE_CREATE";
        let data = json!({"id": "7", "content": "!warn", "author": {"id": "1"}});
        meter.see(Traffic::Event { name, data: &data });
        let chat = json!({"id": "8", "content": "hello", "author": {"id": "1"}});
        meter.see(Traffic::Event { name, data: &chat });
        assert_eq!(meter.counts().passed(), (2, 0));
        assert_eq!(meter.counts().waiting(), 1);
        let path = "/channels/5/messages";
        request(&meter, path, &json!({"content": "something else"}));
        assert_eq!(meter.counts().waiting(), 1);
        request(
            &meter,
            path,
            &json!({"message_reference": {"message_id": "7"}}),
        );
        let counts = meter.counts();
        assert_eq!((counts.waiting(), counts.answered.len()), (0, 1));
    }

    #[test]
    fn a_slash_command_that_is_deferred_is_answered_by_what_follows() {
        let meter = Meter::default();
        let name = "INTERACTION_CREATE";
        let data = json!({"id": "7", "token": "t"});
        meter.see(Traffic::Event { name, data: &data });
        request(&meter, "/interactions/7/t/callback", &json!({"type": 5}));
        assert_eq!(meter.counts().acknowledged.len(), 1);
        assert_eq!(meter.counts().waiting(), 1);
        request(&meter, "/webhooks/1/t/messages/@original", &json!({}));
        assert_eq!(meter.counts().waiting(), 0);
    }
}
