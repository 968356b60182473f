//! A request after it was read, and the answer before it is written.

use axum::http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::limits;
use crate::mutate::{Actor, Content};
use crate::shared::Shared;
use crate::state::State;

/// A request.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Without `/api/v10`.
    pub(crate) path: String,
    pub(crate) query: String,
    /// `null` when there is none.
    pub(crate) body: Value,
    pub(crate) uploads: Vec<Value>,
    pub(crate) reason: Option<String>,
    /// The token of the `Authorization` header, without its prefix.
    pub(crate) token: Option<String>,
}

/// The answer to a request that was not refused.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Json(Value),
    /// The same, for something that came into being.
    Created(Value),
    NoContent,
}

/// What a route comes to.
pub(crate) type Answered = Result<Answer, ApiError>;

impl Call {
    /// The path's parts.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.path
            .split('/')
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// A value of the query. Serenity's queries begin with `?&`.
    pub(crate) fn query(&self, key: &str) -> Option<String> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == key)?;
        let spaced = value.replace('+', " ");
        Some(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
    }

    /// A number of the query between two bounds.
    pub(crate) fn query_limit(&self, default: usize, max: usize) -> Result<usize, ApiError> {
        let Some(text) = self.query("limit") else {
            return Ok(default);
        };
        match text.parse::<usize>() {
            Ok(limit) if (1..=max).contains(&limit) => Ok(limit),
            _ => {
                let message = format!("int value should be between 1 and {max}.");
                Err(ApiError::invalid("limit", "NUMBER_TYPE_MAX", message))
            }
        }
    }

    /// An id of the query.
    pub(crate) fn query_id(&self, key: &str) -> Result<Option<u64>, ApiError> {
        self.query(key).map(|text| id(&text)).transpose()
    }

    /// The bot as the one who asks, with the reason it gave.
    pub(crate) fn bot(&self, state: &State) -> Result<Actor, ApiError> {
        if self
            .reason
            .as_ref()
            .is_some_and(|reason| reason.chars().count() > limits::REASON)
        {
            return Err(ApiError::too_long("reason", limits::REASON));
        }
        Ok(Actor::because(state.bot_id, self.reason.clone()))
    }

    /// The body as what a message carries.
    pub(crate) fn content(&self) -> Result<Content, ApiError> {
        Content::parse(&self.body, self.uploads.clone())
    }

    /// A number of the body, or of the query when the body does not have it.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        let in_query = || self.query(key).and_then(|text| text.parse().ok());
        self.body[key].as_u64().or_else(in_query)
    }

    pub(crate) fn authorize(&self, shared: &Shared) -> Result<(), ApiError> {
        match &self.token {
            Some(token) if token == shared.token() => Ok(()),
            _ => Err(ApiError::UNAUTHORIZED),
        }
    }
}

/// The decoded reason of a request's headers; an empty one is none.
pub(crate) fn reason(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get("x-audit-log-reason")?.to_str().ok()?;
    let text = percent_decode_str(raw)
        .decode_utf8_lossy()
        .trim()
        .to_owned();
    (!text.is_empty()).then_some(text)
}

/// The token of a request's headers.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get("authorization")?.to_str().ok()?;
    raw.strip_prefix("Bot ").map(str::to_owned)
}

/// An id of a path or a query.
pub(crate) fn id(text: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| {
        let message = format!("Value \"{text}\" is not snowflake.");
        ApiError::invalid("id", "NUMBER_TYPE_COERCE", message)
    })
}

/// The ids of a list in a body.
pub(crate) fn ids(list: &Value) -> Vec<u64> {
    let id = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(id)
        .collect()
}

/// A list of ids in Discord's form.
pub(crate) fn ids_json(ids: &[u64]) -> Value {
    json!(ids.iter().map(u64::to_string).collect::<Vec<_>>())
}
