//! The members or users that a command is about.

use crate::parse::token;
use crate::text::{Message, code};

/// The most targets of one command; for more there are mass actions.
pub const MAX: usize = 20;

/// Somebody named in a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A mention or an id.
    Id(u64),
    /// A name, to be looked up among the members; at most the first target of a command.
    Name(String),
}

/// Why there are no targets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TargetError {
    /// Nobody was named.
    Missing,
    /// More than [`MAX`] were named: so many.
    TooMany(usize),
    /// This is neither a mention nor an id, where only those are understood.
    NotAnId(String),
}

/// Takes the targets at the beginning of `text`, in order and each once, and returns them with what follows.
///
/// They end at the first token that is neither a mention (`<@id>`, `<@!id>`) nor an id (17 to 20 digits). A first
/// token that is neither is taken as a name.
///
/// # Errors
/// [`TargetError::Missing`] or [`TargetError::TooMany`].
pub fn take(text: &str) -> Result<(Vec<Target>, &str), TargetError> {
    let mut targets = Vec::new();
    let mut rest = text;
    if leading_id(text).is_none() {
        let (name, after) = token::take(text).ok_or(TargetError::Missing)?;
        let name = name.text.trim().trim_start_matches('@');
        if name.is_empty() {
            return Err(TargetError::Missing);
        }
        targets.push(Target::Name(name.to_owned()));
        rest = after;
    }
    while let Some((id, after)) = leading_id(rest) {
        if !targets.contains(&Target::Id(id)) {
            targets.push(Target::Id(id));
        }
        rest = after;
    }
    if targets.len() > MAX {
        return Err(TargetError::TooMany(targets.len()));
    }
    Ok((targets, rest.trim_start()))
}

/// Reads a text of mentions and ids and nothing else: the slash option `also`.
///
/// # Errors
/// [`TargetError::NotAnId`] or [`TargetError::TooMany`].
pub fn ids(text: &str) -> Result<Vec<u64>, TargetError> {
    let mut ids = Vec::new();
    let mut rest = text;
    while let Some((id, after)) = leading_id(rest) {
        if !ids.contains(&id) {
            ids.push(id);
        }
        rest = after;
    }
    match token::take(rest) {
        Some((token, _)) => Err(TargetError::NotAnId(token.text.to_owned())),
        None if ids.len() > MAX => Err(TargetError::TooMany(ids.len())),
        None => Ok(ids),
    }
}

/// The id at the beginning of `text`, and what follows. Mentions may touch each other, ids end at a space.
fn leading_id(text: &str) -> Option<(u64, &str)> {
    let text = text.trim_start();
    if let Some(mention) = text.strip_prefix("<@") {
        let (digits, rest) = mention.split_once('>')?;
        return Some((snowflake(digits.strip_prefix('!').unwrap_or(digits))?, rest));
    }
    let (word, rest) = text.split_at(
        text.find(|c: char| c.is_whitespace() || c == '<')
            .unwrap_or(text.len()),
    );
    Some((snowflake(word)?, rest))
}

/// A Discord id: 17 to 20 digits, positive, and no larger than the database's integers.
fn snowflake(digits: &str) -> Option<u64> {
    let well_formed =
        (17..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let id: i64 = well_formed.then(|| digits.parse().ok())??;
    id.try_into().ok().filter(|id| *id > 0)
}

impl From<TargetError> for Message {
    fn from(error: TargetError) -> Self {
        match error {
            TargetError::Missing => Self::new("err-arg-missing").with("argument", "member"),
            TargetError::TooMany(count) => Self::new("err-number-range")
                .with("what", "targets")
                .with("value", count)
                .with("least", 1)
                .with("most", MAX),
            TargetError::NotAnId(text) => {
                Self::new("err-target-not-found").with("target", code(&text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ADA: u64 = 123_456_789_012_345_678;
    const BEN: u64 = 80_351_110_224_678_912;

    fn id(id: u64) -> Target {
        Target::Id(id)
    }

    #[test]
    fn mentions_and_ids_are_taken_until_something_else_comes() {
        let text = format!("<@{ADA}> <@!{BEN}>  {ADA} spam {BEN}");
        let (targets, rest) = take(&text).expect("targets");
        assert_eq!(targets, [id(ADA), id(BEN)]);
        assert_eq!(rest, format!("spam {BEN}"));
    }

    #[test]
    fn mentions_may_touch_each_other() {
        let text = format!("<@{ADA}><@{BEN}>spam");
        assert_eq!(take(&text), Ok((vec![id(ADA), id(BEN)], "spam")));
    }

    #[test]
    fn only_the_first_target_may_be_a_name() {
        let text = format!("\"Ada L\" {BEN} carl spam");
        let name = Target::Name("Ada L".to_owned());
        assert_eq!(take(&text), Ok((vec![name, id(BEN)], "carl spam")));
        assert_eq!(
            take("@ada spam"),
            Ok((vec![Target::Name("ada".to_owned())], "spam"))
        );
    }

    #[test]
    fn numbers_that_are_no_ids_are_names_or_the_rest() {
        for text in [
            "1234567890123456",
            "123456789012345678901",
            "9223372036854775808",
            "00000000000000000",
        ] {
            assert_eq!(take(text), Ok((vec![Target::Name(text.to_owned())], "")));
        }
        let text = format!("{ADA} 7");
        assert_eq!(take(&text), Ok((vec![id(ADA)], "7")));
    }

    #[test]
    fn nobody_and_too_many_are_refused() {
        assert_eq!(take("  "), Err(TargetError::Missing));
        assert_eq!(take("@"), Err(TargetError::Missing));
        let many = |count: u64| {
            (0..count)
                .map(|n| (ADA + n).to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(take(&many(20)).map(|(targets, _)| targets.len()), Ok(20));
        assert_eq!(take(&many(21)), Err(TargetError::TooMany(21)));
        assert_eq!(ids(&many(21)), Err(TargetError::TooMany(21)));
    }

    #[test]
    fn the_option_for_more_targets_takes_nothing_but_ids() {
        assert_eq!(ids(&format!("<@{ADA}> {BEN}")), Ok(vec![ADA, BEN]));
        assert_eq!(ids(" "), Ok(vec![]));
        assert_eq!(
            ids(&format!("{ADA} ben")),
            Err(TargetError::NotAnId("ben".to_owned()))
        );
    }

    proptest! {
        #[test]
        fn the_rest_is_the_end_of_the_text_and_no_target_comes_twice(
            pieces in prop::collection::vec(
                prop_oneof![
                    any::<String>(),
                    (ADA..ADA + 5).prop_map(|id| format!("<@{id}>")),
                    (ADA..ADA + 5).prop_map(|id| format!(" {id} ")),
                ],
                0..8,
            ),
        ) {
            let text = pieces.concat();
            if let Ok((targets, rest)) = take(&text) {
                prop_assert!(text.ends_with(rest));
                prop_assert!((1..=MAX).contains(&targets.len()));
                for (index, target) in targets.iter().enumerate() {
                    prop_assert!(!targets[..index].contains(target));
                    prop_assert!(index == 0 || matches!(target, Target::Id(_)));
                }
            }
            let _outcome = ids(&text);
        }
    }
}
