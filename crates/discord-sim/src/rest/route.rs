//! The table of routes.

use super::call::{Answer, Answered, Call, id};
use super::{
    applications, audit, bans, channels, emojis, guilds, interactions, invites, members, messages,
    pins, reactions, roles, threads, users, webhooks,
};
use crate::error::ApiError;
use crate::shared::Shared;
use crate::state::State;

/// Finds the route of a call and follows it. Only interactions and their webhooks, which have a
/// token of their own, work without the bot's.
pub(crate) fn route(shared: &Shared, state: &mut State, call: &Call) -> Answered {
    match (call.method.as_str(), call.parts().as_slice()) {
        ("POST", ["interactions", interaction, token, "callback"]) => {
            interactions::callback(state, call, id(interaction)?, token)
        }
        (_, ["webhooks", webhook, token, rest @ ..]) => {
            let webhook = id(webhook)?;
            // The tokens of interactions work as webhooks of the application.
            if webhook == state.application_id {
                interactions::webhook(state, call, token, rest)
            } else {
                webhooks::by_token(state, call, webhook, token, rest)
            }
        }
        ("GET", ["gateway"]) => Ok(users::gateway(shared)),
        _ => {
            call.authorize(shared)?;
            authorized(shared, state, call)
        }
    }
}

fn authorized(shared: &Shared, state: &mut State, call: &Call) -> Answered {
    match (call.method.as_str(), call.parts().as_slice()) {
        ("GET", ["gateway", "bot"]) => Ok(users::gateway_bot(shared, state)),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => {
            Ok(applications::current(state))
        }
        ("GET", ["users", "@me"]) => Ok(users::current(state)),
        ("PATCH", ["users", "@me"]) => users::edit_current(state, call),
        ("GET", ["users", "@me", "guilds"]) => Ok(users::guilds(state)),
        ("POST", ["users", "@me", "channels"]) => users::open_dm(state, call),
        ("GET", ["users", user]) => users::get(state, id(user)?),

        (_, ["applications", app, rest @ ..]) if !rest.is_empty() => {
            applications::route(state, call, id(app)?, rest)
        }

        ("GET", ["channels", channel]) => channels::get(state, id(channel)?),
        ("PATCH", ["channels", channel]) => channels::edit(state, call, id(channel)?),
        ("DELETE", ["channels", channel]) => channels::delete(state, call, id(channel)?),
        ("POST", ["channels", channel, "typing"]) => channels::typing(state, id(channel)?),
        ("PUT", ["channels", channel, "permissions", of]) => {
            channels::put_overwrite(state, call, id(channel)?, id(of)?)
        }
        ("DELETE", ["channels", channel, "permissions", of]) => {
            channels::delete_overwrite(state, call, id(channel)?, id(of)?)
        }
        (
            _,
            [
                "channels",
                channel,
                rest @ ("threads" | "thread-members"),
                below @ ..,
            ],
        ) => {
            let channel = id(channel)?;
            match (*rest, call.method.as_str(), below) {
                ("thread-members", _, below) => threads::members(state, call, channel, below),
                (_, "POST", []) => threads::create(state, call, channel, None),
                (_, "GET", ["archived", "public"]) => {
                    threads::archived(state, call, channel, false)
                }
                (_, "GET", ["archived", "private"]) => {
                    threads::archived(state, call, channel, true)
                }
                _ => Err(ApiError::UNKNOWN_ROUTE),
            }
        }
        ("GET", ["channels", channel, "webhooks"]) => webhooks::of_channel(state, id(channel)?),
        ("POST", ["channels", channel, "webhooks"]) => webhooks::create(state, call, id(channel)?),
        (_, ["webhooks", webhook]) => webhooks::managed(state, call, id(webhook)?),
        ("GET", ["channels", channel, "invites"]) => invites::of_channel(state, id(channel)?),
        ("POST", ["channels", channel, "invites"]) => invites::create(state, call, id(channel)?),
        (_, ["invites", code]) => invites::route(state, call, code),
        ("GET", ["channels", channel, "pins"]) => pins::list(state, id(channel)?),
        ("GET", ["channels", channel, "messages", "pins"]) => pins::page(state, call, id(channel)?),
        (
            "PUT" | "DELETE",
            ["channels", channel, "pins", message]
            | ["channels", channel, "messages", "pins", message],
        ) => {
            let pinned = call.method == "PUT";
            pins::set(state, call, (id(channel)?, id(message)?), pinned)
        }
        (
            _,
            [
                "channels",
                channel,
                "messages",
                message,
                "reactions",
                rest @ ..,
            ],
        ) => reactions::route(state, call, (id(channel)?, id(message)?), rest),
        ("POST", ["channels", channel, "messages", message, "threads"]) => {
            threads::create(state, call, id(channel)?, Some(id(message)?))
        }
        ("GET", ["channels", channel, "messages"]) => messages::list(state, call, id(channel)?),
        ("POST", ["channels", channel, "messages"]) => messages::create(state, call, id(channel)?),
        ("POST", ["channels", channel, "messages", "bulk-delete"]) => {
            messages::bulk_delete(state, call, id(channel)?)
        }
        ("GET", ["channels", channel, "messages", message]) => {
            messages::get(state, id(channel)?, id(message)?)
        }
        ("PATCH", ["channels", channel, "messages", message]) => {
            messages::edit(state, call, id(channel)?, id(message)?)
        }
        ("DELETE", ["channels", channel, "messages", message]) => {
            messages::delete(state, call, id(channel)?, id(message)?)
        }

        ("GET", ["guilds", guild]) => guilds::get(state, id(guild)?),
        ("PATCH", ["guilds", guild]) => guilds::edit(state, call, id(guild)?),
        ("GET", ["guilds", guild, "channels"]) => guilds::channels(state, id(guild)?),
        ("PATCH", ["guilds", guild, "channels"]) => {
            state.move_channels(&call.bot(state)?, id(guild)?, &call.body)?;
            Ok(Answer::NoContent)
        }
        ("GET", ["guilds", guild, "threads", "active"]) => threads::active(state, id(guild)?),
        ("GET", ["guilds", guild, "webhooks"]) => webhooks::of_guild(state, id(guild)?),
        ("GET", ["guilds", guild, "invites"]) => invites::of_guild(state, id(guild)?),
        (_, ["guilds", guild, "emojis", rest @ ..]) => emojis::route(state, call, id(guild)?, rest),
        ("POST", ["guilds", guild, "channels"]) => guilds::create_channel(state, call, id(guild)?),
        ("GET", ["guilds", guild, "roles"]) => roles::list(state, id(guild)?),
        ("POST", ["guilds", guild, "roles"]) => roles::create(state, call, id(guild)?),
        ("PATCH", ["guilds", guild, "roles"]) => roles::reorder(state, call, id(guild)?),
        ("GET", ["guilds", guild, "roles", role]) => roles::get(state, id(guild)?, id(role)?),
        ("PATCH", ["guilds", guild, "roles", role]) => {
            roles::edit(state, call, id(guild)?, id(role)?)
        }
        ("DELETE", ["guilds", guild, "roles", role]) => {
            roles::delete(state, call, id(guild)?, id(role)?)
        }
        ("GET", ["guilds", guild, "audit-logs"]) => audit::list(state, call, id(guild)?),

        ("GET", ["guilds", guild, "members"]) => members::list(state, call, id(guild)?),
        ("GET", ["guilds", guild, "members", "search"]) => members::search(state, call, id(guild)?),
        ("PATCH", ["guilds", guild, "members", "@me"]) => {
            members::edit_current(state, call, id(guild)?)
        }
        ("GET", ["guilds", guild, "members", user]) => members::get(state, id(guild)?, id(user)?),
        ("PATCH", ["guilds", guild, "members", user]) => {
            members::edit(state, call, id(guild)?, id(user)?)
        }
        ("DELETE", ["guilds", guild, "members", user]) => {
            members::kick(state, call, id(guild)?, id(user)?)
        }
        ("PUT", ["guilds", guild, "members", user, "roles", role]) => {
            members::set_role(state, call, id(guild)?, (id(user)?, id(role)?), true)
        }
        ("DELETE", ["guilds", guild, "members", user, "roles", role]) => {
            members::set_role(state, call, id(guild)?, (id(user)?, id(role)?), false)
        }

        ("GET", ["guilds", guild, "bans"]) => bans::list(state, call, id(guild)?),
        ("GET", ["guilds", guild, "bans", user]) => bans::get(state, id(guild)?, id(user)?),
        ("PUT", ["guilds", guild, "bans", user]) => bans::put(state, call, id(guild)?, id(user)?),
        ("DELETE", ["guilds", guild, "bans", user]) => {
            bans::delete(state, call, id(guild)?, id(user)?)
        }
        ("POST", ["guilds", guild, "bulk-ban"]) => bans::bulk(state, call, id(guild)?),

        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}
