//! Events: against the gateway's schema, and through serenity.

use std::borrow::Cow;

use serde_json::{Value, json};
use serenity::model::event::{Event, GatewayEvent};

use super::allowed::unheard_in_serenity;
use super::schemas::{Schemas, schemas};
use super::words::{faults, shortened};

/// Everything that is wrong with an event.
pub(crate) fn check(name: &str, data: &Value) -> Vec<String> {
    let mut wrong = by_schema(name, data);
    if !unheard_in_serenity(name, data) {
        wrong.extend(by_serenity(name, data));
    }
    wrong
}

fn by_schema(name: &str, data: &Value) -> Vec<String> {
    // The schema forbids RESUMED any data, while the gateway sends an object.
    let Some(schemas) = schemas().filter(|_| name != "RESUMED") else {
        return Vec::new();
    };
    let checked = if name == "INTERACTION_CREATE" {
        interaction(schemas, data)
    } else {
        let frame = json!({"op": 0, "s": 1, "t": name, "d": data});
        let validator = schemas.gateway(&definition(name));
        validator.map(|validator| faults(&validator, &frame))
    };
    checked.unwrap_or_else(|error| vec![format!("the schema has no {name}: {error}")])
}

/// `GUILD_BAN_ADD` is `GatewayGuildBanAddDispatch`.
fn definition(name: &str) -> String {
    if name == "GUILD_UPDATE" {
        return "GatewayGuildModifyDispatch".to_owned();
    }
    let camel = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{first}{}", rest.to_lowercase())
    });
    format!("Gateway{}Dispatch", camel.collect::<String>())
}

/// The union of all interactions says nothing useful; so the one that it is meant to be is taken.
fn interaction(schemas: &'static Schemas, data: &Value) -> Result<Vec<String>, String> {
    let kind = match (data["type"].as_u64(), data["data"]["type"].as_u64()) {
        (Some(2), Some(2)) => "APIUserApplicationCommandInteraction",
        (Some(2), Some(3)) => "APIMessageApplicationCommandInteraction",
        (Some(2), _) => "APIChatInputApplicationCommandInteraction",
        (Some(3), _) => "APIMessageComponentInteraction",
        (Some(4), _) => "APIApplicationCommandAutocompleteInteraction",
        _ => "APIModalSubmitInteraction",
    };
    let data = if kind == "APIApplicationCommandAutocompleteInteraction" {
        let mut copy = data.clone();
        numbers_as_text(&mut copy["data"]["options"]);
        Cow::Owned(copy)
    } else {
        Cow::Borrowed(data)
    };
    Ok(faults(&*schemas.gateway(kind)?, &data))
}

/// While an option is typed, the schema has numbers as text; Discord sends whole ones as numbers.
fn numbers_as_text(options: &mut Value) {
    for option in options.as_array_mut().into_iter().flatten() {
        if option["value"].is_number() {
            option["value"] = json!(option["value"].to_string());
        }
        if option.get("options").is_some() {
            numbers_as_text(&mut option["options"]);
        }
    }
}

/// What serenity does not understand it drops without a word, or takes for something unknown.
fn by_serenity(name: &str, data: &Value) -> Option<String> {
    let frame = json!({"op": 0, "s": 1, "t": name, "d": data});
    let event = match serde_json::from_value(frame) {
        Ok(GatewayEvent::Dispatch(_, event)) => event,
        Ok(_) => return Some("serenity does not take it for an event".to_owned()),
        Err(error) => return Some(shortened(&format!("serenity does not parse it: {error}"))),
    };
    if matches!(event, Event::Unknown(_)) || event.name().as_deref() != Some(name) {
        return Some("serenity takes it for an unknown event".to_owned());
    }
    if let Event::GuildCreate(created) = &event {
        let sent = data["channels"].as_array().map_or(0, Vec::len);
        if created.guild.channels.len() != sent {
            return Some("serenity drops a channel of it".to_owned());
        }
    }
    None
}
