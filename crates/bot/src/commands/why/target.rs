//! The checks of somebody whom a command is aimed at.

use super::explain::{self, Explanation};
use crate::{
    command::{Call, InGuild, Spec},
    discord::member::{self, MemberFacts},
    failure::Result,
    moderation::Action,
    permission::{Outcome, Party, TargetCheck, check_steps},
    text::{Message, escape_markdown},
};
use poise::serenity_prelude::UserId;

/// What was checked about whom.
pub(super) struct Checks {
    name: String,
    steps: Vec<(TargetCheck, Option<Message>)>,
}

/// Checks `id` as the target of what `actor` would do.
///
/// # Errors
/// `why-target-none` for a command that is aimed at nobody.
pub(super) async fn checks(
    call: &Call<'_>,
    place: &InGuild,
    actor: &MemberFacts,
    spec: &Spec,
    id: UserId,
) -> Result<Checks> {
    let action = Action::of_command(spec.path)
        .ok_or_else(|| Message::new("why-target-none").with("command", spec.path))?;
    let ctx = call.ctx.serenity_context();
    let bot = member::bot(ctx, place.guild.id).await?;
    let target = member::find(&ctx.http, place.guild.id, id).await?;
    let name = target.as_ref().map(|target| escape_markdown(&target.name));
    let party = Party {
        guild: &place.guild,
        rules: &place.rules,
        actor,
        bot: &bot,
    };
    // To lift a ban, whoever was banned need not stand below anybody.
    let ranked = target.as_ref().filter(|_| action != Action::Unban);
    Ok(Checks {
        name: name.unwrap_or_else(|| format!("<@{id}>")),
        steps: check_steps(party, id, ranked, action.bot_needs()),
    })
}

/// Adds the checks up to the first that fails, which then decides.
pub(super) fn add(call: &Call<'_>, explanation: &mut Explanation, checks: &Checks) {
    for (number, (check, refusal)) in (1..).zip(&checks.steps) {
        let number = format!("T{number}");
        let text = Message::new("why-target")
            .with("check", word(*check))
            .with("target", checks.name.as_str())
            .with("is", if refusal.is_none() { "yes" } else { "no" });
        let outcome = refusal.clone().map_or(Outcome::Passes, Outcome::Refuses);
        let line = explain::line(call, &number, call.say(&text), &outcome);
        explanation.steps.push(line);
        if let Some(refusal) = refusal {
            explanation.verdict = explain::refused(call, &number, call.say(refusal));
            return;
        }
    }
}

/// The word under which texts know a check.
fn word(check: TargetCheck) -> &'static str {
    match check {
        TargetCheck::Oneself => "oneself",
        TargetCheck::Bot => "bot",
        TargetCheck::Owner => "owner",
        TargetCheck::Roles => "roles",
        TargetCheck::Rank => "rank",
        TargetCheck::BotRoles => "bot-roles",
        TargetCheck::BotPermissions => "bot-permissions",
    }
}
