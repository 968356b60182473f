//! Words of a line: separated by spaces, quotes group, a backslash takes the next quote as it is.

/// Cuts a line into words. `None` when a quote is not closed.
///
/// A quote counts only at the start of a word or after a colon, so that `don't` and `5"` are words.
pub(crate) fn split(line: &str, separator: char) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut chars = line.chars().peekable();
    let mut word: Option<String> = None;
    while let Some(c) = chars.next() {
        let opens = word
            .as_ref()
            .is_none_or(|word| word.ends_with(':') || word.trim().is_empty());
        if c == separator {
            words.extend(word.take());
        } else if c == '"' && opens {
            let mut text = word.take().unwrap_or_default();
            loop {
                match chars.next()? {
                    '"' => break,
                    '\\' if matches!(chars.peek(), Some('"' | '\\')) => text.extend(chars.next()),
                    other => text.push(other),
                }
            }
            word = Some(text);
        } else {
            word.get_or_insert_default().push(c);
        }
    }
    words.extend(word);
    Some(words)
}

/// A word so that [`split`] gives it back.
pub(crate) fn quote(word: &str, separator: char) -> String {
    let plain = !word.is_empty()
        && word.trim() == word
        && !word.contains(['"', '\\', separator])
        && !word.contains(char::is_whitespace);
    if plain {
        return word.to_owned();
    }
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_group_and_stand_where_they_should() {
        let words = split(
            r#"ban member:@troll reason:"two \"good\" words" don't"#,
            ' ',
        );
        let expected = ["ban", "member:@troll", "reason:two \"good\" words", "don't"];
        assert_eq!(words.unwrap(), expected);
        assert_eq!(split(r#"reason:"open"#, ' '), None);
    }

    proptest::proptest! {
        #[test]
        fn a_quoted_word_comes_back(word in "\\PC{1,20}") {
            let line = format!("a:{} b", quote(&word, ' '));
            let words = split(&line, ' ').unwrap();
            proptest::prop_assert_eq!(words, [format!("a:{word}"), "b".to_owned()]);
        }
    }
}
