//! What a person is told when a command fails, and what the log is told.

use crate::{
    command::{Ctx, Spec},
    data::Data,
    failure::Failure,
    text::{Args, Lang, Message, code},
};
use poise::{CreateReply, FrameworkError, serenity_prelude::CreateAllowedMentions};
use std::{any::Any, error::Error};
use uuid::Uuid;

/// Answers a failed command once, with its usage when the input was the problem.
pub(crate) async fn answer(ctx: Ctx<'_>, spec: &Spec, failure: Failure) {
    let data = ctx.data();
    let settings = data.guilds.settings(ctx.guild_id()).await;
    let mut text = in_words(data, &settings.lang, &failure);
    if failure
        .refusal()
        .is_some_and(|refusal| is_about_input(refusal.id))
    {
        let usage = code(&format!("{}{}", ctx.prefix(), spec.usage()));
        text.push('\n');
        text.push_str(&data.texts.get(
            &settings.lang,
            "err-usage",
            &Args::new().with("usage", usage),
        ));
    }
    send(ctx, text).await;
}

/// What the person is told: a refusal in words, anything else by an id that is also in the log.
pub(crate) fn in_words(data: &Data, lang: &Lang, failure: &Failure) -> String {
    data.storage.note(failure);
    match failure.refusal() {
        Some(refusal) => {
            tracing::debug!(refusal = refusal.id, "refused");
            data.texts.render(lang, &refusal)
        }
        None => internal(data, lang, failure),
    }
}

/// Writes the failure to the log and gives what the person is told: the id under which it is there.
pub(crate) fn internal(data: &Data, lang: &Lang, failure: &dyn Error) -> String {
    let error_id = Uuid::now_v7().simple().to_string();
    let short = error_id.get(20..).unwrap_or(&error_id).to_owned();
    tracing::error!(error.id = short, error = chain(failure), "internal error");
    data.texts
        .render(lang, &Message::new("err-internal").with("error", short))
}

/// An error with its causes, for the log.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// poise's own errors. Ours never get here: [`answer`] has handled them.
pub(crate) async fn framework(error: FrameworkError<'_, Data, Failure>) {
    match error {
        FrameworkError::CommandPanic { payload, ctx, .. } => {
            let data = ctx.data();
            let settings = data.guilds.settings(ctx.guild_id()).await;
            let panic = Panicked(payload.unwrap_or_else(|| "no message".to_owned()));
            send(ctx, internal(data, &settings.lang, &panic)).await;
        }
        FrameworkError::SubcommandRequired { ctx } => {
            let names: Vec<String> = ctx
                .command()
                .subcommands
                .iter()
                .map(|command| code(&command.qualified_name))
                .collect();
            let data = ctx.data();
            let settings = data.guilds.settings(ctx.guild_id()).await;
            let message = Message::new("err-subcommand-missing").with("commands", names.join(", "));
            send(ctx, data.texts.render(&settings.lang, &message)).await;
        }
        FrameworkError::UnknownCommand {
            msg,
            framework,
            content_start,
            ..
        } => {
            let data = framework.user_data;
            let content = msg
                .content
                .get(usize::from(content_start)..)
                .unwrap_or_default();
            crate::unknown_command::answer(framework.serenity_context, data, msg, content).await;
        }
        FrameworkError::UnknownInteraction { interaction, .. } => {
            tracing::warn!(
                command = interaction.data.name,
                "Discord knows a command that we do not; register again"
            );
        }
        error => tracing::error!(error = %chain(&error), "framework error"),
    }
}

/// A panic while somebody waited for an answer.
#[derive(Debug, thiserror::Error)]
#[error("panicked: {0}")]
pub(crate) struct Panicked(String);

impl Panicked {
    /// From what `catch_unwind` caught.
    pub(crate) fn of(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self(text.unwrap_or("no message").to_owned())
    }
}

async fn send(ctx: Ctx<'_>, text: String) {
    let reply = CreateReply::default()
        .content(text)
        .reply(true)
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new());
    if let Err(error) = ctx.send(reply).await {
        tracing::warn!(error = %chain(&error), "a failed command could not be answered");
    }
}

/// Refusals that the usage line helps with.
fn is_about_input(id: &str) -> bool {
    [
        "err-arg-",
        "err-flag-",
        "err-number-",
        "err-text-",
        "err-time-",
    ]
    .iter()
    .any(|group| id.starts_with(group))
}
