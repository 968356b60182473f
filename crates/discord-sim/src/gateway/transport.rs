//! How frames become messages on one connection.

use std::io::Write;

use axum::extract::ws::Message;
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// What the client asked for.
pub(crate) enum Transport {
    /// One text message for each frame.
    Plain,
    /// One complete zlib stream for each frame: `"compress": true` in IDENTIFY.
    ZlibFrames,
    /// One zlib stream for the whole connection, flushed after each frame: `?compress=zlib-stream`.
    ZlibStream(ZlibEncoder<Vec<u8>>),
}

impl Transport {
    pub(crate) fn zlib_stream() -> Self {
        Self::ZlibStream(encoder())
    }

    pub(crate) fn encode(&mut self, text: String) -> Message {
        match self {
            Self::Plain => Message::text(text),
            Self::ZlibFrames => {
                let mut encoder = encoder();
                // Writing to memory does not fail.
                let written = encoder
                    .write_all(text.as_bytes())
                    .and_then(|()| encoder.finish());
                Message::binary(written.unwrap_or_default())
            }
            Self::ZlibStream(encoder) => {
                let written = encoder
                    .write_all(text.as_bytes())
                    .and_then(|()| encoder.flush());
                debug_assert!(written.is_ok(), "writing to memory does not fail");
                Message::binary(std::mem::take(encoder.get_mut()))
            }
        }
    }
}

fn encoder() -> ZlibEncoder<Vec<u8>> {
    ZlibEncoder::new(Vec::new(), Compression::fast())
}
