//! `prefix reset`.

use super::{about, store};
use crate::{
    command::{Access, Call, Category, Command, Spec, Visibility},
    failure::Result,
};
use poise::serenity_prelude::Permissions;

pub(super) struct Reset;

impl Command for Reset {
    const SPEC: Spec = Spec {
        path: "prefix reset",
        aliases: &[],
        category: Category::Settings,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let default = call.data().guilds.settings(None).await;
        let id = if store(call, &default.prefix).await? {
            "prefix-reset"
        } else {
            "prefix-unchanged"
        };
        call.answer(&about(id, &default.prefix)).await?;
        Ok(())
    }
}
