//! Emoji: Unicode's, and a guild's own.

use serde_json::{Value, json};

/// What someone reacts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Emoji {
    /// Nothing for one of Unicode's.
    pub(crate) id: Option<u64>,
    /// The name, or the character itself.
    pub(crate) name: String,
    pub(crate) animated: bool,
}

/// An emoji of a guild.
#[derive(Clone, Debug)]
pub(crate) struct GuildEmoji {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) author: u64,
    /// Who may use it; everyone when there are none.
    pub(crate) roles: Vec<u64>,
}

impl Emoji {
    /// `name:id` as routes have it, `<:name:id>` as messages do, or a character.
    pub(crate) fn parse(text: &str) -> Self {
        let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>'));
        let inner = inner.unwrap_or(text);
        let (animated, inner) = match inner.strip_prefix("a:") {
            Some(rest) => (true, rest),
            None => (false, inner.strip_prefix(':').unwrap_or(inner)),
        };
        let own = inner
            .split_once(':')
            .and_then(|(name, id)| Some((name, id.parse().ok()?)));
        match own {
            Some((name, id)) => Self {
                id: Some(id),
                name: name.to_owned(),
                animated,
            },
            None => Self {
                id: None,
                name: text.to_owned(),
                animated: false,
            },
        }
    }

    /// Whether both are the same: a guild's own goes by its id, whatever it is called.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self.id, other.id) {
            (Some(one), Some(two)) => one == two,
            (None, None) => self.name == other.name,
            _ => false,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match self.id {
            Some(id) => {
                json!({"id": id.to_string(), "name": self.name, "animated": self.animated})
            }
            None => json!({"id": null, "name": self.name}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_is_read_as_routes_and_messages_write_it() {
        for (text, id, name) in [
            ("👍", None, "👍"),
            ("rook:12", Some(12), "rook"),
            ("<:rook:12>", Some(12), "rook"),
            ("<a:rook:12>", Some(12), "rook"),
            ("a:rook:12", Some(12), "rook"),
        ] {
            let emoji = Emoji::parse(text);
            assert_eq!((emoji.id, emoji.name.as_str()), (id, name), "{text}");
        }
    }
}
