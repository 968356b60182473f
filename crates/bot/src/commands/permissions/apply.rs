//! How a change of the rules is made: checked and stored in one transaction.

use super::default_ranks;
use crate::{
    command::{InGuild, Spec},
    data::Data,
    discord::{guild::GuildFacts, member::MemberFacts},
    failure::Result,
    permission::{self, Change, Rules},
    text::Message,
};
use controllers::{Author, GuildDb, Tx};
use std::sync::Arc;

/// A change that somebody asks for.
struct Request {
    change: Change,
    guild: Arc<GuildFacts>,
    member: MemberFacts,
    command: &'static Spec,
    commands: Vec<&'static Spec>,
    author: Author,
    default_ranks: Vec<String>,
}

/// Makes a change with `command`, unless the caller may not make it. `false`: nothing differs.
///
/// # Errors
/// The refusals of [`Change::check`], and `permissions-rank-unknown`.
pub(super) async fn apply(
    data: &Data,
    place: &InGuild,
    command: &'static Spec,
    change: Change,
) -> Result<bool> {
    let request = Arc::new(Request {
        change,
        guild: Arc::clone(&place.guild),
        member: place.member.clone(),
        command,
        commands: data.commands.specs().collect(),
        author: place.author(),
        default_ranks: default_ranks(data, place.guild.id).await,
    });
    let made = place
        .write(data, move |db| {
            let request = Arc::clone(&request);
            Box::pin(async move { request.make(db).await })
        })
        .await?;
    Ok(made?)
}

impl Request {
    /// The refusal is an ordinary outcome here: an error would be taken for one of the database.
    async fn make(&self, db: GuildDb<'_, Tx>) -> controllers::Result<Result<bool, Message>> {
        // One change of a guild's rules at a time: what was checked still holds when it is stored.
        db.config_events().hold().await?;
        db.ranks().ensure(&self.default_ranks).await?;
        let rules = Rules::load(db).await?;
        let author = permission::Author {
            guild: &self.guild,
            member: &self.member,
            command: self.command,
        };
        if let Err(refusal) = self.change.check(&rules, author, &self.commands) {
            return Ok(Err(refusal));
        }
        Ok(match &self.change {
            Change::Role { role, rank } => {
                let (ranked, role_id) = (db.role_ranks(), role.get().cast_signed());
                match rank {
                    Some(rank) if !rules.ranks.contains_key(rank) => {
                        Err(Message::new("permissions-rank-unknown").with("rank", *rank))
                    }
                    Some(rank) => Ok(ranked.assign(role_id, *rank, self.author).await?),
                    None => Ok(ranked.clear(role_id, self.author).await?),
                }
            }
            Change::Command { path, rank } => {
                let commands = db.command_rules();
                Ok(match rank {
                    Some(rank) => commands.require(path, *rank, self.author).await?,
                    None => commands.clear(path, self.author).await?,
                })
            }
        })
    }
}
