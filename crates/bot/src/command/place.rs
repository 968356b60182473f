//! Where somebody uses the bot, and whether they may.

use super::Spec;
use crate::{
    data::Data,
    discord::{
        guild::{self, GuildFacts},
        member::{self, MemberFacts},
    },
    failure::Result,
    permission::{self, Caller, Decision, Rules, Standing},
};
use controllers::{Author, GuildDb, Tx};
use futures_util::future::BoxFuture;
use poise::serenity_prelude::{Context, GuildId, UserId};
use service::{Database, Retry};
use std::sync::Arc;

/// The guild of a call or a press, and the caller as its member.
#[derive(Debug, Clone)]
pub struct InGuild {
    /// The guild: roles, owner.
    pub guild: Arc<GuildFacts>,
    /// The caller.
    pub member: MemberFacts,
    /// The guild's permission rules as they are stored now.
    pub rules: Arc<Rules>,
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
        let rules = Rules::load(data.database.db().guild(guild_id.get().cast_signed())).await?;
        Ok(Self {
            guild,
            member,
            rules: Arc::new(rules),
        })
    }

    /// How the caller stands in the guild.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.guild, &self.member, &self.rules)
    }

    /// Who changes a setting with a command.
    pub fn author(&self) -> Author {
        Author::of_command(self.member.id.get().cast_signed())
    }

    /// Runs `work` on the guild in one transaction, which may run again. The guild has its row then.
    ///
    /// # Errors
    /// Those of [`Database::transaction`].
    pub async fn write<T, F>(&self, database: &Database, work: F) -> Result<T>
    where
        T: Send,
        F: for<'t> Fn(GuildDb<'t, Tx>) -> BoxFuture<'t, controllers::Result<T>>
            + Send
            + Sync
            + 'static,
    {
        let (guild, work) = (Arc::clone(&self.guild), Arc::new(work));
        let transaction = database.transaction(Retry::DEFAULT, move |db| {
            let (guild, work) = (Arc::clone(&guild), Arc::clone(&work));
            Box::pin(async move {
                let db = db.guild(guild.id.get().cast_signed());
                let owner_id = guild.owner_id.get().cast_signed();
                db.guild().ensure(&guild.name, owner_id).await?;
                work(db).await
            })
        });
        Ok(transaction.await?)
    }
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
