//! `prefix show|set|reset`: what prefix commands begin with in this guild.

mod reset;
mod set;
mod show;

use crate::{
    command::{Call, Node},
    failure::Result,
    text::{Message, code},
};

pub(crate) fn node() -> Node {
    let children = vec![
        Node::leaf::<show::Show>(),
        Node::leaf::<set::Set>(),
        Node::leaf::<reset::Reset>(),
    ];
    Node::group_with_twin::<show::Show>("prefix", &[], children)
}

/// Stores the prefix. The next message is read by it. `false`: it was this one already.
async fn store(call: &Call<'_>, prefix: &str) -> Result<bool> {
    let place = call.in_guild()?;
    let (prefix, author) = (prefix.to_owned(), place.author());
    place
        .write(call.data(), move |db| {
            let prefix = prefix.clone();
            Box::pin(async move { db.config().set_prefix(&prefix, author).await })
        })
        .await
}

/// A text about a prefix, with an example of its use.
fn about(id: &'static str, prefix: &str) -> Message {
    Message::new(id)
        .with("prefix", code(prefix))
        .with("example", code(&format!("{prefix}help")))
}
