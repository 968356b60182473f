//! The reason of a call, with the preset that it may begin with.

use super::{Call, DbContext as _};
use crate::{
    failure::{Failure, Result},
    parse::{
        preset::{Opening, opening},
        reason::Reason,
        suggest,
    },
    text::{Message, code},
};
use controllers::{Everything, Query as _};

impl Call<'_> {
    /// The reason as it will be stored; `None`: none was given. One round trip when it begins with the
    /// name of a preset, otherwise none.
    ///
    /// # Errors
    /// `err-reason-unknown` when there is no such preset.
    pub async fn reason(&self) -> Result<Option<Reason>> {
        let Some(typed) = self.args.text("reason").and_then(Reason::parse) else {
            return Ok(None);
        };
        let whole = match opening(&typed.text) {
            Opening::Words(words) => words.to_owned(),
            Opening::Preset { name, rest } => {
                match self.guild_db()?.reason_presets().named(&name).await? {
                    Some(preset) => preset.text + rest,
                    None => return Err(self.unknown_preset(&name).await?),
                }
            }
        };
        Ok(Reason::parse(&whole).map(|reason| Reason {
            cut: reason.cut || typed.cut,
            ..reason
        }))
    }

    /// The refusal of a name that no preset has, with what was probably meant.
    pub(crate) async fn unknown_preset(&self, name: &str) -> Result<Failure> {
        let presets = self.guild_db()?.reason_presets().list(Everything).await?;
        let names = presets.iter().map(|preset| preset.name.as_str());
        let suggestions: Vec<_> = suggest(name, names)
            .into_iter()
            .map(|name| code(&format!("${name}")))
            .collect();
        let unknown = Message::new("err-reason-unknown")
            .with("name", code(&format!("${name}")))
            .with("count", suggestions.len())
            .with("suggestions", suggestions.join(", "));
        Ok(unknown.into())
    }
}
