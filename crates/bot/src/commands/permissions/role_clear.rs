//! `permissions role clear`.

use super::apply::apply;
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    permission::Change,
    text::Message,
};
use poise::serenity_prelude::{Permissions, RoleId};

pub(super) struct RoleClear;

impl Command for RoleClear {
    const SPEC: Spec = Spec {
        path: "permissions role clear",
        aliases: &[],
        category: Category::Permissions,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        // By its id, a role can be named that was deleted in the meantime.
        params: &[Param::next("role", ParamKind::Role)],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let role = RoleId::new(call.args.required_id("role")?);
        let change = Change::Role { role, rank: None };
        let text = if apply(call.data(), place, call.spec, change).await? {
            "permissions-role-cleared"
        } else {
            "permissions-role-none"
        };
        call.answer(&Message::new(text).with("role", place.guild.role_mention(role)))
            .await?;
        Ok(())
    }
}
