//! `permissions overview`.

use super::default_ranks;
use crate::{
    command::{Access, Call, Category, Command, DbContext as _, InGuild, Reply, Spec, Visibility},
    failure::Result,
    permission::Rules,
    text::{Message, escape_markdown, fit},
};
use entity::value::PermissionMode;
use poise::serenity_prelude::{CreateEmbed, Permissions, RoleId};
use std::collections::BTreeSet;

/// Most characters for the roles of one rank: eleven ranks fit into an embed.
const ROLES: usize = 300;
/// Most characters of an embed's field.
const FIELD: usize = 1024;

pub(super) struct Overview;

impl Command for Overview {
    const SPEC: Spec = Spec {
        path: "permissions overview",
        aliases: &[],
        category: Category::Permissions,
        access: Access::guild(5, Permissions::MANAGE_GUILD),
        visibility: Visibility::Private,
        params: &[],
    };

    async fn run(call: &Call<'_>) -> Result {
        let place = call.in_guild()?;
        if place.rules.ranks.is_empty() {
            let ranks = default_ranks(call.data(), place.guild.id).await;
            place
                .write(call.data(), move |db| {
                    let ranks = ranks.clone();
                    Box::pin(async move {
                        // So that other processes read the names too.
                        db.config_events().hold().await?;
                        db.ranks().ensure(&ranks).await
                    })
                })
                .await?;
        }
        let rules = Rules::load(call.guild_db()?).await?;
        let mode = Message::new("permissions-mode")
            .with("mode", rules.mode.as_str())
            .with("ranked", rules.roles.len());
        let ranks = ranks(call, place, &rules).join("\n");
        let embed = CreateEmbed::new()
            .title(call.text("permissions-title"))
            .description(format!(
                "{}\n\n**{}**\n{ranks}",
                call.say(&mode),
                call.text("permissions-ranks")
            ))
            .field(
                call.text("permissions-overrides"),
                listed(call, &overrides(call, &rules), "permissions-overrides-none"),
                false,
            );
        let warnings = warnings(call, place, &rules);
        let embed = if warnings.is_empty() {
            embed
        } else {
            let text = listed(call, &warnings, "permissions-warnings");
            embed.field(call.text("permissions-warnings"), text, false)
        };
        call.reply(Reply::embed(embed)).await?;
        Ok(())
    }
}

/// One line for each rank, the highest first.
fn ranks(call: &Call<'_>, place: &InGuild, rules: &Rules) -> Vec<String> {
    let line = |(rank, name): (&i64, &String)| {
        let given_to: Vec<String> = rules
            .roles
            .iter()
            .filter(|(_, given)| *given == rank)
            .map(|(role, _)| place.guild.role_mention(RoleId::new(*role)))
            .collect();
        let shown = if given_to.is_empty() {
            "none".to_owned()
        } else {
            fit(&given_to, &call.text("list-separator"), ROLES, |count| {
                call.say(&Message::new("list-more").with("count", count))
            })
        };
        let line = Message::new("permissions-rank-line")
            .with("rank", *rank)
            .with("name", escape_markdown(name));
        call.say(&line.with("roles", shown))
    };
    rules.ranks.iter().rev().map(line).collect()
}

/// One line for each command that has a rule of its own.
fn overrides(call: &Call<'_>, rules: &Rules) -> Vec<String> {
    let ranked = rules.commands.iter().filter_map(|(command, rule)| {
        let line = Message::new("permissions-override-line").with("command", command.as_str());
        Some(call.say(&line.with("rank", rule.required_rank?)))
    });
    ranked.collect()
}

/// What does not fit together.
fn warnings(call: &Call<'_>, place: &InGuild, rules: &Rules) -> Vec<String> {
    let deleted = rules
        .roles
        .iter()
        .filter(|(role, _)| !place.guild.roles.contains_key(&RoleId::new(**role)))
        .map(|(role, rank)| {
            Message::new("permissions-warning-role-deleted")
                .with("role", *role)
                .with("rank", *rank)
        });
    let required: BTreeSet<i64> = rules
        .commands
        .values()
        .filter_map(|rule| rule.required_rank)
        .collect();
    let given = rules.roles.values().copied();
    let best = given.chain(rules.administrator_rank).max().unwrap_or(0);
    let ranks_count = rules.deciding_mode() != PermissionMode::Discord;
    let unreachable = required
        .into_iter()
        .filter(|rank| ranks_count && *rank > best)
        .map(|rank| Message::new("permissions-warning-rank-empty").with("rank", rank));
    deleted
        .chain(unreachable)
        .map(|warning| call.say(&warning))
        .collect()
}

/// Lines within an embed's field; `none` when there are none.
fn listed(call: &Call<'_>, lines: &[String], none: &str) -> String {
    if lines.is_empty() {
        return call.text(none);
    }
    fit(lines, "\n", FIELD, |count| {
        call.say(&Message::new("list-more").with("count", count))
    })
}
