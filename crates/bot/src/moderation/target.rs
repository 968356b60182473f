//! Whom an action is about, and whether it may be done to them. Nothing has been written yet.

use super::{Action, request::Request};
use crate::{
    command::{Call, DbContext as _},
    discord::member::{self, MemberFacts},
    failure::{Failure, Result},
    outbox::Answer,
    parse::targets::Target,
    permission::{Party, check_target},
    text::{Message, code, escape_markdown, relative},
};
use entity::{
    mod_case,
    value::{CaseFamily, TargetType},
};
use poise::serenity_prelude::{Permissions, UserId};

/// Somebody named in a command.
#[derive(Debug, Clone)]
pub(super) struct Named {
    id: UserId,
    /// How they were named or are called.
    name: String,
    member: Option<MemberFacts>,
    bot: bool,
}

impl Named {
    /// What to call them in an answer, escaped.
    pub(super) fn name(&self) -> String {
        escape_markdown(&self.name)
    }
}

/// Somebody who may be acted on.
#[derive(Debug, Clone)]
pub(super) struct Accepted {
    pub(super) target: controllers::CaseTarget,
    pub(super) bot: bool,
}

/// Finds everybody whom the call names, each once.
pub(super) async fn resolve(call: &Call<'_>, action: Action) -> Result<Vec<Named>> {
    let mut found: Vec<Named> = Vec::new();
    for target in call.args.targets() {
        let id = match target {
            Target::Id(id) => UserId::new(*id),
            Target::Name(name) => by_name(call, action, name).await?,
        };
        if !found.iter().any(|named| named.id == id) {
            found.push(look_up(call, id).await?);
        }
    }
    Ok(found)
}

async fn look_up(call: &Call<'_>, id: UserId) -> Result<Named> {
    let guild = call.in_guild()?.guild.id;
    if let Some(member) = member::find(call.ctx.http(), guild, id).await? {
        return Ok(Named {
            id,
            name: member.name.clone(),
            bot: member.bot,
            member: Some(member),
        });
    }
    match call.ctx.http().get_user(id).await {
        Ok(user) => Ok(Named {
            id,
            name: user.display_name().to_owned(),
            bot: user.bot,
            member: None,
        }),
        Err(error) => match Answer::of(&error) {
            Answer::Refused { http: 404, .. } => Err(not_found(&id.to_string())),
            _ => Err(error.into()),
        },
    }
}

/// The one person with this name: a member, or for `unban` somebody who is banned.
async fn by_name(call: &Call<'_>, action: Action, name: &str) -> Result<UserId> {
    let guild = call.in_guild()?.guild.id;
    let mut people: Vec<(UserId, Vec<String>)> = if action == Action::Unban {
        let bans = call.ctx.http().get_bans(guild, None, None).await?;
        bans.into_iter()
            .map(|ban| (ban.user.id, names(&ban.user, None)))
            .collect()
    } else {
        let members = call
            .ctx
            .http()
            .search_guild_members(guild, name, Some(100))
            .await?;
        members
            .into_iter()
            .map(|m| (m.user.id, names(&m.user, m.nick.clone())))
            .collect()
    };
    people.retain(|(_, names)| names.iter().any(|one| one.eq_ignore_ascii_case(name)));
    match people.as_slice() {
        [] => Err(not_found(name)),
        [(id, _)] => Ok(*id),
        several => {
            let list: Vec<String> = several
                .iter()
                .take(5)
                .map(|(id, _)| format!("<@{id}> (`{id}`)"))
                .collect();
            Err(Message::new("err-target-ambiguous")
                .with("name", code(name))
                .with("people", list.join(", "))
                .into())
        }
    }
}

fn names(user: &poise::serenity_prelude::User, nick: Option<String>) -> Vec<String> {
    [
        Some(user.name.clone()),
        user.global_name.as_ref().map(ToString::to_string),
        nick,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn not_found(name: &str) -> Failure {
    Message::new("err-target-not-found")
        .with("target", code(name))
        .into()
}

/// Whether the action may be done, in the order of the specification.
pub(super) async fn check(
    call: &Call<'_>,
    request: &Request,
    bot: &MemberFacts,
    named: Named,
) -> Result<Accepted> {
    let place = call.in_guild()?;
    let party = Party {
        guild: &place.guild,
        rules: &place.rules,
        actor: &place.member,
        bot,
    };
    let action = request.action;
    // To lift a ban, whoever was banned need not stand below anybody.
    let ranked = named.member.as_ref().filter(|_| action != Action::Unban);
    check_target(party, named.id, ranked, action.bot_needs())?;
    let refuse = |id: &'static str| Message::new(id).with("target", named.name());
    if named.member.is_none() && !action.reaches_outsiders() {
        return Err(refuse("err-target-not-member").into());
    }
    if named.bot && matches!(action, Action::Warn | Action::Timeout) {
        return Err(refuse("err-target-bot")
            .with("command", code(action.word()))
            .into());
    }
    if let Some(member) = &named.member
        && action == Action::Timeout
        && place
            .guild
            .permissions(member.id, &member.roles)
            .contains(Permissions::ADMINISTRATOR)
    {
        return Err(refuse("err-target-admin").into());
    }
    state_allows(call, action, &named).await?;
    Ok(Accepted {
        target: controllers::CaseTarget {
            kind: TargetType::User,
            id: named.id.get().cast_signed(),
            name: named.name.chars().take(100).collect(),
            was_member: named.member.is_some(),
        },
        bot: named.bot,
    })
}

/// Whether there is anything to do: asked from Discord, not only from the records.
async fn state_allows(call: &Call<'_>, action: Action, named: &Named) -> Result {
    let db = call.guild_db()?;
    let (family, in_force) = match action {
        Action::Ban | Action::Tempban | Action::Softban | Action::Unban => {
            let ban = call
                .ctx
                .http()
                .get_ban(call.in_guild()?.guild.id, named.id)
                .await?;
            (CaseFamily::Ban, ban.is_some())
        }
        Action::Timeout | Action::Untimeout => {
            let until = named
                .member
                .as_ref()
                .and_then(|member| member.timed_out_until);
            let now = call.data().clock.now();
            (CaseFamily::Timeout, until.is_some_and(|until| until > now))
        }
        Action::Warn | Action::Kick => return Ok(()),
    };
    let open = db
        .cases()
        .open_sanction(named.id.get().cast_signed(), family)
        .await?;
    match (action.lifts(), open, in_force) {
        (false, Some(case), _) => Err(already_active(action, &named.name(), &case).into()),
        (false, None, true) => Err(Message::new("err-already-native")
            .with("target", named.name())
            .with("action", action.word())
            .into()),
        (true, None, false) => Err(Message::new("err-not-active")
            .with("target", named.name())
            .with("action", action.word())
            .into()),
        _ => Ok(()),
    }
}

/// The refusal of a second sanction of the same family.
pub(super) fn already_active(action: Action, name: &str, case: &mod_case::Model) -> Message {
    Message::new("err-already-active")
        .with("target", name)
        .with("action", action.word())
        .with("case", case.number)
        .with("moderator", format!("<@{}>", case.moderator_id))
        .with("when", relative(case.created_at))
}
