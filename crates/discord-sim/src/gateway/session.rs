//! One session: a client's place in the stream of events, which outlives its connection.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// How many events a session keeps for a resume.
const REPLAY_EVENTS: usize = 5_000;
/// How long a session without a connection may be resumed.
const RESUMABLE_MS: i64 = 5 * 60 * 1_000;

/// What a connection is asked to send or do.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    /// A JSON text.
    Text(String),
    /// Close with this code.
    Close(u16, &'static str),
    /// End without a word, as a cut cable does.
    Cut,
}

impl Frame {
    /// A frame that is no event.
    pub(crate) fn op(op: u8, data: &Value) -> Self {
        Self::Text(json!({"op": op, "d": data, "s": null, "t": null}).to_string())
    }
}

/// One session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// This shard, and how many there are.
    pub(crate) shard: (u64, u64),
    pub(crate) intents: u64,
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
            seq: 0,
            start_seq: 0,
            acknowledged: 0,
            beats: 0,
            forgotten: false,
            connection: Some(connection),
            lost_ms: None,
            replay: VecDeque::new(),
        }
    }

    pub(crate) fn is_live(&self) -> bool {
        self.connection
            .as_ref()
            .is_some_and(|connection| !connection.is_closed())
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

    /// Takes the session over to a new connection and sends what it missed after `seq`, which it
    /// has reached. Answers whether that was possible.
    pub(crate) fn resume(
        &mut self,
        seq: u64,
        connection: UnboundedSender<Frame>,
        now_ms: i64,
    ) -> bool {
        let expired = self
            .lost_ms
            .is_some_and(|lost| now_ms - lost > RESUMABLE_MS);
        let oldest = self.replay.front().map_or(self.seq + 1, |(seq, _)| *seq);
        if self.forgotten || expired || seq + 1 < oldest {
            return false;
        }
        self.connection = Some(connection);
        self.lost_ms = None;
        self.acknowledged = seq;
        for (_, text) in self.replay.iter().filter(|(sent, _)| *sent > seq) {
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
