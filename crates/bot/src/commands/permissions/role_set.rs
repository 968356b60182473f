//! `permissions role set`.

use super::{apply::apply, guild_ranks};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    permission::Change,
    text::{Message, code},
};
use poise::serenity_prelude::{Permissions, RoleId};

pub(super) struct RoleSet;

impl Command for RoleSet {
    const SPEC: Spec = Spec {
        path: "permissions role set",
        aliases: &[],
        category: Category::Permissions,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[
            Param::next("role", ParamKind::Role),
            Param::next("rank", ParamKind::Integer(0, 10)),
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let role = RoleId::new(call.args.required_id("role")?);
        let rank = call.args.required_integer("rank")?;
        if !place.guild.roles.contains_key(&role) {
            return Err(Message::new("permissions-role-unknown")
                .with("role", code(&role.to_string()))
                .into());
        }
        let change = Change::Role {
            role,
            rank: Some(rank),
        };
        let ranks = guild_ranks(call).await;
        let text = if apply(call.data(), place, call.spec, change, ranks).await? {
            "permissions-role-set"
        } else {
            "permissions-role-unchanged"
        };
        let answer = Message::new(text)
            .with("role", place.guild.role_mention(role))
            .with("rank", rank);
        call.answer(&answer).await?;
        Ok(())
    }
}
