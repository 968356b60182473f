//! What happens around every command: acknowledge, decide, read the arguments, run, answer errors.

use super::{
    Call, Command, Ctx, InGuild, Spec, Visibility, args::Args, place::admit, prefix_form,
    slash_form,
};
use crate::{
    data::Data,
    discord::member,
    failure::{Failure, Result},
    metrics::Outcome,
    on_error,
};
use poise::{
    ApplicationContext, BoxFuture, Context, FrameworkError, PrefixContext,
    serenity_prelude::GuildId,
};
use std::future::ready;
use tracing::Instrument as _;

pub(super) fn prefix<C: Command>(
    ctx: PrefixContext<'_, Data, Failure>,
) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, Failure>>> {
    let tail = ctx.args;
    Box::pin(around::<C>(Context::Prefix(ctx), move |spec, data| {
        prefix_form::read(spec, tail, &data.commands)
    }))
}

pub(super) fn slash<C: Command>(
    ctx: ApplicationContext<'_, Data, Failure>,
) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, Failure>>> {
    let options = ctx.args;
    Box::pin(around::<C>(Context::Application(ctx), move |spec, _| {
        slash_form::read(spec, options)
    }))
}

/// A group whose own name does nothing.
pub(super) fn group_prefix(
    ctx: PrefixContext<'_, Data, Failure>,
) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, Failure>>> {
    let ctx = Context::Prefix(ctx);
    Box::pin(ready(Err(FrameworkError::SubcommandRequired { ctx })))
}

/// The same in slash form, which Discord does not offer.
pub(super) fn group_slash(
    ctx: ApplicationContext<'_, Data, Failure>,
) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, Failure>>> {
    let ctx = Context::Application(ctx);
    Box::pin(ready(Err(FrameworkError::SubcommandRequired { ctx })))
}

async fn around<C: Command>(
    ctx: Ctx<'_>,
    read: impl FnOnce(&'static Spec, &Data) -> Result<Args> + Send,
) -> Result<(), FrameworkError<'_, Data, Failure>> {
    let spec: &'static Spec = const { &C::SPEC };
    let span = tracing::info_span!(
        "command",
        command = spec.path,
        guild.id = ctx.guild_id().map(GuildId::get),
        user.id = ctx.author().id.get(),
    );
    async {
        let started = std::time::Instant::now();
        let outcome = match attempt::<C>(ctx, spec, read).await {
            Ok(()) => Outcome::Done,
            Err(failure) => {
                let outcome = failure.outcome();
                on_error::answer(ctx, spec, failure).await;
                outcome
            }
        };
        let took = started.elapsed();
        ctx.data().metrics.command(spec.path, outcome, took);
        tracing::debug!(duration_ms = took.as_millis(), "command handled");
    }
    .instrument(span)
    .await;
    Ok(())
}

async fn attempt<C: Command>(
    ctx: Ctx<'_>,
    spec: &'static Spec,
    read: impl FnOnce(&'static Spec, &Data) -> Result<Args> + Send,
) -> Result {
    let data = ctx.data();
    let settings = data.guilds.settings(ctx.guild_id()).await;
    // First of all, so that the acknowledgement never waits for the database twice.
    if let Context::Application(_) = ctx {
        let private = match spec.visibility {
            Visibility::Private => true,
            Visibility::Public => false,
            Visibility::Moderation => !settings.public_reply,
        };
        if private {
            ctx.defer_ephemeral().await?;
        } else {
            ctx.defer().await?;
        }
    }
    data.limiter
        .count(spec, ctx.guild_id(), ctx.author().id, data.clock.now())?;
    let place = place(ctx).await?;
    let mut call = Call {
        ctx,
        spec,
        args: Args::default(),
        lang: settings.lang.clone(),
        place,
    };
    admit(spec, data, ctx.author().id, call.place.as_ref())?;
    call.args = read(spec, data)?;
    C::run(&call).await
}

/// The guild of a call and the caller in it, as they are now.
async fn place(ctx: Ctx<'_>) -> Result<Option<InGuild>> {
    let Some(guild_id) = ctx.guild_id() else {
        return Ok(None);
    };
    let member = match ctx {
        Context::Application(app) => app.interaction.member.as_deref().map(member::of_member),
        Context::Prefix(prefix) => {
            let partial = prefix.msg.member.as_deref();
            partial.map(|partial| member::of_message(&prefix.msg.author, partial))
        }
    };
    let (data, user_id) = (ctx.data(), ctx.author().id);
    InGuild::load(ctx.serenity_context(), data, guild_id, user_id, member)
        .await
        .map(Some)
}
