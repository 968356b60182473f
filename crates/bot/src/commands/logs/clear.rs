//! `logs clear`.

use super::{NAMES, kinds};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Spec, Visibility},
    failure::Result,
    text::Message,
};
use poise::serenity_prelude::Permissions;

pub(super) struct Clear;

impl Command for Clear {
    const SPEC: Spec = Spec {
        path: "logs clear",
        aliases: &[],
        category: Category::Settings,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[Param::next("kind", ParamKind::Choice(NAMES))],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let author = place.author();
        for kind in kinds(&[call.args.required_text("kind")?]) {
            let cleared = place
                .write(call.data(), move |db| {
                    Box::pin(async move { db.log_channels().clear(kind, author).await })
                })
                .await?;
            let text = if cleared {
                "logs-cleared"
            } else {
                "logs-not-set"
            };
            call.answer(&Message::new(text).with("log", kind.as_str()))
                .await?;
        }
        Ok(())
    }
}
