//! Mentions: how people write them, how Discord stores them, and how they are shown.

use crate::state::State;

/// A mention in the text of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mention {
    User(u64),
    Role(u64),
    Channel(u64),
}

/// All mentions of a text, each once, in order.
pub(crate) fn all(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for piece in pieces(text) {
        if let Piece::Mention(mention, _) = piece
            && !found.contains(&mention)
        {
            found.push(mention);
        }
    }
    found
}

enum Piece<'a> {
    Text(&'a str),
    Mention(Mention, &'a str),
}

/// Cuts a text into mentions and what lies between them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(start) = rest[from..].find('<').map(|at| from + at) {
        let end = rest[start..].find('>').map(|at| start + at + 1);
        match end.and_then(|end| Some((end, parse(&rest[start..end])?))) {
            Some((end, mention)) => {
                pieces.push(Piece::Text(&rest[..start]));
                pieces.push(Piece::Mention(mention, &rest[start..end]));
                (rest, from) = (&rest[end..], 0);
            }
            None => from = start + 1,
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Reads `<@1>`, `<@!1>`, `<@&1>` and `<#1>`.
pub(crate) fn parse(text: &str) -> Option<Mention> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let id = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    if let Some(role) = inner.strip_prefix("@&") {
        id(role).map(Mention::Role)
    } else if let Some(user) = inner.strip_prefix('@') {
        id(user.strip_prefix('!').unwrap_or(user)).map(Mention::User)
    } else {
        id(inner.strip_prefix('#')?).map(Mention::Channel)
    }
}

impl State {
    /// A text as people read it: names instead of ids. Unknown ids stay as they are.
    pub(crate) fn with_names(&self, text: &str) -> String {
        let show = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Mention(mention, raw) => {
                self.mention_name(mention).unwrap_or_else(|| raw.to_owned())
            }
        };
        pieces(text).into_iter().map(show).collect()
    }

    fn mention_name(&self, mention: Mention) -> Option<String> {
        match mention {
            Mention::User(id) => self.users.get(&id).map(|user| format!("@{}", user.name)),
            Mention::Channel(id) => self
                .channels
                .get(&id)
                .map(|channel| format!("#{}", channel.name)),
            Mention::Role(id) => {
                let role = self
                    .guilds
                    .values()
                    .find_map(|guild| guild.roles.get(&id))?;
                Some(format!("@{}", role.name.trim_start_matches('@')))
            }
        }
    }

    /// A text as the client sends it: `@name` and `#name` become mentions where the names exist.
    pub(crate) fn with_mentions(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['@', '#']) {
            let starts_word = !rest[..at].ends_with(|c: char| c.is_alphanumeric() || c == '<');
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let found = if starts_word {
                self.longest_name(rest)
            } else {
                None
            };
            if let Some((mention, len)) = found {
                out.push_str(&mention);
                rest = &rest[len..];
            } else {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        out
    }

    /// The mention that a text begins with, and how much of the text it takes. The longest name
    /// wins, so that `@mod-team` is not read as `@mod`.
    fn longest_name(&self, text: &str) -> Option<(String, usize)> {
        let (sign, rest) = text.split_at(1);
        let matches = |name: &str| {
            rest.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !rest[name.len()..].starts_with(is_name_char)
        };
        let mut best: Option<(String, usize)> = None;
        let mut offer = |name: &str, mention: String| {
            let longer = best.as_ref().is_none_or(|(_, len)| name.len() + 1 > *len);
            if longer && matches(name) {
                best = Some((mention, name.len() + 1));
            }
        };
        if sign == "#" {
            for channel in self
                .channels
                .values()
                .filter(|channel| channel.guild().is_some())
            {
                offer(&channel.name, format!("<#{}>", channel.id));
            }
            return best;
        }
        offer("bot", format!("<@{}>", self.bot_id));
        for user in self.users.values() {
            offer(&user.name, format!("<@{}>", user.id));
        }
        let roles = self.guilds.values().flat_map(|guild| guild.roles.values());
        for role in roles.filter(|role| role.position > 0) {
            offer(&role.name, format!("<@&{}>", role.id));
        }
        best
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SimClock, World};

    fn state() -> State {
        State::new(&World::rookery(), 1, SimClock::fixed(1_704_067_200_000))
    }

    #[test]
    fn names_become_mentions_and_mentions_become_names() {
        let state = state();
        let text = "!ban @troll see #mod-log, @Moderator (mail a@troll.org, @nobody)";
        let sent = state.with_mentions(text);
        assert!(
            !sent.contains(" @troll") && sent.contains("a@troll.org") && sent.contains("@nobody")
        );
        assert_eq!(all(&sent).len(), 3);
        assert_eq!(state.with_names(&sent), text);
    }

    #[test]
    fn what_only_looks_like_a_mention_stays_text() {
        let state = state();
        for text in ["<", "<@", "<@x>", "< <@>", "<#>", "<@&>", "a < b > c"] {
            assert_eq!(state.with_names(text), text);
            assert!(all(text).is_empty());
        }
    }
}
