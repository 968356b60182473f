//! Text of users inside Discord's Markdown.

/// `text` with every character escaped that Discord would read as markup, as a mention or as an emoji.
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut line_start = true;
    let mut number = false;
    for c in text.chars() {
        let markup = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '(' | ')' | '<' | '>' => true,
            // Headings and lists begin a line.
            '#' | '-' | '+' => line_start,
            '.' => number,
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
        number = c.is_ascii_digit() && (line_start || number);
        line_start = c == '\n' || (line_start && c.is_whitespace());
    }
    escaped
}

/// `text` as inline code. Nothing can be escaped there, so backticks become the apostrophe that looks like them.
pub fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '`' => '\u{02CB}',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    if text.trim().is_empty() {
        "` `".to_owned()
    } else {
        format!("`{text}`")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_mentions_and_lists_are_escaped() {
        assert_eq!(
            escape_markdown("*hi* <@1> `x` a_b"),
            "\\*hi\\* \\<@1\\> \\`x\\` a\\_b"
        );
        assert_eq!(
            escape_markdown("# big\n - item\n12. x"),
            "\\# big\n \\- item\n12\\. x"
        );
        assert_eq!(
            escape_markdown("issue #3, well-known, 1.5"),
            "issue #3, well-known, 1.5"
        );
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("-a`b"), "`-aˋb`");
        assert_eq!(code(""), "` `");
        assert_eq!(code("a\nb"), "`a b`");
    }

    proptest! {
        #[test]
        fn without_its_backslashes_the_escaped_text_is_the_text(text in "[^\\\\]*") {
            prop_assert_eq!(escape_markdown(&text).replace('\\', ""), text);
        }

        #[test]
        fn code_has_one_pair_of_backticks(text in any::<String>()) {
            prop_assert_eq!(code(&text).matches('`').count(), 2);
        }
    }
}
