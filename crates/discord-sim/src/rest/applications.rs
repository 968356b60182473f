//! The application and its commands.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call, id};
use crate::error::ApiError;
use crate::gateway::intents;
use crate::interaction::Command;
use crate::interaction::command::{CHAT_INPUT, check, complete};
use crate::limits;
use crate::state::State;

pub(super) fn current(state: &State) -> Answer {
    Answer::Json(json!({
        "id": state.application_id.to_string(),
        "name": state.name_of(state.bot_id),
        "icon": null,
        "description": "",
        "summary": "",
        "type": null,
        "bot": state.user_json(state.bot_id),
        "bot_public": true,
        "bot_require_code_grant": false,
        "owner": state.user_json(state.guilds.get(&state.main_guild).map_or(0, |g| g.owner)),
        "team": null,
        "verify_key": "0".repeat(64),
        "flags": state.application_flags(),
        "flags_new": state.application_flags().to_string(),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "approximate_guild_count": state.guilds.len(),
        "integration_types_config": {"0": {}},
    }))
}

/// Everything below `/applications/{id}`.
pub(super) fn route(state: &mut State, call: &Call, app: u64, rest: &[&str]) -> Answered {
    if app != state.application_id {
        return Err(ApiError::MISSING_ACCESS);
    }
    let (guild, rest) = match rest {
        ["guilds", guild, rest @ ..] => {
            let guild = id(guild)?;
            state.require(state.bot_id, guild, 0)?;
            (Some(guild), rest)
        }
        rest => (None, rest),
    };
    match (call.method.as_str(), rest) {
        ("GET", ["commands"]) => {
            let specs = state
                .commands
                .in_scope(guild)
                .map(|command| command.spec.clone());
            Ok(Answer::Json(specs.collect()))
        }
        ("PUT", ["commands"]) => replace(state, call, guild),
        ("POST", ["commands"]) => create(state, call, guild),
        ("GET", ["commands", "permissions"]) if guild.is_some() => Ok(Answer::Json(json!([]))),
        // None were ever set: that takes a person's own token.
        ("GET", ["commands", command, "permissions"]) if guild.is_some() => {
            find(state, None, id(command)?).or_else(|_| find(state, guild, id(command)?))?;
            Err(ApiError::UNKNOWN_COMMAND_PERMISSIONS)
        }
        ("PUT", ["commands", _, "permissions"]) if guild.is_some() => Err(ApiError::NOT_FOR_BOTS),
        ("GET", ["commands", command]) => {
            Ok(Answer::Json(find(state, guild, id(command)?)?.spec.clone()))
        }
        ("PATCH", ["commands", command]) => edit(state, call, guild, id(command)?),
        ("DELETE", ["commands", command]) => {
            let command = find(state, guild, id(command)?)?.id;
            state.commands.all.retain(|known| known.id != command);
            Ok(Answer::NoContent)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn find(state: &State, guild: Option<u64>, id: u64) -> Result<&Command, ApiError> {
    let mut own = state.commands.in_scope(guild);
    own.find(|command| command.id == id)
        .ok_or(ApiError::UNKNOWN_COMMAND)
}

fn replace(state: &mut State, call: &Call, guild: Option<u64>) -> Answered {
    let specs = call
        .body
        .as_array()
        .ok_or_else(|| ApiError::required("commands"))?;
    for (index, spec) in specs.iter().enumerate() {
        check(&index.to_string(), spec)?;
        if specs[..index].iter().any(|other| same(other, spec)) {
            let message = "Application command names must be unique";
            let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
            return Err(ApiError::invalid(&index.to_string(), code, message));
        }
    }
    let slash = |spec: &&Value| kind(spec) == CHAT_INPUT;
    if specs.iter().filter(slash).count() > limits::COMMANDS {
        return Err(ApiError::TOO_MANY_COMMANDS);
    }
    let before: Vec<Command> = state.commands.in_scope(guild).cloned().collect();
    state.commands.all.retain(|command| command.guild != guild);
    for spec in specs {
        // A command that is registered again under its name keeps its id.
        let kept = before
            .iter()
            .find(|old| same(&old.spec, spec))
            .map(|old| old.id);
        register(state, spec, guild, kept);
    }
    let specs = state
        .commands
        .in_scope(guild)
        .map(|command| command.spec.clone());
    Ok(Answer::Json(specs.collect()))
}

fn create(state: &mut State, call: &Call, guild: Option<u64>) -> Answered {
    check("", &call.body)?;
    let mut own = state.commands.in_scope(guild);
    let kept = own
        .find(|old| same(&old.spec, &call.body))
        .map(|old| old.id);
    drop(own);
    let slash = state
        .commands
        .in_scope(guild)
        .filter(|c| c.kind() == CHAT_INPUT)
        .count();
    if kept.is_none() && kind(&call.body) == CHAT_INPUT && slash >= limits::COMMANDS {
        return Err(ApiError::TOO_MANY_COMMANDS);
    }
    let spec = register(state, &call.body, guild, kept);
    Ok(match kept {
        Some(_) => Answer::Json(spec),
        None => Answer::Created(spec),
    })
}

fn edit(state: &mut State, call: &Call, guild: Option<u64>, command: u64) -> Answered {
    let mut spec = find(state, guild, command)?.spec.clone();
    if let (Some(spec), Some(edit)) = (spec.as_object_mut(), call.body.as_object()) {
        spec.extend(edit.clone());
    }
    check("", &spec)?;
    state.commands.all.retain(|known| known.id != command);
    Ok(Answer::Json(register(state, &spec, guild, Some(command))))
}

fn register(state: &mut State, spec: &Value, guild: Option<u64>, kept: Option<u64>) -> Value {
    let version = state.ids.next();
    let id = kept.unwrap_or_else(|| state.ids.next());
    let spec = complete(spec, id, version, state.application_id, guild);
    state.commands.put(Command {
        id,
        guild,
        spec: spec.clone(),
    });
    spec
}

fn same(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && kind(one) == kind(other)
}

fn kind(spec: &Value) -> u64 {
    spec["type"].as_u64().unwrap_or(CHAT_INPUT)
}

impl State {
    /// The application's flags: which privileged intents are switched on.
    pub(crate) fn application_flags(&self) -> u64 {
        // The "limited" flags, which stand for applications in fewer than 100 guilds.
        let flags = [
            (intents::GUILD_PRESENCES, 1 << 13),
            (intents::GUILD_MEMBERS, 1 << 15),
            (intents::MESSAGE_CONTENT, 1 << 19),
        ];
        let granted = self.gateway.options.privileged;
        flags
            .iter()
            .filter(|(intent, _)| granted & intent != 0)
            .fold(0, |all, (_, flag)| all | flag)
    }
}
