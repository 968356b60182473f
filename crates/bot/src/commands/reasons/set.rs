//! `reasons set`.

use super::{ACCESS, NAME, name};
use crate::{
    command::{Call, Category, Command, Param, Spec, Visibility, missing},
    failure::Result,
    parse::reason::Reason,
    text::{Message, code},
};
use controllers::{ReasonPresetController, Upserted};

pub(super) struct Set;

impl Command for Set {
    const SPEC: Spec = Spec {
        path: "reasons set",
        aliases: &[],
        category: Category::Settings,
        access: ACCESS,
        visibility: Visibility::Private,
        params: &[NAME, Param::rest("text", 1_000)],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let (author, name) = (place.author(), name(call)?);
        let text = Reason::parse(call.args.required_text("text")?);
        let text = text.ok_or_else(|| missing("text"))?.text;
        let done = place
            .write(call.data(), {
                let name = name.clone();
                move |db| {
                    let (name, text) = (name.clone(), text.clone());
                    Box::pin(async move { db.reason_presets().set(&name, &text, author).await })
                }
            })
            .await?;
        let told = match done {
            Some(Upserted::Created(_)) => Message::new("reasons-created"),
            Some(Upserted::Updated(_)) => Message::new("reasons-changed"),
            Some(Upserted::Unchanged(_)) => Message::new("reasons-unchanged"),
            None => {
                let most = ReasonPresetController::<()>::MOST;
                let full = Message::new("err-quota").with("count", most);
                return Err(full.with("most", most).into());
            }
        };
        let name = code(&format!("${name}"));
        call.answer(&told.with("name", name)).await?;
        Ok(())
    }
}
