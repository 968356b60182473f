//! One session: a client's place in the stream of events, which outlives its connection.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::close::Close;

/// How many events a session keeps for a resume.
const REPLAY_EVENTS: usize = 5_000;
/// How long a session without a connection may be resumed.
const RESUMABLE_MS: i64 = 5 * 60 * 1_000;

/// What a connection is asked to send or do.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    /// A JSON text.
    Text(String),
    /// The same, which asks the client for a heartbeat.
    Beat(String),
    /// Close with this code.
    Close(u16, &'static str),
    /// End without a word, as a cut cable does.
    Cut,
    /// Send, after a moment, the event that the session holds back.
    Release,
}

impl Frame {
    /// A frame that is no event.
    pub(crate) fn op(op: u8, data: &Value) -> Self {
        Self::Text(json!({"op": op, "d": data, "s": null, "t": null}).to_string())
    }

    /// Op 1 asks for a heartbeat, which does not count against the client's limit.
    pub(crate) fn beat() -> Self {
        Self::Beat(json!({"op": 1, "d": null, "s": null, "t": null}).to_string())
    }

    pub(crate) fn close(why: Close) -> Self {
        Self::Close(why.code(), why.reason())
    }
}

/// An event that another guild's may overtake.
#[derive(Debug)]
struct Held {
    guild: u64,
    name: &'static str,
    data: Value,
}

/// One session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// This shard, and how many there are.
    pub(crate) shard: (u64, u64),
    pub(crate) intents: u64,
    /// How many members make a guild large.
    pub(crate) large_threshold: usize,
    /// The number of the last event; the first is 1.
    pub(crate) seq: u64,
    /// The last event that belongs to the start: the last `GUILD_CREATE`.
    pub(crate) start_seq: u64,
    /// The last event that the client is known to have taken, from its heartbeats.
    pub(crate) acknowledged: u64,
    /// How many heartbeats have come.
    pub(crate) beats: u64,
    /// Whether it may never be resumed again.
    pub(crate) forgotten: bool,
    /// The connection's queue. It is unbounded because it is filled under the state's lock; what is
    /// in it is also in the replay buffer, which is bounded.
    connection: Option<UnboundedSender<Frame>>,
    /// When the connection was lost.
    lost_ms: Option<i64>,
    replay: VecDeque<(u64, String)>,
    /// While events are out of order: the one that waits to be overtaken.
    held: Option<Held>,
}

impl Session {
    pub(crate) fn new(
        id: String,
        shard: (u64, u64),
        intents: u64,
        connection: UnboundedSender<Frame>,
    ) -> Self {
        Self {
            id,
            shard,
            intents,
            large_threshold: 50,
            seq: 0,
            start_seq: 0,
            acknowledged: 0,
            beats: 0,
            forgotten: false,
            connection: Some(connection),
            lost_ms: None,
            replay: VecDeque::new(),
            held: None,
        }
    }

    pub(crate) fn is_live(&self) -> bool {
        self.connection
            .as_ref()
            .is_some_and(|connection| !connection.is_closed())
    }

    /// Whether nobody can come back to it.
    pub(crate) fn is_over(&self, now_ms: i64) -> bool {
        !self.is_live() && (self.forgotten || self.is_expired(now_ms))
    }

    fn is_expired(&self, now_ms: i64) -> bool {
        self.lost_ms
            .is_some_and(|lost| now_ms - lost > RESUMABLE_MS)
    }

    pub(crate) fn send(&self, frame: Frame) {
        if let Some(connection) = &self.connection {
            // A connection that has just ended takes nothing; the event waits for a resume.
            let _ended = connection.send(frame);
        }
    }

    /// Sends an event under the next number, and keeps it for a resume.
    pub(crate) fn dispatch(&mut self, name: &str, data: &Value) {
        self.seq += 1;
        let text = json!({"op": 0, "s": self.seq, "t": name, "d": data}).to_string();
        if self.replay.len() == REPLAY_EVENTS {
            self.replay.pop_front();
        }
        self.replay.push_back((self.seq, text.clone()));
        self.send(Frame::Text(text));
    }

    /// Sends an event of a guild after the next one of another guild, if there is one soon.
    pub(crate) fn dispatch_out_of_order(&mut self, guild: u64, name: &'static str, data: &Value) {
        if self.held.as_ref().is_some_and(|held| held.guild != guild) {
            self.dispatch(name, data);
            self.release();
            return;
        }
        self.release();
        let data = data.clone();
        self.held = Some(Held { guild, name, data });
        self.send(Frame::Release);
    }

    /// Sends what was held back.
    pub(crate) fn release(&mut self) {
        if let Some(held) = self.held.take() {
            self.dispatch(held.name, &held.data);
        }
    }

    /// Takes the session over to a new connection and sends what it missed after `seq`, which it
    /// has reached; so many events before that are sent again. Answers whether that was possible.
    pub(crate) fn resume(
        &mut self,
        seq: u64,
        again: u64,
        connection: UnboundedSender<Frame>,
        now_ms: i64,
    ) -> bool {
        let oldest = self.replay.front().map_or(self.seq + 1, |(seq, _)| *seq);
        if self.forgotten || self.is_expired(now_ms) || seq + 1 < oldest {
            return false;
        }
        // Two connections cannot have one session.
        self.send(Frame::Cut);
        self.release();
        self.connection = Some(connection);
        self.lost_ms = None;
        self.acknowledged = seq;
        let known = seq.saturating_sub(again);
        for (_, text) in self.replay.iter().filter(|(sent, _)| *sent > known) {
            self.send(Frame::Text(text.clone()));
        }
        self.dispatch("RESUMED", &json!({}));
        true
    }

    /// Notes that this connection is gone, unless a newer one has taken its place.
    pub(crate) fn lose(&mut self, connection: &UnboundedSender<Frame>, now_ms: i64) {
        if self
            .connection
            .as_ref()
            .is_some_and(|own| own.same_channel(connection))
        {
            self.connection = None;
            self.lost_ms = Some(now_ms);
        }
    }
}
