//! The messages of a PostgreSQL client, cut out of the stream of bytes.

/// One message: its kind, and what follows the length.
pub(super) struct Frame<'b> {
    pub(super) kind: u8,
    pub(super) body: &'b [u8],
}

/// Bytes that have come so far.
#[derive(Default)]
pub(super) struct Frames {
    unread: Vec<u8>,
    /// The first message has no kind.
    started: bool,
}

impl Frames {
    /// Adds bytes, and shows every message that is whole now.
    pub(super) fn add(&mut self, bytes: &[u8], mut show: impl FnMut(Frame<'_>)) {
        self.unread.extend_from_slice(bytes);
        let mut read = 0;
        loop {
            let rest = &self.unread[read..];
            let head = usize::from(self.started);
            let Some(length) = rest.get(head..head + 4) else {
                break;
            };
            let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
            let end = head + length as usize;
            let Some(body) = rest.get(head + 4..end) else {
                break;
            };
            if self.started {
                show(Frame {
                    kind: rest[0],
                    body,
                });
            }
            self.started = true;
            read += end;
        }
        self.unread.drain(..read);
    }
}

impl Frame<'_> {
    /// Whether the client waits for the server after it: Query or Sync.
    pub(super) fn is_round_trip(&self) -> bool {
        matches!(self.kind, b'Q' | b'S')
    }

    /// The SQL of a Query or a Parse.
    pub(super) fn text(&self) -> Option<String> {
        let mut parts = self.body.split(|byte| *byte == 0);
        let text = match self.kind {
            b'Q' => parts.next(),
            b'P' => parts.nth(1),
            _ => None,
        };
        text.map(|text| String::from_utf8_lossy(text).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap();
        [&[kind], &length.to_be_bytes()[..], body].concat()
    }

    #[test]
    fn messages_are_found_wherever_the_stream_is_cut() {
        let stream = [
            &8_u32.to_be_bytes()[..],
            b"\0\x03\0\0",
            &message(b'Q', b"BEGIN\0"),
            &message(b'P', b"s1\0SELECT 1\0\0\0"),
            &message(b'S', b""),
        ]
        .concat();
        for cut in 0..stream.len() {
            let (mut seen, mut trips) = (Vec::new(), 0);
            let mut frames = Frames::default();
            for part in [&stream[..cut], &stream[cut..]] {
                frames.add(part, |frame| {
                    trips += u32::from(frame.is_round_trip());
                    seen.extend(frame.text());
                });
            }
            assert_eq!(seen, ["BEGIN", "SELECT 1"], "cut at {cut}");
            assert_eq!(trips, 2);
        }
    }
}
