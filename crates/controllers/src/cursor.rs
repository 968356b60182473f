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
/// Made by a window and good for the same order only. A client gets it as text of the alphabet
/// `A-Za-z0-9_-`: signed by [`CursorKey::sign`](crate::CursorKey::sign), or by [`Cursor::encode`] as a part of
/// something that is signed as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub(crate) side: Side,
    pub(crate) keyset: u32,
    pub(crate) values: Vec<Value>,
}

pub(crate) const BAD: Error = Error::Cursor("cannot be read");

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
        Ok(base64_url(&self.to_bytes()?))
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = vec![u8::from(self.side == Side::Before)];
        bytes.extend(self.keyset.to_be_bytes());
        for value in &self.values {
            write(&mut bytes, value)?;
        }
        Ok(bytes)
    }

    /// Reads what [`Cursor::encode`] wrote.
    ///
    /// # Errors
    /// [`Error::Cursor`] for anything else. Never panics.
    pub fn decode(text: &str) -> Result<Self> {
        Self::from_bytes(&unbase64_url(text).ok_or(BAD)?)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
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

pub(crate) fn base64_url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn unbase64_url(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        let time = DateTimeUtc::MIN_UTC.timestamp_micros()..DateTimeUtc::MAX_UTC.timestamp_micros();
        prop_oneof![
            any::<Option<i64>>().prop_map(Value::BigInt),
            prop::option::of(time).prop_map(|micros| {
                Value::ChronoDateTimeUtc(micros.and_then(DateTimeUtc::from_timestamp_micros))
            }),
            any::<u128>().prop_map(|bits| Value::Uuid(Some(Uuid::from_u128(bits)))),
            any::<Option<String>>().prop_map(Value::String),
        ]
    }

    prop_compose! {
        pub(crate) fn cursor()(
            before in any::<bool>(),
            keyset in any::<u32>(),
            values in prop::collection::vec(value(), 0..5),
        ) -> Cursor {
            let side = if before { Side::Before } else { Side::After };
            Cursor { side, keyset, values }
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_can_be_decoded_and_needs_no_escaping(cursor in cursor()) {
            let text = cursor.encode().unwrap();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(Cursor::decode(&text).unwrap(), cursor);
        }

        #[test]
        fn no_text_panics_and_what_is_read_can_be_written(text in any::<String>()) {
            if let Ok(cursor) = Cursor::decode(&text) {
                prop_assert_eq!(Cursor::decode(&cursor.encode().unwrap()).unwrap(), cursor);
            }
        }

        #[test]
        fn no_bytes_panic_and_what_is_read_can_be_written(bytes in any::<Vec<u8>>()) {
            if let Ok(cursor) = Cursor::decode(&base64_url(&bytes)) {
                prop_assert_eq!(Cursor::decode(&cursor.encode().unwrap()).unwrap(), cursor);
            }
        }

        #[test]
        fn a_cut_or_prolonged_text_is_not_taken_for_the_same_cursor(
            cursor in cursor(),
            at in any::<prop::sample::Index>(),
        ) {
            let text = cursor.encode().unwrap();
            let cut = &text[..at.index(text.len())];
            prop_assert_ne!(Cursor::decode(cut).ok(), Some(cursor));
        }
    }

    #[test]
    fn a_column_without_a_compact_form_is_an_error() {
        let cursor = Cursor {
            side: Side::After,
            keyset: 0,
            values: vec![Value::Double(Some(0.5))],
        };
        assert!(matches!(cursor.encode(), Err(Error::Cursor(_))));
    }

    #[test]
    fn a_cursor_of_a_number_is_short_enough_for_a_custom_id() {
        let cursor = Cursor {
            side: Side::After,
            keyset: u32::MAX,
            values: vec![Value::BigInt(Some(1_000_000))],
        };
        assert!(cursor.encode().unwrap().len() <= 12);
    }
}
