//! Reasons of moderators.

use unicode_normalization::UnicodeNormalization;

/// The most characters of a reason that are stored.
pub const MAX_CHARS: usize = 1000;

/// The most characters that Discord takes as the reason of an audit-log entry.
pub const AUDIT_MAX_CHARS: usize = 512;

/// A reason as it is stored: composed (NFC), without control characters except line breaks, trimmed, not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The text, at most [`MAX_CHARS`] characters.
    pub text: String,
    /// Whether more was typed than is kept; the reply says so.
    pub cut: bool,
}

impl Reason {
    /// Cleans what was typed; `None` when nothing is left.
    pub fn parse(text: &str) -> Option<Self> {
        // Control characters go first: one between a letter and its accent would keep them from composing.
        let composed: String = text
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .nfc()
            .collect();
        let trimmed = composed.trim();
        let kept = match trimmed.char_indices().nth(MAX_CHARS) {
            Some((end, _)) => &trimmed[..end],
            None => trimmed,
        };
        if kept.is_empty() {
            return None;
        }
        Some(Self {
            text: kept.trim_end().to_owned(),
            cut: kept.len() < trimmed.len(),
        })
    }
}

/// What the audit log's reason begins with when the bot did something for a case.
pub fn marker(case: i64) -> String {
    format!("#{case} ")
}

/// The case whose [`marker`] a reason of the audit log begins with.
pub fn marked_case(reason: &str) -> Option<i64> {
    let (number, _) = reason.strip_prefix('#')?.split_once(' ')?;
    number.parse().ok().filter(|number| *number > 0)
}

/// The reason for Discord's audit log: `#<case> <moderator>: <reason>` in one line.
///
/// The end is cut to [`AUDIT_MAX_CHARS`] characters, never the case number at the beginning, by which the entry is
/// recognised later.
pub fn audit_reason(case: i64, moderator: &str, reason: &str) -> String {
    let line = format!("{}{moderator}: {reason}", marker(case));
    let line: String = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(AUDIT_MAX_CHARS) {
        None => line,
        Some(_) => line
            .chars()
            .take(AUDIT_MAX_CHARS - 1)
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        let reason = Reason::parse("  spam\u{7}\r\nand \u{1b}[31mmore \t").expect("a reason");
        assert_eq!(
            reason,
            Reason {
                text: "spam\nand [31mmore".to_owned(),
                cut: false
            }
        );
    }

    #[test]
    fn letters_and_accents_are_composed_even_around_a_control_character() {
        let text = |typed| Reason::parse(typed).map(|reason| reason.text);
        assert_eq!(text("cafe\u{301}").as_deref(), Some("caf\u{e9}"));
        assert_eq!(text("cafe\u{0}\u{301}").as_deref(), Some("caf\u{e9}"));
    }

    #[test]
    fn nothing_left_is_no_reason() {
        assert_eq!(Reason::parse(" \n\u{0} "), None);
    }

    #[test]
    fn the_thousandth_character_is_the_last() {
        let exact = Reason::parse(&"é".repeat(1000)).expect("a reason");
        assert!(!exact.cut);
        let longer = Reason::parse(&"é".repeat(1001)).expect("a reason");
        assert_eq!(longer, Reason { cut: true, ..exact });
    }

    #[test]
    fn an_audit_reason_is_one_line_that_begins_with_the_case() {
        assert_eq!(
            audit_reason(12, "ada", "spam\nand  more"),
            "#12 ada: spam and more"
        );
        let long = audit_reason(i64::MAX, "ada", &"ü".repeat(600));
        assert_eq!(long.chars().count(), 512);
        assert!(long.starts_with("#9223372036854775807 ada: üü") && long.ends_with("ü…"));
    }

    proptest! {
        #[test]
        fn a_reason_keeps_its_promises_and_does_not_change_again(text in any::<String>(), times in 1_usize..300) {
            if let Some(reason) = Reason::parse(&text.repeat(times)) {
                prop_assert!(!reason.text.is_empty());
                prop_assert!(reason.text.chars().count() <= MAX_CHARS);
                prop_assert!(reason.text.chars().all(|c| c == '\n' || !c.is_control()));
                let again = Reason::parse(&reason.text);
                prop_assert_eq!(again, Some(Reason { cut: false, ..reason }));
            }
        }

        #[test]
        fn an_audit_reason_fits_and_keeps_its_marker(
            case in 1_i64.., moderator in any::<String>(), reason in any::<String>(), times in 1_usize..100,
        ) {
            let line = audit_reason(case, &moderator, &reason.repeat(times));
            prop_assert!(line.chars().count() <= AUDIT_MAX_CHARS);
            prop_assert_eq!(marked_case(&line), Some(case));
        }
    }
}
