//! `permissions command clear`.

use super::{apply::apply, command_set::configurable};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    permission::Change,
    text::Message,
};
use poise::serenity_prelude::Permissions;

pub(super) struct CommandClear;

impl Command for CommandClear {
    const SPEC: Spec = Spec {
        path: "permissions command clear",
        aliases: &[],
        category: Category::Permissions,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[Param::next("command", ParamKind::CommandPath)],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let entry = configurable(call)?;
        let change = Change::Command {
            path: entry.path.clone(),
            rank: None,
        };
        let after = place.rules.after(&change);
        let text = if apply(call.data(), place, call.spec, change).await? {
            "permissions-command-cleared"
        } else {
            "permissions-command-none"
        };
        let needed = entry.spec.map_or_else(
            || "none".to_owned(),
            |spec| {
                after
                    .required(&entry.path, spec.access.rank)
                    .rank
                    .to_string()
            },
        );
        let answer = Message::new(text)
            .with("command", entry.path.as_str())
            .with("rank", needed);
        call.answer(&answer).await?;
        Ok(())
    }
}
