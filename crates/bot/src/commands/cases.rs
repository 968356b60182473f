//! `cases`: lists of cases, and corrections of single ones.

mod edit;
mod filter;
mod list;
mod page;
mod retry;

pub(crate) use edit::Edit;
pub(crate) use list::{CasesOf, List, Pages};
pub(crate) use page::draw;
pub(crate) use retry::Retry;

use super::case;
use crate::{
    command::{Access, Call, Category, Command, Node, Param, ParamKind, Spec, Visibility},
    failure::Result,
    parse::targets::{self, Target},
    text::{Message, code},
};
use controllers::CaseFilter;
use poise::serenity_prelude::Permissions;

/// Who may look at the cases of others.
pub(crate) const STAFF: Access = Access::guild(2, Permissions::MODERATE_MEMBERS);

/// `cases`, in prefix form only: alone a list, with a number one case, with a person their cases.
struct Cases;

impl Command for Cases {
    const SPEC: Spec = Spec {
        path: "cases",
        aliases: &["c"],
        category: Category::Cases,
        access: STAFF,
        visibility: Visibility::Private,
        params: &[
            Param::next("user", ParamKind::Text(100)).optional(),
            filter::MODERATOR,
            filter::TYPE,
            filter::STATE,
            filter::SOURCE,
            filter::SINCE,
            filter::UNTIL,
            filter::REASON,
            filter::ACTIVE,
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let filter = filter::read(call).await?;
        let Some(text) = call.args.text("user") else {
            return list::show(call, filter).await;
        };
        if let Some(number) = case_number(text) {
            return case::show(call, number).await;
        }
        let (found, _) = targets::take(text).map_err(Message::from)?;
        let [Target::Id(user_id)] = found[..] else {
            return Err(Message::new("err-target-not-found")
                .with("target", code(text))
                .into());
        };
        let filter = CaseFilter {
            target_id: Some(user_id.cast_signed()),
            ..filter
        };
        list::show(call, filter).await
    }
}

/// `12` or `#12`; ids of persons have more than ten digits.
fn case_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_number =
        (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// The group.
pub(crate) fn nodes() -> Vec<Node> {
    vec![Node::group_with_root::<Cases>(children())]
}

/// The commands below `cases`, which the prefix form also takes below `case`.
pub(crate) fn children() -> Vec<Node> {
    vec![
        Node::leaf::<List>(),
        Node::leaf::<Edit>(),
        Node::leaf::<Retry>(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_ten_digits_are_a_case_and_more_are_a_person() {
        assert_eq!(case_number("12"), Some(12));
        assert_eq!(case_number("#12"), Some(12));
        assert_eq!(case_number("9999999999"), Some(9_999_999_999));
        for text in ["12345678901", "<@123456789012345678>", "-1", "+1", "", "#"] {
            assert_eq!(case_number(text), None, "{text}");
        }
    }
}
