//! Names of commands as people write them.

/// The name of a command in its one spelling: `"/Cases  Edit"` becomes `"cases edit"`.
pub fn command_path(text: &str) -> String {
    let name = text.trim_start_matches(|c: char| c == '/' || c.is_whitespace());
    let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::command_path;

    #[test]
    fn case_spaces_and_a_leading_slash_do_not_matter() {
        assert_eq!(command_path(" cases \n Edit "), "cases edit");
        assert_eq!(command_path("/cases edit"), "cases edit");
        assert_eq!(command_path(" / "), "");
    }

    proptest! {
        #[test]
        fn any_text_has_a_path_with_single_spaces(text in any::<String>()) {
            let path = command_path(&text);
            prop_assert_eq!(path.trim(), path.as_str());
            prop_assert!(!path.contains("  "));
        }

        #[test]
        fn a_normalised_path_stays_as_it_is(text in "[A-Za-z/ \n-]{0,20}") {
            let path = command_path(&text);
            prop_assert_eq!(command_path(&path), path);
        }
    }
}
