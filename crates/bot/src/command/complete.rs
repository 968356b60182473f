//! Names of commands while somebody types one.

use crate::{data::Data, on_error};
use poise::serenity_prelude as serenity;
use serenity::{
    CommandInteraction, Context, CreateAutocompleteResponse, CreateInteractionResponse,
};

/// Most choices that Discord shows.
const CHOICES: usize = 25;

/// Offers the names of commands: only parameters that take one are registered for completion.
pub(crate) async fn complete(ctx: &Context, data: &Data, typing: &CommandInteraction) {
    let typed = typing.data.autocomplete().map_or("", |option| option.value);
    let names = data.commands.completions(typed).into_iter().take(CHOICES);
    let choices = names.fold(CreateAutocompleteResponse::new(), |choices, name| {
        choices.add_string_choice(name, name)
    });
    let answer = CreateInteractionResponse::Autocomplete(choices);
    if let Err(error) = typing.create_response(&ctx.http, answer).await {
        tracing::debug!(error = %on_error::chain(&error), "nothing could be offered");
    }
}
