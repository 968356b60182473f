//! A bare gateway client: it sends and reads frames and knows nothing of Discord.

use std::io::Read;
use std::time::Duration;

use discord_sim::Sim;
use flate2::read::ZlibDecoder;
use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Every intent that Discord defines.
pub(crate) const ALL_INTENTS: u64 = 0x1_ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
/// After this a test fails rather than waits; nothing takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Wire {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every frame so far.
    pub(crate) seen: Vec<Value>,
    /// Whether the last frame was compressed.
    pub(crate) compressed: bool,
    /// For a connection that is one zlib stream.
    stream: Option<Decompress>,
}

/// What comes next on a connection.
#[derive(Debug, PartialEq)]
pub(crate) enum Got {
    Frame(Value),
    /// Closed with this code.
    Closed(u16),
    /// Ended without a word.
    Cut,
}

impl Wire {
    /// Connects and reads HELLO.
    pub(crate) async fn connect(sim: &Sim) -> Self {
        let mut wire = Self::open(sim, "v=10").await;
        let hello = wire.frame().await;
        assert_eq!(hello["op"], 10, "{hello}");
        wire
    }

    /// Connects with this query, and reads nothing.
    pub(crate) async fn open(sim: &Sim, query: &str) -> Self {
        let url = format!("{}/?{query}", sim.url().replace("http", "ws"));
        let (socket, _) = connect_async(url).await.unwrap();
        let stream = query.contains("zlib-stream");
        Self {
            socket,
            seen: Vec::new(),
            compressed: false,
            stream: stream.then(|| Decompress::new(true)),
        }
    }

    /// Connects, identifies and reads READY; the guilds are still to be read.
    pub(crate) async fn identified(sim: &Sim, intents: u64) -> Self {
        let mut wire = Self::connect(sim).await;
        wire.send(2, identify(sim, intents)).await;
        wire.event("READY").await;
        wire
    }

    pub(crate) async fn send(&mut self, op: u8, data: Value) {
        self.send_text(&json!({"op": op, "d": data}).to_string())
            .await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn next(&mut self) -> Got {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.unwrap();
            let text = match message {
                Some(Ok(Message::Text(text))) => {
                    self.compressed = false;
                    text.as_str().to_owned()
                }
                Some(Ok(Message::Binary(bytes))) => {
                    self.compressed = true;
                    self.inflate(&bytes)
                }
                Some(Ok(Message::Close(Some(frame)))) => return Got::Closed(frame.code.into()),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return Got::Cut,
            };
            let frame: Value = serde_json::from_str(&text).unwrap();
            self.seen.push(frame.clone());
            return Got::Frame(frame);
        }
    }

    fn inflate(&mut self, bytes: &[u8]) -> String {
        let mut text = Vec::new();
        let Some(stream) = &mut self.stream else {
            ZlibDecoder::new(bytes).read_to_end(&mut text).unwrap();
            return String::from_utf8(text).unwrap();
        };
        // What Discord's documentation has clients look for before they inflate.
        assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
        text.reserve(1 << 20);
        stream
            .decompress_vec(bytes, &mut text, FlushDecompress::Sync)
            .unwrap();
        String::from_utf8(text).unwrap()
    }

    /// Says goodbye and reads the answer to it.
    pub(crate) async fn close(&mut self) -> Got {
        let goodbye = CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        self.socket.close(Some(goodbye)).await.unwrap();
        self.next().await
    }

    pub(crate) async fn frame(&mut self) -> Value {
        match self.next().await {
            Got::Frame(frame) => frame,
            other @ (Got::Closed(_) | Got::Cut) => panic!("a frame was expected, not {other:?}"),
        }
    }

    /// The next frame that is no answer and no request of the gateway's.
    pub(crate) async fn told(&mut self) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["op"] == 0 {
                return frame;
            }
        }
    }

    /// The data of the next event of this name; those before it are skipped.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let mut frame = self.frame().await;
            if frame["t"] == name {
                return frame["d"].take();
            }
        }
    }

    /// What READY said.
    pub(crate) fn ready(&self) -> &Value {
        let ready = self.seen.iter().find(|frame| frame["t"] == "READY");
        &ready.unwrap()["d"]
    }

    /// Everything that was sent before now: the answer to a heartbeat comes after it.
    pub(crate) async fn drain(&mut self) -> Vec<Value> {
        self.send(1, Value::Null).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.frame().await;
            if frame["op"] == 11 {
                return frames;
            }
            frames.push(frame);
        }
    }

    /// The names of the events that were sent before now.
    pub(crate) async fn drain_names(&mut self) -> Vec<String> {
        let frames = self.drain().await;
        let names = frames.iter().filter_map(|frame| frame["t"].as_str());
        names.map(str::to_owned).collect()
    }

    /// Sends a heartbeat and waits for its answer; the code when the connection is closed instead.
    pub(crate) async fn answer_or_code(&mut self) -> Option<u16> {
        let heartbeat = json!({"op": 1, "d": null}).to_string();
        // A connection that is being closed may take no more; what it was closed with is still read.
        let _closing = self.socket.send(Message::text(heartbeat)).await;
        loop {
            match self.next().await {
                Got::Frame(frame) if frame["op"] == 11 => return None,
                Got::Frame(_) => {}
                Got::Closed(code) => return Some(code),
                Got::Cut => return Some(0),
            }
        }
    }

    /// The code that the connection is closed with; frames before it are skipped.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            match self.next().await {
                Got::Frame(_) => {}
                Got::Closed(code) => return code,
                Got::Cut => panic!("the connection was cut"),
            }
        }
    }
}

pub(crate) fn identify(sim: &Sim, intents: u64) -> Value {
    json!({
        "token": format!("Bot {}", sim.token()),
        "intents": intents,
        "properties": {"os": "linux", "browser": "wire", "device": "wire"},
    })
}
