//! `reasons list|set|delete`: reasons that moderators give by name, as `$name`.

mod delete;
mod list;
mod set;

use crate::{
    command::{Access, Call, Node, Param, ParamKind},
    failure::Result,
    parse::preset,
    text::{Message, code},
};
use poise::serenity_prelude::Permissions;

/// Who may change them.
const ACCESS: Access = Access::guild(4, Permissions::MANAGE_GUILD);
const NAME: Param = Param::next("name", ParamKind::Text(preset::NAME_MAX));

pub(crate) fn node() -> Node {
    let children = vec![
        Node::leaf::<list::List>(),
        Node::leaf::<set::Set>(),
        Node::leaf::<delete::Delete>(),
    ];
    Node::group_with_twin::<list::List>("reasons", &[], children)
}

/// The name in a call, as presets are stored by it.
fn name(call: &Call<'_>) -> Result<String> {
    let typed = call.args.required_text("name")?;
    preset::name(typed).ok_or_else(|| {
        Message::new("err-name-invalid")
            .with("name", code(typed))
            .with("rule", call.text("reasons-name-rule"))
            .into()
    })
}
