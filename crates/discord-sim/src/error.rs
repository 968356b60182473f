//! Discord's refusals of a request: a status, a code and a sentence.
//!
//! The codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

use serde_json::{Map, Value, json};

/// An answer that refuses a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: &'static str,
    /// Which field is wrong, nested as the request body was.
    pub(crate) errors: Option<Value>,
}

macro_rules! refusals {
    ($($name:ident = $status:literal $code:literal $message:literal,)+) => {
        impl ApiError {
            $(pub(crate) const $name: Self = Self::new($status, $code, $message);)+
        }
    };
}

refusals! {
    UNAUTHORIZED = 401 0 "401: Unauthorized",
    BULK_BAN_FAILED = 400 500_000 "Failed to ban users",
    UNKNOWN_ROUTE = 501 0 "this simulator does not know the route",
    UNKNOWN_CHANNEL = 404 10003 "Unknown Channel",
    UNKNOWN_INVITE = 404 10006 "Unknown Invite",
    UNKNOWN_EMOJI = 400 10014 "Unknown Emoji",
    UNKNOWN_GUILD = 404 10004 "Unknown Guild",
    UNKNOWN_MEMBER = 404 10007 "Unknown Member",
    UNKNOWN_MESSAGE = 404 10008 "Unknown Message",
    UNKNOWN_ROLE = 404 10011 "Unknown Role",
    UNKNOWN_OVERWRITE = 404 10009 "Unknown Permission Overwrite",
    UNKNOWN_USER = 404 10013 "Unknown User",
    UNKNOWN_WEBHOOK = 404 10015 "Unknown Webhook",
    UNKNOWN_BAN = 404 10026 "Unknown Ban",
    UNKNOWN_INTERACTION = 404 10062 "Unknown interaction",
    UNKNOWN_COMMAND = 404 10063 "Unknown application command",
    UNKNOWN_COMMAND_PERMISSIONS = 404 10066 "Unknown application command permissions",
    NOT_FOR_BOTS = 403 20001 "Bots cannot use this endpoint",
    TOO_MANY_PINS = 400 30003 "Maximum number of pins reached for the channel (250)",
    TOO_MANY_WEBHOOKS = 400 30007 "Maximum number of webhooks reached (15)",
    TOO_MANY_EMOJI = 400 30008 "Maximum number of emojis reached (50)",
    TOO_MANY_REACTIONS = 400 30010 "Maximum number of reactions reached (20)",
    TOO_MANY_CHANNELS = 400 30013 "Maximum number of guild channels reached (500)",
    TOO_MANY_ROLES = 400 30005 "Maximum number of guild roles reached (250)",
    TOO_MANY_COMMANDS = 400 30032 "Maximum number of application commands reached",
    NOT_IN_VOICE = 400 40032 "Target user is not connected to voice.",
    ALREADY_ACKNOWLEDGED = 400 40060 "Interaction has already been acknowledged.",
    MISSING_ACCESS = 403 50001 "Missing Access",
    FOREIGN_MESSAGE = 403 50005 "Cannot edit a message authored by another user",
    EMPTY_MESSAGE = 400 50006 "Cannot send an empty message",
    CANNOT_DM = 403 50007 "Cannot send messages to this user",
    MISSING_PERMISSIONS = 403 50013 "Missing Permissions",
    TOO_LARGE = 413 40005 "Request entity too large",
    BULK_DELETE_COUNT = 400 50016 "Provided too few or too many messages to delete. Must provide at least 2 and at most 100 messages to delete",
    WEBHOOK_TOKEN = 401 50027 "Invalid Webhook Token",
    INVALID_ROLE = 400 50028 "Invalid role",
    BULK_DELETE_AGE = 400 50034 "A message provided was too old to bulk delete",
    INVALID_FORM = 400 50035 "Invalid Form Body",
    NOT_IN_DMS = 403 50003 "Cannot execute action on a DM channel",
    NO_TEXT_CHANNEL = 400 50008 "Cannot send messages in a non-text channel",
    SYSTEM_MESSAGE = 403 50021 "Cannot execute action on a system message",
    WRONG_CHANNEL_TYPE = 400 50024 "Cannot execute action on this channel type",
    THREAD_ARCHIVED = 400 50083 "Thread is archived",
    HAS_THREAD = 400 160_004 "A thread has already been created for this message",
    THREAD_LOCKED = 400 160_005 "Thread is locked",
    BAD_JSON = 400 50109 "The request body contains invalid JSON.",
}

impl ApiError {
    const fn new(status: u16, code: u32, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            errors: None,
        }
    }

    /// 50035 for the field at `path`, dots between its parts: `embeds.0.title`.
    pub(crate) fn invalid(path: &str, code: &str, message: impl Into<String>) -> Self {
        let leaf = json!({"_errors": [{"code": code, "message": message.into()}]});
        let nested = path.rsplit('.').fold(leaf, |inner, part| {
            let mut outer = Map::new();
            outer.insert(part.to_owned(), inner);
            Value::Object(outer)
        });
        Self {
            errors: Some(nested),
            ..Self::INVALID_FORM
        }
    }

    /// 50035 for a text that is too long.
    pub(crate) fn too_long(path: &str, max: usize) -> Self {
        let message = format!("Must be {max} or fewer in length.");
        Self::invalid(path, "BASE_TYPE_MAX_LENGTH", message)
    }

    /// 50035 for a field that must be there.
    pub(crate) fn required(path: &str) -> Self {
        Self::invalid(path, "BASE_TYPE_REQUIRED", "This field is required")
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_error_is_nested_as_the_body_was() {
        let body = ApiError::too_long("embeds.0.title", 256).body();
        assert_eq!(body["code"], 50035);
        assert_eq!(
            body["errors"]["embeds"]["0"]["title"]["_errors"][0]["code"],
            "BASE_TYPE_MAX_LENGTH"
        );
    }
}
