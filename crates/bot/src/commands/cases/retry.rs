//! `cases retry`: what Discord refused is tried again.

use super::STAFF;
use crate::{
    command::{Call, Category, Command, Reply, Spec, Visibility},
    commands::case::NUMBER,
    failure::Result,
    moderation::dead_letter,
};

/// `cases retry`.
pub(crate) struct Retry;

impl Command for Retry {
    const SPEC: Spec = Spec {
        path: "cases retry",
        aliases: &["again"],
        category: Category::Cases,
        // Whoever may not do what the case is about may not try it again either.
        access: STAFF,
        visibility: Visibility::Moderation,
        params: &[NUMBER],
    };

    async fn run(call: &Call<'_>) -> Result {
        let number = call.args.required_integer("number")?;
        let text = dead_letter::retry(call.viewer(), call.ctx.http(), number).await?;
        call.reply(Reply::text(text)).await?;
        Ok(())
    }
}
