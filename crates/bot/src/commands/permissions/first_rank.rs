//! The question before a role gets the first rank of a guild, from which on ranks decide.

use super::{apply::apply, role_set::RoleSet};
use crate::{
    command::{Call, Command as _, InGuild, Reply},
    failure::Result,
    permission::{Author, Change},
    screen::{Confirmation, Press, Viewer, ask},
    text::{Message, fit},
};
use poise::serenity_prelude::RoleId;
use serde::{Deserialize, Serialize};

/// Most characters for the roles that lose something.
const ROLES: usize = 1000;

/// The rank that was asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FirstRank {
    role: u64,
    rank: i64,
}

impl FirstRank {
    /// Asks, unless the caller may not give the rank anyway. Says who loses what.
    pub(super) async fn ask(call: &Call<'_>, place: &InGuild, role: RoleId, rank: i64) -> Result {
        let change = Change::Role {
            role,
            rank: Some(rank),
        };
        let commands: Vec<_> = call.data().commands.specs().collect();
        let author = Author {
            guild: &place.guild,
            member: &place.member,
            command: call.spec,
        };
        change.check(&place.rules, author, &commands)?;
        let losers: Vec<String> = change
            .losers(&place.rules, &place.guild, &commands)
            .into_iter()
            .map(|role| place.guild.role_mention(role))
            .collect();
        let more = |count| call.say(&Message::new("list-more").with("count", count));
        let shown = if losers.is_empty() {
            "none".to_owned()
        } else {
            fit(&losers, &call.text("list-separator"), ROLES, more)
        };
        let question = Message::new("permissions-first-role")
            .with("role", place.guild.role_mention(role))
            .with("rank", rank)
            .with("roles", shown);
        let action = Self {
            role: role.get(),
            rank,
        };
        ask(call, &action, Reply::text(call.say(&question))).await
    }
}

impl Confirmation for FirstRank {
    const NAME: &'static str = "first-rank";
    type Command = RoleSet;

    async fn confirmed(self, press: &Press<'_>) -> Result<Reply> {
        let text = give(press.viewer(), RoleId::new(self.role), self.rank).await?;
        Ok(Reply::text(press.viewer().say(&text)))
    }
}

/// Gives the rank and says so.
pub(super) async fn give(viewer: Viewer<'_>, role: RoleId, rank: i64) -> Result<Message> {
    let place = viewer.in_guild()?;
    let change = Change::Role {
        role,
        rank: Some(rank),
    };
    let text = if apply(viewer.data, place, &RoleSet::SPEC, change).await? {
        "permissions-role-set"
    } else {
        "permissions-role-unchanged"
    };
    Ok(Message::new(text)
        .with("role", place.guild.role_mention(role))
        .with("rank", rank))
}
