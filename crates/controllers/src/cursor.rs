//! The position of a row in a keyset, and its compact written form.

use crate::{Error, Result};
use sea_orm::{
    Value,
    prelude::{DateTimeUtc, Uuid},
};

/// Which rows a window holds: those after the position, or those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Rows after the position, in keyset order.
    After,
    /// Rows before the position.
    Before,
}

/// The position of one row in one [`crate::Keyset`].
///
/// Made by a window and good for the same order only. [`Cursor::encode`] gives text of the alphabet
/// `A-Za-z0-9_-`; whoever hands it to a client signs it with everything else that travels there.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub(crate) side: Side,
    pub(crate) keyset: u32,
    pub(crate) values: Vec<Value>,
}

const BAD: Error = Error::Cursor("cannot be read");

impl Cursor {
    /// The side of the position that the window will show.
    pub fn side(&self) -> Side {
        self.side
    }

    /// About 7 characters plus, for each key column, 2 to 13 for an integer or time and 24 for a UUID.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a key column of a type that has no compact form.
    pub fn encode(&self) -> Result<String> {
        let mut bytes = vec![u8::from(self.side == Side::Before)];
        bytes.extend(self.keyset.to_be_bytes());
        for value in &self.values {
            write(&mut bytes, value)?;
        }
        Ok(base64_url(&bytes))
    }

    /// Reads what [`Cursor::encode`] wrote.
    ///
    /// # Errors
    /// [`Error::Cursor`] for anything else. Never panics.
    pub fn decode(text: &str) -> Result<Self> {
        let bytes = unbase64_url(text).ok_or(BAD)?;
        let (&side, rest) = bytes.split_first().ok_or(BAD)?;
        let (keyset, mut rest) = rest.split_first_chunk::<4>().ok_or(BAD)?;
        let side = match side {
            0 => Side::After,
            1 => Side::Before,
            _ => return Err(BAD),
        };
        let mut values = Vec::new();
        while !rest.is_empty() {
            values.push(read(&mut rest)?);
        }
        Ok(Self {
            side,
            keyset: u32::from_be_bytes(*keyset),
            values,
        })
    }
}

/// One tag byte per value, then its shortest form: integers and times as zigzag varints.
mod tag {
    pub(super) const NULL_INTEGER: u8 = 0;
    pub(super) const INTEGER: u8 = 1;
    pub(super) const NULL_TIME: u8 = 2;
    pub(super) const TIME: u8 = 3;
    pub(super) const UUID: u8 = 4;
    pub(super) const TEXT: u8 = 5;
    pub(super) const NULL_TEXT: u8 = 6;
}

fn write(out: &mut Vec<u8>, value: &Value) -> Result<()> {
    match value {
        Value::BigInt(None) => out.push(tag::NULL_INTEGER),
        Value::BigInt(Some(n)) => {
            out.push(tag::INTEGER);
            write_varint(out, *n);
        }
        Value::ChronoDateTimeUtc(None) => out.push(tag::NULL_TIME),
        Value::ChronoDateTimeUtc(Some(time)) => {
            out.push(tag::TIME);
            write_varint(out, time.timestamp_micros());
        }
        Value::Uuid(Some(uuid)) => {
            out.push(tag::UUID);
            out.extend(uuid.as_bytes());
        }
        Value::String(None) => out.push(tag::NULL_TEXT),
        Value::String(Some(text)) => {
            out.push(tag::TEXT);
            write_varint(out, i64::try_from(text.len()).unwrap_or(i64::MAX));
            out.extend(text.bytes());
        }
        _ => return Err(Error::Cursor("a key column has no compact form")),
    }
    Ok(())
}

fn read(rest: &mut &[u8]) -> Result<Value> {
    let (&tag, after) = rest.split_first().ok_or(BAD)?;
    *rest = after;
    Ok(match tag {
        tag::NULL_INTEGER => Value::BigInt(None),
        tag::INTEGER => Value::BigInt(Some(read_varint(rest)?)),
        tag::NULL_TIME => Value::ChronoDateTimeUtc(None),
        tag::TIME => {
            let time = DateTimeUtc::from_timestamp_micros(read_varint(rest)?).ok_or(BAD)?;
            Value::ChronoDateTimeUtc(Some(time))
        }
        tag::UUID => {
            let (bytes, after) = rest.split_first_chunk::<16>().ok_or(BAD)?;
            *rest = after;
            Value::Uuid(Some(Uuid::from_bytes(*bytes)))
        }
        tag::NULL_TEXT => Value::String(None),
        tag::TEXT => {
            let length = usize::try_from(read_varint(rest)?).map_err(|_| BAD)?;
            let (text, after) = rest.split_at_checked(length).ok_or(BAD)?;
            *rest = after;
            Value::String(Some(String::from_utf8(text.to_vec()).map_err(|_| BAD)?))
        }
        _ => return Err(BAD),
    })
}

fn write_varint(out: &mut Vec<u8>, n: i64) {
    let mut zigzag = ((n << 1) ^ (n >> 63)).cast_unsigned();
    while zigzag >= 0x80 {
        out.push((zigzag & 0x7f) as u8 | 0x80);
        zigzag >>= 7;
    }
    out.push((zigzag & 0x7f) as u8);
}

fn read_varint(rest: &mut &[u8]) -> Result<i64> {
    let mut zigzag = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first().ok_or(BAD)?;
        *rest = after;
        zigzag |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((zigzag >> 1).cast_signed() ^ -((zigzag & 1).cast_signed()));
        }
    }
    Err(BAD)
}

fn base64_url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn unbase64_url(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .ok()
}
