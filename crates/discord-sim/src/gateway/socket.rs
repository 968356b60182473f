//! One WebSocket connection: frames in, frames out.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::close::Close;
use super::fault::{GatewayFault, GatewayFaults};
use super::identify::Begun;
use super::send_limit::SendLimit;
use super::session::Frame;
use super::transport::Transport;
use crate::limits;
use crate::shared::Shared;

/// How long an event waits to be overtaken, on the machine's clock.
const OVERTAKEN: Duration = Duration::from_millis(20);

/// The query of the gateway's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

impl Asked {
    /// How frames travel, or why they cannot.
    fn transport(&self) -> Result<Transport, Close> {
        if self.v.as_deref().is_some_and(|version| version != "10") {
            return Err(Close::InvalidApiVersion);
        }
        if self
            .encoding
            .as_deref()
            .is_some_and(|encoding| encoding != "json")
        {
            return Err(Close::DecodeError);
        }
        match self.compress.as_deref() {
            None => Ok(Transport::Plain),
            Some("zlib-stream") => Ok(Transport::zlib_stream()),
            Some(_) => Err(Close::DecodeError),
        }
    }
}

/// A connection, before and after it belongs to a session.
struct Connection {
    shared: Arc<Shared>,
    queue: UnboundedSender<Frame>,
    session: Option<String>,
    transport: Transport,
    faults: watch::Receiver<GatewayFaults>,
    limit: SendLimit,
    /// Heartbeats that were asked for and have not come.
    owed: u32,
    interval: Duration,
    /// When the last heartbeat came.
    beat: Instant,
    /// When what the session holds back goes out.
    release: Option<Instant>,
    /// An IDENTIFY that has to wait.
    identify: Option<Value>,
}

/// What a connection has to do next.
enum Next {
    Send(Frame),
    Take(Message),
    Release,
    /// The client has been silent for too long.
    Silent,
    /// The client is gone.
    End,
}

/// Serves a connection until either side ends it.
pub(crate) async fn serve(mut socket: WebSocket, asked: Asked, shared: Arc<Shared>) {
    let (queue, mut frames) = unbounded_channel();
    let (interval, faults) = {
        let state = shared.lock();
        let gateway = &state.gateway;
        (
            gateway.options.heartbeat_interval,
            gateway.faults.subscribe(),
        )
    };
    let transport = asked.transport();
    let refused = transport.as_ref().err().copied();
    let mut connection = Connection {
        shared,
        queue,
        session: None,
        transport: transport.unwrap_or(Transport::Plain),
        faults,
        limit: SendLimit::default(),
        owed: 0,
        interval,
        beat: Instant::now(),
        release: None,
        identify: None,
    };
    if let Some(close) = refused {
        connection.close(close);
    } else {
        let ms = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        connection.reply(Frame::op(10, &json!({"heartbeat_interval": ms})));
    }
    connection.run(&mut socket, &mut frames).await;
    connection.end();
}

