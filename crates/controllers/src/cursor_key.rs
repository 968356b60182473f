//! Cursors that a client cannot make or change.

use crate::{
    Cursor, Error, Result,
    cursor::{BAD, base64_url, unbase64_url},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// The longest text that fits a custom id of a Discord component, in characters.
const LONGEST: usize = 100;
/// How much of the HMAC travels: a guess succeeds once in 2^64 times.
const TAG: usize = 8;

/// The secret that cursors are signed with.
///
/// A signed cursor is good for one context, such as the guild, list and person that it was made for.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

impl CursorKey {
    /// A key from secret bytes, at least 16 of them.
    ///
    /// # Errors
    /// [`Error::Cursor`] for fewer.
    pub fn new(secret: &[u8]) -> Result<Self> {
        if secret.len() < 16 {
            return Err(Error::Cursor("a key needs at least 16 bytes"));
        }
        let mac = Hmac::new_from_slice(secret).map_err(|_| BAD)?;
        Ok(Self(mac))
    }

    /// The cursor as text that [`CursorKey::open`] accepts in the same context: 18 characters plus 2 to 15
    /// for each integer or time and 23 for a UUID, at most 100.
    ///
    /// # Errors
    /// [`Error::Cursor`] when it would be longer, or a key column has no compact form.
    pub fn sign(&self, cursor: &Cursor, context: &str) -> Result<String> {
        let mut bytes = cursor.to_bytes()?;
        let tag = self.mac(&bytes, context).finalize().into_bytes();
        bytes.extend(tag.iter().take(TAG));
        let text = base64_url(&bytes);
        if text.len() > LONGEST {
            return Err(Error::Cursor("too long for a button"));
        }
        Ok(text)
    }

    /// Reads what [`CursorKey::sign`] wrote. Never panics.
    ///
    /// # Errors
    /// [`Error::Cursor`] for anything else: another key or context, or a single changed bit.
    pub fn open(&self, text: &str, context: &str) -> Result<Cursor> {
        let bytes = unbase64_url(text).ok_or(BAD)?;
        let (cursor, tag) = bytes.split_last_chunk::<TAG>().ok_or(BAD)?;
        let checked = self.mac(cursor, context).verify_truncated_left(tag);
        checked.map_err(|_| Error::Cursor("altered, or made for something else"))?;
        Cursor::from_bytes(cursor)
    }

    fn mac(&self, cursor: &[u8], context: &str) -> Hmac<Sha256> {
        // The length keeps a cursor and its context apart.
        let length = (cursor.len() as u64).to_be_bytes();
        self.0
            .clone()
            .chain_update(length)
            .chain_update(cursor)
            .chain_update(context)
    }
}

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Side, cursor::tests::cursor};
    use proptest::prelude::*;
    use sea_orm::{
        Value,
        prelude::{DateTimeUtc, Uuid},
    };

    fn key() -> CursorKey {
        CursorKey::new(b"sixteen or more bytes").unwrap()
    }

    #[test]
    fn a_cursor_of_the_longest_keys_fits_a_button() {
        let widest = Cursor {
            side: Side::Before,
            keyset: u32::MAX,
            values: vec![
                Value::BigInt(Some(i64::MIN)),
                Value::ChronoDateTimeUtc(Some(DateTimeUtc::MAX_UTC)),
                Value::Uuid(Some(Uuid::max())),
            ],
        };
        let text = key().sign(&widest, "").unwrap();
        assert!(text.len() <= 74, "{}", text.len());
        let long = Cursor {
            values: vec![Value::from("x".repeat(80))],
            ..widest
        };
        assert!(key().sign(&long, "").is_err());
    }

    #[test]
    fn a_key_shows_nothing_of_itself_and_is_never_short() {
        assert_eq!(format!("{:?}", key()), "CursorKey(..)");
        assert!(CursorKey::new(b"fifteen bytes !").is_err());
    }

    proptest! {
        #[test]
        fn what_was_signed_can_be_opened_in_its_context_only(cursor in cursor(), context in ".{0,9}") {
            let Ok(text) = key().sign(&cursor, &context) else { return Ok(()) };
            prop_assert_eq!(key().open(&text, &context).unwrap(), cursor);
            let another = format!("{context} ");
            prop_assert!(key().open(&text, &another).is_err());
            let other = CursorKey::new(b"sixteen other bytes").unwrap();
            prop_assert!(other.open(&text, &context).is_err());
        }

        #[test]
        fn a_single_changed_bit_is_noticed(cursor in cursor(), bit in any::<prop::sample::Index>()) {
            let Ok(text) = key().sign(&cursor, "list") else { return Ok(()) };
            let mut bytes = unbase64_url(&text).unwrap();
            let bit = bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(key().open(&base64_url(&bytes), "list").is_err());
        }

        #[test]
        fn no_text_panics_or_is_accepted(text in ".{0,100}") {
            prop_assert!(key().open(&text, "list").is_err());
        }
    }
}
