//! `permissions …`: who may do what.

mod apply;
mod command_clear;
mod command_set;
mod first_rank;
mod overview;
mod role_clear;
mod role_set;

pub(crate) use first_rank::FirstRank;

use crate::{command::Node, data::Data, text::Message};
use poise::serenity_prelude::GuildId;

/// Ranks 0 to 7 have names from the beginning; 8 to 10 are free.
const NAMED_RANKS: i64 = 8;

pub(crate) fn node() -> Node {
    let role = vec![
        Node::leaf::<role_set::RoleSet>(),
        Node::leaf::<role_clear::RoleClear>(),
    ];
    let command = vec![
        Node::leaf::<command_set::CommandSet>(),
        Node::leaf::<command_clear::CommandClear>(),
    ];
    let children = vec![
        Node::leaf::<overview::Overview>(),
        Node::group("role", &[], role),
        Node::group("command", &[], command),
    ];
    Node::group_with_twin::<overview::Overview>("permissions", &["perms", "perm"], children)
}

/// The names of the ranks that a guild begins with, from rank 0 on, in its language.
async fn default_ranks(data: &Data, guild: GuildId) -> Vec<String> {
    let settings = data.guilds.settings(Some(guild)).await;
    (0..NAMED_RANKS)
        .map(|rank| Message::new("default-rank").with("rank", rank))
        .map(|name| data.texts.render(&settings.lang, &name))
        .collect()
}
