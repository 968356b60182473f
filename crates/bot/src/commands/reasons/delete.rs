//! `reasons delete`.

use super::{ACCESS, NAME, name};
use crate::{
    command::{Call, Category, Command, Spec, Visibility},
    failure::Result,
    text::{Message, code},
};

pub(super) struct Delete;

impl Command for Delete {
    const SPEC: Spec = Spec {
        path: "reasons delete",
        aliases: &["remove", "rm"],
        category: Category::Settings,
        access: ACCESS,
        visibility: Visibility::Private,
        params: &[NAME],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        let (author, name) = (place.author(), name(call)?);
        let removed = place
            .write(call.data(), {
                let name = name.clone();
                move |db| {
                    let name = name.clone();
                    Box::pin(async move { db.reason_presets().remove(&name, author).await })
                }
            })
            .await?;
        if !removed {
            return Err(call.unknown_preset(&name).await?);
        }
        let deleted = Message::new("reasons-deleted");
        let name = code(&format!("${name}"));
        call.answer(&deleted.with("name", name)).await?;
        Ok(())
    }
}
