//! `prefix show`.

use super::about;
use crate::{
    command::{Access, Call, Category, Command, Spec, Visibility},
    failure::Result,
};

pub(super) struct Show;

impl Command for Show {
    const SPEC: Spec = Spec {
        path: "prefix show",
        aliases: &[],
        category: Category::Settings,
        access: Access::MEMBERS,
        visibility: Visibility::Private,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let settings = call.data().guilds.settings(call.ctx.guild_id()).await;
        call.answer(&about("prefix-show", &settings.prefix)).await?;
        Ok(())
    }
}
