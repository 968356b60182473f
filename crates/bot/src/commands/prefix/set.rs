//! `prefix set`.

use super::{about, store};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    text::{Message, code},
};
use poise::serenity_prelude::Permissions;

pub(super) struct Set;

impl Command for Set {
    const SPEC: Spec = Spec {
        path: "prefix set",
        aliases: &[],
        category: Category::Settings,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[Param::next("prefix", ParamKind::Text(5))],
    };

    async fn run(call: &Call<'_>) -> Result {
        let prefix = call.args.required_text("prefix")?;
        if !settings::is_prefix(prefix) {
            return Err(Message::new("err-name-invalid")
                .with("name", code(prefix))
                .with("rule", call.text("prefix-rule"))
                .into());
        }
        let id = if store(call, prefix).await? {
            "prefix-set"
        } else {
            "prefix-unchanged"
        };
        call.answer(&about(id, prefix)).await?;
        Ok(())
    }
}
