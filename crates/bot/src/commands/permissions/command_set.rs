//! `permissions command set`.

use super::apply::apply;
use crate::{
    command::{
        Access, Call, Catalog, Category, Command, Entry, Param, ParamKind, Scope, Spec, Visibility,
    },
    failure::Result,
    permission::{Change, RequiredBy, Rules},
    text::Message,
};
use poise::serenity_prelude::Permissions;

pub(super) struct CommandSet;

impl Command for CommandSet {
    const SPEC: Spec = Spec {
        path: "permissions command set",
        aliases: &[],
        category: Category::Permissions,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[
            Param::next("command", ParamKind::CommandPath),
            Param::next("rank", ParamKind::Integer(0, 10)),
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let rank = call.args.required_integer("rank")?;
        let entry = configurable(call)?;
        let change = Change::Command {
            path: entry.path.clone(),
            rank: Some(rank),
        };
        let after = place.rules.after(&change);
        let text = if apply(call.data(), place, call.spec, change).await? {
            "permissions-command-set"
        } else {
            "permissions-command-unchanged"
        };
        let answer = Message::new(text)
            .with("command", entry.path.as_str())
            .with("rank", rank)
            .with("children", followers(&call.data().commands, entry, &after));
        call.answer(&answer).await?;
        Ok(())
    }
}

/// The command that the call names, if a guild may have its own rule for it.
pub(super) fn configurable<'a>(call: &Call<'a>) -> Result<&'a Entry> {
    let entry = call.named_command("command")?;
    let for_operators = |spec: &Spec| spec.access.scope == Scope::Operator;
    if entry.spec.is_some_and(for_operators) {
        return Err(Message::new("permissions-command-operator")
            .with("command", entry.path.as_str())
            .into());
    }
    Ok(entry)
}

/// How many commands below `entry` follow its rule.
fn followers(commands: &Catalog, entry: &Entry, rules: &Rules) -> usize {
    let follows = |below: &&Entry| {
        below.spec.is_some_and(|spec| {
            let by = rules.required(&below.path, spec.access.rank).by;
            !below.is_group && by == RequiredBy::Row(entry.path.clone())
        })
    };
    commands.below(&entry.path).filter(follows).count()
}
