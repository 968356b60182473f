//! What moderators do to members: checked, recorded in one transaction together with everything that
//! follows from it, then done, then answered.

mod action;
mod cause;
pub(crate) mod dead_letter;
mod record;
mod request;
mod target;
pub(crate) mod words;

pub use action::Action;
pub use cause::Cause;
pub(crate) use record::unwritable;

use crate::{
    command::Call,
    discord::member,
    failure::{Failure, Result},
    on_error::chain,
    text::Message,
};
use request::Request;
use target::Accepted;

/// Does `action` to everybody that the call names.
///
/// # Errors
/// The refusal, when nobody can be acted on; otherwise refusals are lines of the answer.
pub(crate) async fn run(call: &Call<'_>, action: Action) -> Result {
    let request = Request::read(call, action).await?;
    let targets = target::resolve(call, action).await?;
    let bot_id = call.ctx.framework().bot_id();
    let bot = member::fetch(call.ctx.http(), call.in_guild()?.guild.id, bot_id).await?;
    let single = targets.len() == 1;
    let mut accepted: Vec<Accepted> = Vec::new();
    let mut lines = Vec::new();
    for target in targets {
        let name = target.name();
        match target::check(call, &request, &bot, target).await {
            Ok(target) => accepted.push(target),
            Err(Failure::Refused(why)) if !single => {
                lines.push(words::refused_line(call, action, &name, &why));
            }
            Err(failure) => return Err(failure),
        }
    }
    if request.reason_cut {
        lines.push(call.say(&Message::new("mod-reason-cut").with("most", 1_000)));
    }
    if accepted.is_empty() {
        call.reply(crate::command::Reply::text(words::within_a_message(&lines)))
            .await?;
        return Ok(());
    }
    let promised = match record::record(call, &request, &accepted, lines).await {
        Ok(promised) => promised,
        Err(failure) => return record::told_in_words(call, &request, &accepted, failure).await,
    };
    if let Err(error) = call.data().outbox.drive(call.data(), &promised).await {
        // Everything is recorded, the answer too: it follows when the database is back.
        tracing::warn!(error = %chain(&error), "a command is finished later");
        call.answer(&Message::new("mod-interrupted")).await?;
    }
    Ok(())
}
