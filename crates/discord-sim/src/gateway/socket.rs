//! One WebSocket connection: frames in, frames out, nothing else.

use std::io::Write;
use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::identify::Resumed;
use super::session::Frame;
use crate::shared::Shared;

/// A connection, before and after it belongs to a session.
struct Connection {
    shared: Arc<Shared>,
    queue: UnboundedSender<Frame>,
    session: Option<String>,
    compress: bool,
}

/// Serves a connection until either side ends it.
pub(crate) async fn serve(mut socket: WebSocket, shared: Arc<Shared>) {
    let (queue, mut frames) = unbounded_channel();
    let mut connection = Connection {
        shared,
        queue,
        session: None,
        compress: false,
    };
    let interval = connection.shared.lock().gateway.options.heartbeat_interval;
    let hello =
        json!({"heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(u64::MAX)});
    connection.reply(Frame::op(10, &hello));
    connection.run(&mut socket, &mut frames).await;
    connection.end();
}

impl Connection {
    async fn run(&mut self, socket: &mut WebSocket, frames: &mut UnboundedReceiver<Frame>) {
        let shared = Arc::clone(&self.shared);
        loop {
            tokio::select! {
                frame = frames.recv() => match frame {
                    Some(Frame::Text(text)) => {
                        let message = if self.compress { zlib(&text) } else { Message::text(text) };
                        if socket.send(message).await.is_err() {
                            return;
                        }
                    }
                    Some(Frame::Close(code, reason)) => {
                        let close = CloseFrame { code, reason: reason.into() };
                        // The client may be gone already; then there is nobody to tell.
                        let _gone = socket.send(Message::Close(Some(close))).await;
                        return;
                    }
                    Some(Frame::Cut) | None => return,
                },
                message = socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => self.take(text.as_str()),
                    Some(Ok(Message::Binary(_))) => self.close(4002, "Error while decoding payload."),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(frame))) => {
                        // A normal close ends the session; any other leaves it to be resumed.
                        if frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001)) {
                            self.forget();
                        }
                        // Reading on is what sends our half of the goodbye.
                        let _end = socket.recv().await;
                        return;
                    }
                    Some(Err(_)) | None => return,
                },
                () = shared.stopped() => return,
            }
        }
    }

    /// Acts on one frame of the client.
    fn take(&mut self, text: &str) {
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            return self.close(4002, "Error while decoding payload.");
        };
        let data = &frame["d"];
        tracing::trace!(op = frame["op"].as_u64(), "gateway frame received");
        match (frame["op"].as_u64(), self.session.is_some()) {
            (Some(1), _) => self.heartbeat(data.as_u64()),
            (Some(2 | 6), true) => self.close(4005, "Already authenticated."),
            (Some(2), false) => self.identify(data),
            (Some(6), false) => self.resume(data),
            // Presence and voice are accepted and shown to nobody.
            (Some(3 | 4), true) => {}
            (Some(8), true) => self.request_members(data),
            (Some(3 | 4 | 8), false) => self.close(4003, "Not authenticated."),
            _ => self.close(4001, "Unknown opcode."),
        }
    }

    fn heartbeat(&mut self, seq: Option<u64>) {
        if let Some(id) = &self.session {
            let mut state = self.shared.lock();
            if let Some(session) = state.gateway.sessions.iter_mut().find(|s| s.id == *id) {
                session.acknowledged = session.acknowledged.max(seq.unwrap_or(0));
                session.beats += 1;
            }
        }
        self.reply(Frame::op(11, &Value::Null));
        self.shared.progress();
    }

    fn identify(&mut self, data: &Value) {
        let (token, url) = (self.shared.token(), self.shared.gateway_url());
        let mut state = self.shared.lock();
        self.compress = state.gateway.options.compression && data["compress"] == true;
        let identified = state.identify(data, token, &url, self.queue.clone());
        drop(state);
        match identified {
            Ok(session) => self.session = Some(session),
            Err((code, reason)) => self.close(code, reason),
        }
        self.shared.progress();
    }

    fn resume(&mut self, data: &Value) {
        let resumed = self
            .shared
            .lock()
            .resume(data, self.shared.token(), self.queue.clone());
        match resumed {
            Resumed::Session(session) => self.session = Some(session),
            Resumed::Invalid => self.reply(Frame::op(9, &json!(false))),
            Resumed::Refused(code, reason) => self.close(code, reason),
        }
        self.shared.progress();
    }

    fn request_members(&self, data: &Value) {
        if let Some(session) = &self.session {
            self.shared.lock().request_members(session, data);
        }
    }

    fn forget(&self) {
        let mut state = self.shared.lock();
        state
            .gateway
            .sessions
            .retain(|session| Some(&session.id) != self.session.as_ref());
    }

    fn close(&self, code: u16, reason: &'static str) {
        self.reply(Frame::Close(code, reason));
    }

    fn reply(&self, frame: Frame) {
        // The queue lives as long as this connection, so it takes everything.
        let _queued = self.queue.send(frame);
    }

    fn end(&self) {
        let mut state = self.shared.lock();
        let now = state.now_ms();
        for session in &mut state.gateway.sessions {
            session.lose(&self.queue, now);
        }
        drop(state);
        self.shared.progress();
    }
}

/// One complete zlib stream in one binary message.
fn zlib(text: &str) -> Message {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let written = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish());
    Message::binary(written.unwrap_or_default())
}
