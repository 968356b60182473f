//! Where somebody uses the bot, and whether they may.

use super::Spec;
use crate::{
    data::Data,
    discord::{
        guild::{self, GuildFacts},
        member::{self, MemberFacts},
    },
    failure::{Failure, Result},
    guild_settings::Current,
    permission::{self, Caller, Decision, Rules, Standing},
    text::{Message, relative},
};
use controllers::{Author, GuildDb, Tx};
use futures_util::future::BoxFuture;
use poise::serenity_prelude::{Context, GuildId, UserId};
use service::Retry;
use std::sync::Arc;

/// The guild of a call or a press, and the caller as its member.
#[derive(Debug, Clone)]
pub struct InGuild {
    /// The guild: roles, owner.
    pub guild: Arc<GuildFacts>,
    /// The caller.
    pub member: MemberFacts,
    /// The guild's permission rules as they are stored now, unless they are stale.
    pub rules: Arc<Rules>,
    /// What the guild has configured, the rules among it.
    pub current: Current,
}

impl InGuild {
    /// The guild and the caller in it, as they are now. `member` is what came with the event, if
    /// anything did.
    pub(crate) async fn load(
        ctx: &Context,
        data: &Data,
        guild_id: GuildId,
        user_id: UserId,
        member: Option<MemberFacts>,
    ) -> Result<Self> {
        let guild = guild::facts(ctx, guild_id).await?;
        let member = match member {
            Some(member) => member,
            None => member::fetch(&ctx.http, guild_id, user_id).await?,
        };
        let current = data.guilds.current(guild_id).await?;
        Ok(Self {
            guild,
            member,
            rules: Arc::clone(&current.configured.rules),
            current,
        })
    }

    /// How the caller stands in the guild.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.guild, &self.member, &self.rules)
    }

    /// Whether the database was away, and the rules are those from before.
    pub fn is_stale(&self) -> bool {
        self.current.stale_since.is_some()
    }

    /// The line under an answer that is as of before.
    pub(crate) fn stale_note(&self) -> Option<Message> {
        let since = self.current.stale_since?;
        Some(Message::new("stale-note").with("when", relative(since)))
    }

    /// Who changes a setting with a command.
    pub fn author(&self) -> Author {
        Author::of_command(self.member.id.get().cast_signed())
    }

    /// Changes the guild's settings with `work` in one transaction, which may run again. The guild has
    /// its row then. What is in memory of the guild is forgotten with the commit.
    ///
    /// # Errors
    /// Those of [`Database::transaction`](service::Database::transaction); [`Failure::StorageAway`].
    pub async fn write<T, F>(&self, data: &Data, work: F) -> Result<T>
    where
        T: Send,
        F: for<'t> Fn(GuildDb<'t, Tx>) -> BoxFuture<'t, controllers::Result<T>>
            + Send
            + Sync
            + 'static,
    {
        data.storage.here()?;
        let (guild, work) = (Arc::clone(&self.guild), Arc::new(work));
        let cache = data.guilds.clone();
        let transaction = data.database.transaction(Retry::DEFAULT, move |db| {
            let (guild, work) = (Arc::clone(&guild), Arc::clone(&work));
            let cache = cache.clone();
            Box::pin(async move {
                let id = guild.id;
                db.conn().on_commit(async move { cache.forget(id) });
                let db = db.guild(guild.id.get().cast_signed());
                let owner_id = guild.owner_id.get().cast_signed();
                db.guild().ensure(&guild.name, owner_id).await?;
                work(db).await
            })
        });
        Ok(transaction.await?)
    }
}

/// Lets somebody use a command, or says why not: in the guild of `place`, or in a direct message
/// without one.
///
/// # Errors
/// The refusal of [`decide`]. [`Failure::StorageAway`] for anything but what everybody may use, when
/// the rules are stale: they may have become stricter since.
pub(crate) fn admit(spec: &Spec, data: &Data, user_id: UserId, place: Option<&InGuild>) -> Result {
    if place.is_some_and(InGuild::is_stale) && !spec.access.is_for_everyone() {
        return Err(Failure::StorageAway);
    }
    decide(spec, data, user_id, place).verdict()
}

/// Whether somebody may use a command: in the guild of `place`, or in a direct message without one.
pub(crate) fn decide(
    spec: &Spec,
    data: &Data,
    user_id: UserId,
    place: Option<&InGuild>,
) -> Decision {
    let caller = Caller {
        user_id: user_id.get(),
        operator: data.operators.contains(&user_id.get()),
        member: place.map(InGuild::standing),
    };
    permission::decide(spec, &caller, place.map(|place| &*place.rules))
}
