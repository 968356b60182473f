//! `help`: what there is, and how it is used.

mod detail;
mod menu;
mod overview;
mod page;
mod search;

use crate::{
    command::{Access, Call, Category, Command, Param, Reply, Spec, Visibility},
    failure::{Result, refuse},
    screen::{Press, Screen},
    text::{Message, code},
};
use page::Page;

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
        let page = Page::of(call.viewer()).await;
        call.reply(about(&page, call.args.text("text"))?).await?;
        Ok(())
    }
}

/// What helps with a text: the command of this name, else commands that have to do with it.
fn about(page: &Page<'_>, text: Option<&str>) -> Result<Reply> {
    let Some(text) = text else {
        return overview::draw(page);
    };
    if let Some(entry) = page.named(text) {
        return detail::draw(page, entry);
    }
    let found = search::find(page, text);
    if found.is_empty() {
        let nothing = Message::new("help-nothing-found");
        return Err(nothing.with("query", code(text)).into());
    }
    search::draw(page, text, &found)
}

/// The same in one message, chosen from menus. A menu's choice says all that the next view needs.
pub(crate) struct Browse;

impl Screen for Browse {
    const NAME: &'static str = "help";
    type Command = Help;

    async fn pressed(press: &Press<'_>) -> Result {
        let page = Page::of(press.viewer()).await;
        let chosen = press.values().first().map(String::as_str);
        let category = |key| Category::ALL.iter().find(|category| category.key() == key);
        let reply = match (press.args(), chosen) {
            (menu::CATEGORIES, Some(key)) => {
                category(key).map(|category| overview::draw_category(&page, *category))
            }
            (_, Some(path)) => page.named(path).map(|entry| detail::draw(&page, entry)),
            _ => None,
        };
        // What was on offer may be gone: another version, or another rank.
        let reply = reply.ok_or_else(|| refuse("err-stale-component"))??;
        press.redraw(reply).await?;
        Ok(())
    }
}
