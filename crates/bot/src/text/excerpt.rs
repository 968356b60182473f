//! Long texts in one line of a list.

/// The beginning of `text` in one line: at most `max` characters, the last one `…` when there is more.
pub fn excerpt(text: &str, max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max {
        return line;
    }
    let kept: String = line.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_stays_and_what_is_too_long_says_so() {
        assert_eq!(excerpt("spam", 4), "spam");
        assert_eq!(excerpt("a\n b", 4), "a b");
        assert_eq!(excerpt("spam again", 6), "spam…");
    }

    proptest! {
        #[test]
        fn an_excerpt_is_one_line_within_its_length(text in any::<String>(), max in 1usize..40) {
            let excerpt = excerpt(&text, max);
            prop_assert!(excerpt.chars().count() <= max);
            prop_assert!(!excerpt.contains('\n'));
        }
    }
}
