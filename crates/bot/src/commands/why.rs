//! `why`: how the decision about a command comes about, step by step.

mod explain;
mod target;

use crate::{
    command::{
        Access, Call, Category, Command, InGuild, Param, ParamKind, Reply, Spec, Visibility,
    },
    discord::{channel, member, member::MemberFacts},
    failure::Result,
    permission::{Caller, Decision, Standing, decide},
    text::{Message, code, escape_markdown},
};
use explain::Explanation;
use poise::serenity_prelude::{ChannelId, CreateEmbed, Permissions, UserId};

pub(crate) struct Why;

/// What asking about others needs.
const ABOUT_OTHERS: Spec = Spec {
    // No path: no rule of the guild is about this.
    path: "",
    access: Access::guild(2, Permissions::MODERATE_MEMBERS),
    ..Why::SPEC
};

impl Command for Why {
    const SPEC: Spec = Spec {
        path: "why",
        aliases: &[],
        category: Category::Permissions,
        access: Access::MEMBERS,
        visibility: Visibility::Private,
        params: &[
            Param::next("command", ParamKind::CommandPath),
            Param::next("member", ParamKind::Member).optional(),
            Param::next("channel", ParamKind::Channel).optional(),
            Param::flag("target", &[], ParamKind::Member),
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let entry = call.named_command("command")?;
        let Some(spec) = entry.spec else {
            let below = call.data().commands.below(&entry.path);
            let names: Vec<_> = below.map(|entry| code(&entry.path)).collect();
            return Err(Message::new("err-subcommand-missing")
                .with("commands", names.join(", "))
                .into());
        };
        let place = call.in_guild()?;
        let own = place.member.id.get();
        let other = call.args.id("member").filter(|id| *id != own);
        let target = call.args.id("target");
        if (other.is_some() || target.is_some_and(|id| id != own))
            && !call.decide(&ABOUT_OTHERS).is_allowed()
        {
            return Err(Message::new("why-others").into());
        }
        let subject = match other {
            Some(id) => Some(member_of(call, place, id).await?),
            None => None,
        };
        let asked = subject.as_ref().unwrap_or(&place.member);
        let decision = decision(call, place, asked, spec).await?;
        let mut explanation = Explanation::of(call, place, spec, &decision);
        if let Some(id) = target {
            let checks = target::checks(call, place, asked, spec, UserId::new(id)).await?;
            // Whoever may not use the command at all has nobody to aim it at.
            if decision.is_allowed() {
                target::add(call, &mut explanation, &checks);
            }
        }
        let name = subject.as_ref().map(|member| escape_markdown(&member.name));
        let title = Message::new("why-title")
            .with("command", code(spec.path))
            .with("member", name.unwrap_or_else(|| "none".to_owned()));
        let embed = CreateEmbed::new()
            .title(call.say(&title))
            .description(explanation.text());
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

/// The decision about somebody, in the channel that was named.
async fn decision(
    call: &Call<'_>,
    place: &InGuild,
    asked: &MemberFacts,
    spec: &'static Spec,
) -> Result<Decision> {
    let mut standing = Standing::of(&place.guild, asked, &place.rules);
    if let Some(id) = call.args.id("channel") {
        let ctx = call.ctx.serenity_context();
        let channel = channel::find(ctx, place.guild.id, ChannelId::new(id)).await?;
        let unknown = || Message::new("why-channel-unknown").with("channel", format!("<#{id}>"));
        let channel = channel.ok_or_else(unknown)?;
        standing.bits = channel.permissions_of_caller(&place.guild, asked.id, &asked.roles);
    }
    let caller = Caller {
        user_id: asked.id.get(),
        operator: call.data().operators.contains(&asked.id.get()),
        member: Some(standing),
    };
    Ok(decide(spec, &caller, Some(&place.rules)))
}

async fn member_of(call: &Call<'_>, place: &InGuild, id: u64) -> Result<MemberFacts> {
    let member = member::find(call.ctx.http(), place.guild.id, UserId::new(id)).await?;
    member.ok_or_else(|| {
        Message::new("err-target-not-member")
            .with("target", format!("<@{id}>"))
            .into()
    })
}
