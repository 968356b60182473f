//! `permissions role set`.

use super::first_rank::{FirstRank, give};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    permission::Change,
    text::{Message, code},
};
use poise::serenity_prelude::{Permissions, RoleId};

pub(crate) struct RoleSet;

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
        if change.introduces_ranks(&place.rules) {
            return FirstRank::ask(call, place, role, rank).await;
        }
        call.answer(&give(call.viewer(), role, rank).await?).await?;
        Ok(())
    }
}
