//! Words and quoted groups of a text.

/// One word, or a group in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The text as it was typed, quotes included.
    pub raw: &'a str,
    /// The text without its quotes.
    pub text: &'a str,
    /// Whether it was in quotes: then it is never a flag.
    pub quoted: bool,
}

/// Takes the first token of `text` and returns it with everything after it; `None` when only spaces are left.
///
/// A quote at the beginning of a token groups up to the next quote. Phones replace straight quotes by curly ones, so
/// all double quotes count alike. A quote that is never closed is an ordinary character.
pub fn take(text: &str) -> Option<(Token<'_>, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    if is_quote(first) {
        let inner = &text[first.len_utf8()..];
        if let Some((close, quote)) = inner.char_indices().find(|(_, c)| is_quote(*c)) {
            let (raw, rest) = text.split_at(first.len_utf8() + close + quote.len_utf8());
            return Some((
                Token {
                    raw,
                    text: &inner[..close],
                    quoted: true,
                },
                rest,
            ));
        }
    }
    let (raw, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    Some((
        Token {
            raw,
            text: raw,
            quoted: false,
        },
        rest,
    ))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::take;

    #[test]
    fn quotes_group_words() {
        let (token, rest) = take("  \"1 hour\" spam").expect("a token");
        assert_eq!(
            (token.text, token.raw, token.quoted),
            ("1 hour", "\"1 hour\"", true)
        );
        assert_eq!(rest, " spam");

        let (token, _) = take("\u{201C}1 hour\u{201D}").expect("a token");
        assert_eq!(token.text, "1 hour");
    }

    #[test]
    fn an_open_quote_is_a_character() {
        let (token, rest) = take("\"1 hour").expect("a token");
        assert_eq!((token.text, token.quoted, rest), ("\"1", false, " hour"));
    }

    proptest! {
        #[test]
        fn tokens_and_the_spaces_between_them_are_the_whole_text(text in any::<String>()) {
            let mut seen = String::new();
            let mut rest = text.as_str();
            while let Some((token, after)) = take(rest) {
                seen.extend(token.raw.chars().filter(|c| !c.is_whitespace()));
                prop_assert!(after.len() < rest.len());
                rest = after;
            }
            prop_assert!(rest.trim().is_empty());
            prop_assert_eq!(seen, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        }
    }
}
