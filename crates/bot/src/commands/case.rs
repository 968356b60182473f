//! `case`: everything about one case.

mod card;
mod timeline;

use super::cases;
use crate::{
    command::{
        Access, Call, Category, Command, DbContext as _, Node, Param, ParamKind, Spec, Visibility,
    },
    failure::Result,
    text::Message,
};
use card::Reader;
use controllers::Crud as _;
use entity::{
    mod_case,
    value::{CaseKind, TargetType},
};

/// The number of a case; ids of persons have more digits.
pub(crate) const NUMBER: Param = Param::next("number", ParamKind::Integer(1, 9_999_999_999));

/// `case`.
struct Case;

impl Command for Case {
    const SPEC: Spec = Spec {
        path: "case",
        aliases: &[],
        category: Category::Cases,
        // Everybody may look at their own; who may look at others is decided case by case.
        access: Access::MEMBERS,
        visibility: Visibility::Private,
        params: &[NUMBER],
    };

    async fn run(call: &Call<'_>) -> Result {
        show(call, call.args.required_integer("number")?).await
    }
}

/// The same command as far as the cases of others are concerned.
const OF_OTHERS: Spec = Spec {
    access: cases::STAFF,
    ..Case::SPEC
};

/// Shows a case to staff, or to the person whom it is about. Others are not told whether there is one.
pub(super) async fn show(call: &Call<'_>, number: i64) -> Result {
    let db = call.guild_db()?;
    let as_staff = call.viewer().decide(&OF_OTHERS).verdict();
    let found = db.cases().find((db.id(), number)).await?;
    let (case, reader) = match (as_staff, found) {
        (Ok(()), Some(case)) => (case, Reader::Staff),
        (Ok(()), None) => {
            return Err(Message::new("err-case-not-found")
                .with("case", number)
                .into());
        }
        (Err(refusal), found) => {
            let own = found.filter(|case| is_about(call, case));
            let self_view = call.in_guild()?.current.configured.config.self_view;
            match own.filter(|_| self_view) {
                Some(case) => (case, Reader::Target),
                None => return Err(refusal),
            }
        }
    };
    let card = card::draw(call.viewer(), &case, reader).await?;
    call.reply(card).await?;
    Ok(())
}

/// Whether the caller is the person whom a case is about, and may know.
fn is_about(call: &Call<'_>, case: &mod_case::Model) -> bool {
    case.target_type == TargetType::User
        && case.target_id == call.ctx.author().id.get().cast_signed()
        && case.kind != CaseKind::Note
}

/// The command; in prefix form, `case list` is `cases list`.
pub(crate) fn node() -> Node {
    Node::leaf::<Case>().also_taking(cases::children())
}
