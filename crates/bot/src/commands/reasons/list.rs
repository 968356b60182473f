//! `reasons list`.

use crate::{
    command::{Access, Call, Category, Command, DbContext as _, Reply, Spec, Visibility},
    failure::Result,
    text::{Message, code, escape_markdown, excerpt, fit},
};
use controllers::{Everything, Query as _};
use entity::reason_preset;
use poise::serenity_prelude::{CreateEmbed, Permissions};

/// The most characters of an embed's description.
const DESCRIPTION: usize = 4_096;
/// The most characters of a text in the list.
const TEXT: usize = 100;

pub(super) struct List;

impl Command for List {
    const SPEC: Spec = Spec {
        path: "reasons list",
        aliases: &[],
        category: Category::Settings,
        // Whoever gives reasons has to know their names.
        access: Access::guild(2, Permissions::MODERATE_MEMBERS),
        visibility: Visibility::Private,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let presets = call.guild_db()?.reason_presets().list(Everything).await?;
        let lines: Vec<String> = presets.iter().map(line).collect();
        let body = if lines.is_empty() {
            call.text("reasons-none")
        } else {
            fit(&lines, "\n", DESCRIPTION, |count| {
                call.say(&Message::new("list-more").with("count", count))
            })
        };
        let embed = CreateEmbed::new()
            .title(call.text("reasons-title"))
            .description(body);
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

fn line(preset: &reason_preset::Model) -> String {
    let name = code(&format!("${}", preset.name));
    format!("{name}: {}", escape_markdown(&excerpt(&preset.text, TEXT)))
}
