//! What happens around every press: check whose it is, acknowledge, decide, draw, answer errors.

use super::{CustomId, Press, routes::Route};
use crate::{
    command::{InGuild, place},
    data::Data,
    discord::member,
    failure::Result,
    on_error::{self, Panicked},
    text::{Lang, Message, code},
};
use futures_util::FutureExt as _;
use poise::serenity_prelude as serenity;
use serenity::{
    ComponentInteraction, Context, CreateAllowedMentions, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, GuildId, Mentionable as _,
    UserId,
};
use std::panic::AssertUnwindSafe;
use tracing::Instrument as _;

/// Answers a press.
pub(crate) async fn pressed(ctx: &Context, data: &Data, interaction: &ComponentInteraction) {
    let span = tracing::info_span!(
        "press",
        screen = tracing::field::Empty,
        guild.id = interaction.guild_id.map(GuildId::get),
        user.id = interaction.user.id.get(),
    );
    answer(ctx, data, interaction).instrument(span).await;
}

async fn answer(ctx: &Context, data: &Data, interaction: &ComponentInteraction) {
    let (route, id) = match admit(data, interaction) {
        Ok(admitted) => admitted,
        Err(refusal) => return turn_away(ctx, data, interaction, &refusal).await,
    };
    tracing::Span::current().record("screen", &id.screen);
    // First of all, so that the acknowledgement never waits for the database.
    let acknowledged = interaction
        .create_response(&ctx.http, CreateInteractionResponse::Acknowledge)
        .await;
    if let Err(error) = acknowledged {
        tracing::warn!(error = %on_error::chain(&error), "a press could not be acknowledged");
        return;
    }
    let lang = data
        .guilds
        .settings(interaction.guild_id)
        .await
        .lang
        .clone();
    let work = attempt(ctx, data, interaction, route, id.args, lang.clone());
    let text = match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(())) => return,
        Ok(Err(failure)) => on_error::in_words(data, &lang, &failure),
        Err(payload) => on_error::internal(data, &lang, &Panicked::of(&*payload)),
    };
    let followup = CreateInteractionResponseFollowup::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(true);
    if let Err(error) = interaction.create_followup(&ctx.http, followup).await {
        tracing::warn!(error = %on_error::chain(&error), "a failed press could not be answered");
    }
}

/// The screen of a press, if the custom id is ours and the person may use it.
fn admit(
    data: &Data,
    interaction: &ComponentInteraction,
) -> Result<(&'static Route, CustomId), Message> {
    let guild_id = interaction.guild_id.map_or(0, GuildId::get);
    let id = data.signer.verify(&interaction.data.custom_id, guild_id);
    let (route, id) = id
        .and_then(|id| Some((Route::named(&id.screen)?, id)))
        .ok_or_else(|| Message::new("err-stale-component"))?;
    if id.owner != 0 && id.owner != interaction.user.id.get() {
        return Err(Message::new("err-not-yours")
            .with("owner", UserId::new(id.owner).mention().to_string())
            .with("command", code(&format!("/{}", route.spec.path))));
    }
    Ok((route, id))
}

async fn attempt(
    ctx: &Context,
    data: &Data,
    interaction: &ComponentInteraction,
    route: &Route,
    args: String,
    lang: Lang,
) -> Result {
    let (user_id, guild_id) = (interaction.user.id, interaction.guild_id);
    data.limiter
        .count(route.spec, guild_id, user_id, data.clock.now())?;
    let place = match interaction.guild_id {
        Some(guild_id) => {
            let member = interaction.member.as_ref().map(member::of_member);
            Some(InGuild::load(ctx, data, guild_id, user_id, member).await?)
        }
        None => None,
    };
    place::admit(route.spec, data, user_id, place.as_ref())?;
    let press = Press {
        ctx,
        data,
        interaction,
        lang,
        place,
        args,
    };
    (route.pressed)(&press).await
}

/// The answer to a press that is nobody's or somebody else's.
async fn turn_away(
    ctx: &Context,
    data: &Data,
    interaction: &ComponentInteraction,
    refusal: &Message,
) {
    tracing::debug!(refusal = refusal.id, "refused");
    let settings = data.guilds.settings(interaction.guild_id).await;
    let answer = CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .content(data.texts.render(&settings.lang, refusal))
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true),
    );
    if let Err(error) = interaction.create_response(&ctx.http, answer).await {
        tracing::warn!(error = %on_error::chain(&error), "a refused press could not be answered");
    }
}