impl Connection {
    async fn run(&mut self, socket: &mut WebSocket, frames: &mut UnboundedReceiver<Frame>) {
        let shared = Arc::clone(&self.shared);
        loop {
            if self.has(GatewayFault::Partition) {
                tokio::select! {
                    changed = self.faults.changed() => if changed.is_err() { return },
                    () = shared.stopped() => return,
                }
                // The silence was not the client's.
                self.beat = Instant::now();
                continue;
            }
            if !self.has(GatewayFault::DelayReady)
                && let Some(identify) = self.identify.take()
            {
                self.begin(&identify);
            }
            let next = tokio::select! {
                // A fault that is in force before an event holds for that event.
                biased;
                () = shared.stopped() => return,
                _changed = self.faults.changed() => continue,
                next = next(socket, frames, self.release, self.beat + 2 * self.interval) => next,
            };
            match next {
                Next::Send(frame) => {
                    if !self.send(socket, frame).await {
                        return;
                    }
                }
                Next::Take(Message::Text(text)) => self.take(text.as_str()),
                Next::Take(Message::Binary(_)) => self.close(Close::DecodeError),
                Next::Take(Message::Ping(_) | Message::Pong(_)) => {}
                Next::Take(Message::Close(frame)) => {
                    // A normal close ends the session; any other leaves it to be resumed.
                    if frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001)) {
                        self.forget();
                    }
                    // Reading on is what sends our half of the goodbye.
                    let _end = socket.recv().await;
                    return;
                }
                Next::Release => self.release(),
                Next::Silent => {
                    self.close(Close::SessionTimedOut);
                    self.beat = Instant::now();
                }
                Next::End => return,
            }
        }
    }

    /// Sends a frame. Answers whether the connection goes on.
    async fn send(&mut self, socket: &mut WebSocket, frame: Frame) -> bool {
        let text = match frame {
            Frame::Text(text) => text,
            Frame::Beat(text) => {
                self.owed += 1;
                text
            }
            Frame::Release => {
                self.release.get_or_insert(Instant::now() + OVERTAKEN);
                return true;
            }
            Frame::Close(code, reason) => {
                if Close::of(code).is_some_and(Close::ends_session) {
                    self.forget();
                }
                let reason = reason.into();
                let close = Message::Close(Some(CloseFrame { code, reason }));
                // The client may be gone already; then there is nobody to tell.
                let _gone = socket.send(close).await;
                return false;
            }
            Frame::Cut => return false,
        };
        socket.send(self.transport.encode(text)).await.is_ok()
    }

    /// Acts on one frame of the client.
    fn take(&mut self, text: &str) {
        if text.len() > limits::GATEWAY_PAYLOAD_BYTES {
            return self.close(Close::DecodeError);
        }
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            return self.close(Close::DecodeError);
        };
        let (op, data) = (frame["op"].as_u64(), &frame["d"]);
        tracing::trace!(op, "gateway frame received");
        if op == Some(1) && self.owed > 0 {
            self.owed -= 1;
        } else {
            let now = self.shared.lock().now_ms();
            if !self.limit.allows(now) {
                return self.close(Close::RateLimited);
            }
        }
        let authenticated = self.session.is_some() || self.identify.is_some();
        match (op, authenticated) {
            (Some(1), _) => self.heartbeat(data.as_u64()),
            (Some(2 | 6), true) => self.close(Close::AlreadyAuthenticated),
            (Some(2), false) if self.has(GatewayFault::DelayReady) => {
                self.identify = Some(data.clone());
            }
            (Some(2), false) => self.begin(data),
            (Some(6), false) => self.resume(data),
            (Some(3), true) => self.change_presence(data),
            (Some(4), true) => self.change_voice(data),
            (Some(8), true) => self.request_members(data),
            (Some(3 | 4 | 8), false) => self.close(Close::NotAuthenticated),
            _ => self.close(Close::UnknownOpcode),
        }
    }

    fn heartbeat(&mut self, seq: Option<u64>) {
        self.beat = Instant::now();
        if let Some(id) = &self.session {
            let mut state = self.shared.lock();
            if let Some(session) = state.gateway.session_mut(id) {
                session.acknowledged = session.acknowledged.max(seq.unwrap_or(0));
                session.beats += 1;
            }
        }
        if !self.has(GatewayFault::WithholdAcks) {
            self.reply(Frame::op(11, &Value::Null));
        }
        self.shared.progress();
    }

    fn begin(&mut self, data: &Value) {
        let (token, url) = (self.shared.token(), self.shared.gateway_url());
        let mut state = self.shared.lock();
        if matches!(self.transport, Transport::Plain)
            && state.gateway.options.compression
            && data["compress"] == true
        {
            self.transport = Transport::ZlibFrames;
        }
        let begun = state.identify(data, token, &url, self.queue.clone());
        drop(state);
        self.begun(begun);
    }

    fn resume(&mut self, data: &Value) {
        let mut state = self.shared.lock();
        let resumed = state.resume(data, self.shared.token(), self.queue.clone());
        drop(state);
        self.begun(resumed);
    }

    fn begun(&mut self, begun: Begun) {
        match begun {
            Begun::Session(session) => self.session = Some(session),
            Begun::Invalid => self.reply(Frame::op(9, &json!(false))),
            Begun::Refused(close) => self.close(close),
        }
        self.shared.progress();
    }

    fn change_presence(&self, data: &Value) {
        if !self.shared.lock().change_presence(data) {
            self.close(Close::DecodeError);
        }
        self.shared.progress();
    }

    fn change_voice(&self, data: &Value) {
        self.shared.lock().request_voice(data);
        self.shared.progress();
    }

    fn request_members(&self, data: &Value) {
        if let Some(session) = &self.session {
            self.shared.lock().request_members(session, data);
            self.shared.progress();
        }
    }

    fn release(&mut self) {
        self.release = None;
        if let Some(id) = &self.session
            && let Some(session) = self.shared.lock().gateway.session_mut(id)
        {
            session.release();
        }
        self.shared.progress();
    }

    /// Makes sure that the session is not resumed.
    fn forget(&self) {
        if let Some(id) = &self.session
            && let Some(session) = self.shared.lock().gateway.session_mut(id)
        {
            session.forgotten = true;
        }
    }

    fn has(&mut self, fault: GatewayFault) -> bool {
        self.faults.borrow_and_update().has(fault)
    }

    fn close(&self, why: Close) {
        self.reply(Frame::close(why));
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

/// Waits for whatever comes first. Nothing is lost when this is given up.
async fn next(
    socket: &mut WebSocket,
    frames: &mut UnboundedReceiver<Frame>,
    release: Option<Instant>,
    silent: Instant,
) -> Next {
    let released = async {
        match release {
            Some(at) => sleep_until(at).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        frame = frames.recv() => frame.map_or(Next::End, Next::Send),
        message = socket.recv() => match message {
            Some(Ok(message)) => Next::Take(message),
            Some(Err(_)) | None => Next::End,
        },
        () = released => Next::Release,
        () = sleep_until(silent) => Next::Silent,
    }
}
