//! Telling Discord of the commands, when it does not know them yet.

use super::{
    StartError,
    patience::{discord_is_away, until_there},
};
use crate::command::{Registration, Tree};
use controllers::{Db, Executor};
use poise::serenity_prelude::{ApplicationId, Http};
use std::collections::BTreeSet;

/// Registers the commands unless Discord has the same ones.
///
/// That is so when the fingerprint is the one noted at the last registration, and Discord lists the
/// names: an application that was reset lists none. Discord counts registrations per day, so this
/// is not done blindly.
pub(super) async fn register<C: Executor>(
    http: &Http,
    db: Db<'_, C>,
    application: ApplicationId,
    tree: &Tree,
    registration: &Registration,
) -> Result<(), StartError> {
    let key = format!("commands:{application}");
    let noted = db.instance().fact(&key).await?;
    let there = until_there("Discord", discord_is_away, || http.get_global_commands())
        .await
        .map_err(|source| refused("the list of commands", source))?;
    let there: BTreeSet<&str> = there.iter().map(|command| command.name.as_str()).collect();
    let ours: BTreeSet<&str> = tree.0.iter().map(|node| node.name).collect();
    let same_hash = noted.as_ref().and_then(|fact| fact.as_str()) == Some(&registration.hash);
    if same_hash && there == ours {
        tracing::info!(commands = ours.len(), "Discord knows the commands");
        return Ok(());
    }
    until_there("Discord", discord_is_away, || {
        http.create_global_commands(&registration.commands)
    })
    .await
    .map_err(|source| refused("the registration of commands", source))?;
    db.instance()
        .remember(&key, registration.hash.as_str().into())
        .await?;
    tracing::info!(
        commands = ours.len(),
        changed = !same_hash,
        "commands registered with Discord"
    );
    Ok(())
}

pub(super) fn refused(call: &'static str, source: poise::serenity_prelude::Error) -> StartError {
    StartError::Discord {
        call,
        source: Box::new(source),
    }
}
