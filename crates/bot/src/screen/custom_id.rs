//! `v1:<screen>:<args>:<owner>:<signature>`, at most 100 characters.

use hmac::{Hmac, KeyInit, Mac, digest::array::Array};
use sha2::Sha256;

/// What a component stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomId {
    /// Which screen it belongs to: lower-case letters and dashes.
    pub screen: String,
    /// What the screen needs to know: no colons.
    pub args: String,
    /// Who may press it; 0: everybody.
    pub owner: u64,
}

/// Signs and checks custom ids. One key for all processes of a bot.
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

const VERSION: &str = "v1";
const SIGNATURE: usize = 8;
/// The longest custom id that Discord takes.
const MAX: usize = 100;

impl Signer {
    /// A signer with this key, which may have any length.
    pub fn new(key: &[u8]) -> Self {
        // HMAC takes keys of any length; the default key is never reached.
        Self(Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Array::default())))
    }

    /// The custom id, good in this guild only (0: in direct messages). `None`: too long, or the
    /// arguments hold a colon.
    pub fn sign(&self, id: &CustomId, guild_id: u64) -> Option<String> {
        let body = format!("{VERSION}:{}:{}:{}", id.screen, id.args, base62(id.owner));
        let signed = format!("{body}:{}", self.signature(&body, guild_id));
        (signed.len() <= MAX && !id.args.contains(':') && !id.screen.contains(':'))
            .then_some(signed)
    }

    /// What a custom id stands for; `None`: not ours, of another version, or altered.
    pub fn verify(&self, text: &str, guild_id: u64) -> Option<CustomId> {
        let (body, signature) = text.rsplit_once(':')?;
        let expected = self.signature(body, guild_id);
        if !constant_time_equal(expected.as_bytes(), signature.as_bytes()) {
            return None;
        }
        let mut parts = body.split(':');
        let (VERSION, Some(screen), Some(args), Some(owner), None) = (
            parts.next()?,
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return None;
        };
        Some(CustomId {
            screen: screen.to_owned(),
            args: args.to_owned(),
            owner: unbase62(owner)?,
        })
    }

    fn signature(&self, body: &str, guild_id: u64) -> String {
        let mut text = encode(&self.mac(body, guild_id).finalize().into_bytes());
        text.truncate(SIGNATURE);
        text
    }

    fn mac(&self, body: &str, guild_id: u64) -> Hmac<Sha256> {
        self.0
            .clone()
            .chain_update(body)
            .chain_update(guild_id.to_be_bytes())
    }
}

fn encode(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn constant_time_equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A number in 62 digits: at most 11 characters.
pub fn base62(mut n: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(
            DIGITS[usize::try_from(n % 62).unwrap_or_default()],
        ));
        n /= 62;
        if n == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Reads [`base62`].
pub fn unbase62(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0u64, |n, byte| {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        n.checked_mul(62)?.checked_add(u64::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(screen: &str, args: &str, owner: u64) -> CustomId {
        CustomId {
            screen: screen.into(),
            args: args.into(),
            owner,
        }
    }

    proptest! {
        #[test]
        fn what_was_signed_is_read_back(screen in "[a-z-]{1,20}", args in "[A-Za-z0-9_.-]{0,40}", owner: u64, guild: u64) {
            let signer = Signer::new(b"key");
            let id = id(&screen, &args, owner);
            let text = signer.sign(&id, guild).unwrap();
            prop_assert!(text.len() <= MAX);
            prop_assert_eq!(signer.verify(&text, guild), Some(id));
        }

        #[test]
        fn a_changed_character_a_foreign_guild_or_another_key_is_noticed(at in 0usize..60, with in "[A-Za-z0-9:]", guild: u64) {
            let signer = Signer::new(b"key");
            let text = signer.sign(&id("cases", "a.12.b", 77), guild).unwrap();
            let mut altered = text.clone();
            let at = at % text.len();
            altered.replace_range(at..=at, &with);
            if altered != text {
                prop_assert_eq!(signer.verify(&altered, guild), None);
            }
            prop_assert_eq!(signer.verify(&text, guild.wrapping_add(1)), None);
            prop_assert_eq!(Signer::new(b"other").verify(&text, guild), None);
        }

        #[test]
        fn nothing_that_people_send_panics(text in any::<String>(), guild: u64) {
            prop_assert_eq!(Signer::new(b"key").verify(&text, guild), None);
        }

        #[test]
        fn numbers_survive_base62(n: u64) {
            prop_assert_eq!(unbase62(&base62(n)), Some(n));
        }
    }

    #[test]
    fn arguments_that_do_not_fit_are_refused() {
        let signer = Signer::new(b"key");
        assert_eq!(signer.sign(&id("cases", &"x".repeat(90), 1), 1), None);
        assert_eq!(signer.sign(&id("cases", "a:b", 1), 1), None);
    }
}
