//! `help`: what there is, and how it is used.

mod detail;
mod overview;
mod search;

use crate::{
    command::{Access, Call, Category, Command, Entry, Param, Reply, Spec, Visibility, text_id},
    failure::Result,
    text::{Message, code},
};

pub(crate) struct Help;

impl Command for Help {
    const SPEC: Spec = Spec {
        path: "help",
        aliases: &["h", "commands"],
        category: Category::Core,
        access: Access::ANYWHERE,
        visibility: Visibility::Private,
        params: &[Param::rest("text", 100).optional()],
    };

    async fn run(call: &Call<'_>) -> Result {
        let settings = call.data().guilds.settings(call.ctx.guild_id()).await;
        let prefix = settings.prefix.as_str();
        let Some(text) = call.args.text("text") else {
            call.reply(Reply::embed(overview::embed(call, prefix)))
                .await?;
            return Ok(());
        };
        let named = call.data().commands.find(text);
        let named = named.filter(|named| usable(call).any(|entry| entry.path == named.path));
        let embed = if let Some(entry) = named {
            detail::embed(call, prefix, entry)
        } else {
            let found = search::find(call, text);
            if found.is_empty() {
                let nothing = Message::new("help-nothing-found");
                return Err(nothing.with("query", code(text)).into());
            }
            search::embed(call, text, &found)
        };
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

/// The commands that the caller may use here, and the groups with one of them.
fn usable<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a Entry> {
    let commands = &call.data().commands;
    let may = |entry: &Entry| {
        entry
            .spec
            .is_some_and(|spec| call.decide(spec).is_allowed())
    };
    commands
        .entries()
        .filter(move |entry| may(entry) || commands.below(&entry.path).any(may))
}

/// What a command does, in a few words.
fn summary(call: &Call<'_>, entry: &Entry) -> String {
    call.text(&text_id(&entry.path))
}
