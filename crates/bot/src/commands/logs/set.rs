//! `logs set`.

use super::{ALL, kinds};
use crate::{
    command::{Access, Call, Category, Command, Param, ParamKind, Reply, Spec, Visibility},
    discord::{channel, member},
    failure::Result,
    permission,
    text::Message,
};
use poise::serenity_prelude::{ChannelId, Permissions};

pub(super) struct Set;

impl Command for Set {
    const SPEC: Spec = Spec {
        path: "logs set",
        aliases: &[],
        category: Category::Settings,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[
            Param::next("kind", ParamKind::Choices(&["mod", "dev", ALL])),
            Param::next("channel", ParamKind::Channel),
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let words: Vec<&str> = call.args.words("kind").iter().map(String::as_str).collect();
        let kinds = kinds(&words);
        let channel_id = call.args.required_id("channel")?;
        check_channel(call, ChannelId::new(channel_id)).await?;
        let place = call.in_guild()?;
        let (author, chosen) = (place.author(), kinds.clone());
        place
            .write(call.data(), move |db| {
                let kinds = chosen.clone();
                Box::pin(async move {
                    for kind in kinds {
                        let channel_id = channel_id.cast_signed();
                        db.log_channels().route(kind, channel_id, author).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        let lines: Vec<String> = kinds
            .iter()
            .map(|kind| {
                let set = Message::new("logs-set").with("log", kind.as_str());
                call.say(&set.with("channel", format!("<#{channel_id}>")))
            })
            .collect();
        call.reply(Reply::text(lines.join("\n"))).await?;
        Ok(())
    }
}

/// Refuses a channel that the bot could not post in.
async fn check_channel(call: &Call<'_>, id: ChannelId) -> Result {
    let guild = &call.in_guild()?.guild;
    let ctx = call.ctx.serenity_context();
    let mention = format!("<#{id}>");
    let channel = channel::find(ctx, guild.id, id)
        .await?
        .filter(channel::ChannelFacts::takes_messages)
        .ok_or_else(|| Message::new("logs-channel-invalid").with("channel", mention.as_str()))?;
    let bot = member::bot(ctx, guild.id).await?;
    let lacking = channel.posting_needs() - channel.permissions(guild, bot.id, &bot.roles);
    if !lacking.is_empty() {
        return Err(permission::lacking("err-bot-perm", lacking)
            .with("channel", mention)
            .into());
    }
    Ok(())
}
