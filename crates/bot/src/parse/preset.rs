//! Reasons given by name: `$name` at the beginning of a reason.

/// The most characters of a name.
pub const NAME_MAX: u16 = 32;

/// The name that presets are stored by: a letter, then letters, digits, `-` and `_`, in lower case. A `$` before it
/// is not part of it. `None`: this is no name.
pub fn name(typed: &str) -> Option<String> {
    let typed = typed.strip_prefix('$').unwrap_or(typed);
    let name = typed.to_lowercase();
    let fits = name.chars().count() <= usize::from(NAME_MAX);
    (fits && !name.is_empty() && name_length(&name) == name.len()).then_some(name)
}

/// How a reason begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening<'a> {
    /// With the name of a preset; the rest follows its text as it is.
    Preset {
        /// The name, as presets are stored by it.
        name: String,
        /// What follows the name, with the space or comma between.
        rest: &'a str,
    },
    /// With words of its own. `$$` stands for a `$` that names nothing.
    Words(&'a str),
}

/// Reads the beginning of a reason. An amount such as `$5` names no preset.
pub fn opening(reason: &str) -> Opening<'_> {
    let Some(after) = reason.strip_prefix('$') else {
        return Opening::Words(reason);
    };
    if after.starts_with('$') {
        return Opening::Words(after);
    }
    let (typed, rest) = after.split_at(name_length(after));
    match name(typed) {
        Some(name) => Opening::Preset { name, rest },
        None => Opening::Words(reason),
    }
}

/// How many bytes at the beginning of `text` could be a name.
fn name_length(text: &str) -> usize {
    if !text.starts_with(char::is_alphabetic) {
        return 0;
    }
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_a_word_that_begins_with_a_letter() {
        assert_eq!(name("$Spam").as_deref(), Some("spam"));
        assert_eq!(name("rule-3_b").as_deref(), Some("rule-3_b"));
        assert_eq!(name("Übel").as_deref(), Some("übel"));
        for unfit in ["", "$", "$$a", "3rd", "-a", "a b", "a.b", &"a".repeat(33)] {
            assert_eq!(name(unfit), None, "{unfit}");
        }
    }

    #[test]
    fn a_dollar_and_a_name_open_a_reason_and_an_amount_does_not() {
        let preset = |name: &str, rest| Opening::Preset {
            name: name.to_owned(),
            rest,
        };
        assert_eq!(opening("$spam"), preset("spam", ""));
        assert_eq!(opening("$Spam again"), preset("spam", " again"));
        assert_eq!(opening("$spam, again"), preset("spam", ", again"));
        assert_eq!(opening("$$spam"), Opening::Words("$spam"));
        assert_eq!(opening("$5 scam"), Opening::Words("$5 scam"));
        assert_eq!(opening("says $spam"), Opening::Words("says $spam"));
    }

    proptest! {
        #[test]
        fn every_name_is_found_again_at_the_beginning_of_a_reason(typed in any::<String>(), rest in "( .*)?") {
            if let Some(name) = name(&typed) {
                let reason = format!("${name}{rest}");
                prop_assert_eq!(opening(&reason), Opening::Preset { name: name.clone(), rest: &rest });
                prop_assert_eq!(super::name(&name), Some(name));
            }
        }
    }
}
