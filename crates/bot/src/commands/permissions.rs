//! `permissions …`: who may do what.

mod apply;
mod command_clear;
mod command_set;
mod overview;
mod role_clear;
mod role_set;

use crate::{
    command::{Call, Node},
    text::{Args, Lang, Texts},
};

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

/// The names of the ranks that a guild begins with, from rank 0 on.
fn default_ranks(texts: &Texts, lang: &Lang) -> Vec<String> {
    (0..NAMED_RANKS)
        .map(|rank| texts.get(lang, "default-rank", &Args::new().with("rank", rank)))
        .collect()
}

/// Texts in the guild's language, for what everybody in it sees.
async fn guild_ranks(call: &Call<'_>) -> Vec<String> {
    let settings = call.data().guilds.settings(call.ctx.guild_id()).await;
    default_ranks(&call.data().texts, &settings.lang)
}
