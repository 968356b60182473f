//! `about`: what the bot is and who runs it.

use crate::{
    command::{Access, Call, Category, Command, Reply, Spec, Visibility},
    discord::invite,
    failure::Result,
    text::Message,
};
use poise::serenity_prelude::{CreateActionRow, CreateButton, CreateEmbed};

pub(crate) struct About;

impl Command for About {
    const SPEC: Spec = Spec {
        path: "about",
        aliases: &[],
        category: Category::Core,
        access: Access::ANYWHERE,
        visibility: Visibility::Public,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let source = env!("CARGO_PKG_REPOSITORY");
        let application = call.ctx.serenity_context().http.application_id();
        let invite = application.map(|id| invite::link(id.get()));
        let operators: Vec<String> = call
            .data()
            .operators
            .iter()
            .map(|id| format!("<@{id}>"))
            .collect();
        let operators = if operators.is_empty() {
            "none".to_owned()
        } else {
            operators.join(", ")
        };
        let mut lines = vec![
            Message::new("about-text"),
            Message::new("about-privacy"),
            Message::new("about-licence").with("licence", env!("CARGO_PKG_LICENSE")),
            Message::new("about-source").with("url", source),
            Message::new("about-operators").with("operators", operators),
        ];
        lines.extend(
            invite
                .as_deref()
                .map(|url| Message::new("about-invite").with("url", url)),
        );
        let lines: Vec<String> = lines.iter().map(|line| call.say(line)).collect();
        let title = Message::new("about-title").with("version", env!("CARGO_PKG_VERSION"));
        let embed = CreateEmbed::new()
            .title(call.say(&title))
            .description(lines.join("\n"));
        let mut buttons = vec![CreateButton::new_link(source).label(call.text("button-source"))];
        buttons.extend(
            invite.map(|url| CreateButton::new_link(url).label(call.text("button-invite"))),
        );
        let reply = Reply::embed(embed).with_components(vec![CreateActionRow::Buttons(buttons)]);
        call.reply(reply).await?;
        Ok(())
    }
}
