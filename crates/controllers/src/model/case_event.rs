//! `case_event`: everything that ever happened to a case, appended and chained by hashes.
//!
//! `hash = SHA-256(prev_hash ‖ canonical JSON of the event)`, where the canonical JSON is one object
//! with sorted keys and without spaces:
//!
//! `{"actor_id":"…","at":"2027-03-01T12:00:00.000000Z","data":{…},"guild_id":"…","kind":"…","number":"…","seq":"…","text_commit":"…"|null}`
//!
//! Ids and numbers are decimal strings. What people wrote stands in `data.texts` (an object) beside
//! `data.salt`; both stay outside the hash, which covers `text_commit = SHA-256(salt ‖ canonical
//! JSON of texts)` in hexadecimal instead. So a text can be erased and the chain still holds. The
//! first event of a case has a `prev_hash` of 32 zero bytes.

use crate::{Crud, Error, Executor, GuildDb, Query, Result, Tx, controller::model_controller};
use chrono::SecondsFormat;
use entity::{
    case_event::{ActiveModel, Column, Entity, Model},
    value::CaseEventKind,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, JsonValue,
    prelude::{DateTimeUtc, Uuid},
};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

model_controller! {
    /// The history of one guild's cases.
    CaseEventController of Entity, over GuildDb
}

/// An event to append.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happened.
    pub kind: CaseEventKind,
    /// Who did it; the bot's own id for what it does by itself.
    pub actor_id: i64,
    /// Facts: a JSON object without texts of people and without fractions, which the databases write
    /// each in their own way.
    pub facts: JsonValue,
    /// What people wrote, by name; empty when nobody wrote anything.
    pub texts: Vec<(&'static str, String)>,
}

impl NewEvent {
    /// An event without facts or texts.
    pub fn of(kind: CaseEventKind, actor_id: i64) -> Self {
        Self {
            kind,
            actor_id,
            facts: json!({}),
            texts: Vec::new(),
        }
    }

    /// The same event with facts: a JSON object.
    #[must_use]
    pub fn with_facts(self, facts: JsonValue) -> Self {
        Self { facts, ..self }
    }

    /// The same event with a text.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.texts.push((name, text.into()));
        self
    }
}

const GENESIS: [u8; 32] = [0; 32];
/// The parts of `data` that the hash does not cover.
const TEXTS: &str = "texts";
const SALT: &str = "salt";

impl<C: Executor> CaseEventController<'_, C> {
    /// All events of a case, oldest first.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn timeline(&self, number: i64) -> Result<Vec<Model>> {
        self.list(Column::Number.eq(number)).await
    }
}

impl CaseEventController<'_, Tx> {
    /// Appends event `seq` of a case; the caller holds the case's row and counts.
    pub(crate) async fn append(&self, number: i64, seq: i64, event: NewEvent) -> Result<Model> {
        let prev_hash = match seq {
            1 => GENESIS.to_vec(),
            _ => self.get((self.0.id(), number, seq - 1)).await?.hash,
        };
        let mut data = event.facts;
        if !can_be_hashed(&data) {
            return Err(Error::Unhashable);
        }
        let mut text_commit = None;
        if !event.texts.is_empty() {
            let texts: Map<String, JsonValue> = event
                .texts
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.into()))
                .collect();
            let salt = Uuid::new_v4().simple().to_string();
            text_commit = Some(commitment(&salt, &JsonValue::Object(texts.clone())));
            data[TEXTS] = texts.into();
            data[SALT] = salt.into();
        }
        let mut row = Model {
            guild_id: self.0.id(),
            number,
            seq,
            at: self.0.clock().now(),
            actor_id: event.actor_id,
            kind: event.kind,
            data,
            text_commit,
            prev_hash,
            hash: Vec::new(),
        };
        row.hash = hash(&row);
        let draft = ActiveModel {
            number: Set(row.number),
            seq: Set(row.seq),
            at: Set(row.at),
            actor_id: Set(row.actor_id),
            kind: Set(row.kind),
            data: Set(row.data),
            text_commit: Set(row.text_commit),
            prev_hash: Set(row.prev_hash),
            hash: Set(row.hash),
            ..Default::default()
        };
        self.create(draft).await
    }
}

/// Where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("case {number}, event {seq}: {what}")]
pub struct ChainBreak {
    /// Case number.
    pub number: i64,
    /// The first event that does not fit.
    pub seq: i64,
    /// What is wrong with it.
    pub what: &'static str,
}

/// Checks all events of one case, oldest first: numbered from 1 without gaps, each hash right, each
/// text the one that was committed to.
///
/// # Errors
/// The first break.
pub fn verify_chain(events: &[Model]) -> std::result::Result<(), ChainBreak> {
    let mut previous = GENESIS.to_vec();
    for (seq, event) in (1..).zip(events) {
        let broken = |what| ChainBreak {
            number: event.number,
            seq: event.seq,
            what,
        };
        if event.seq != seq {
            return Err(broken("an event before it is missing"));
        }
        if event.prev_hash != previous {
            return Err(broken("it does not follow the event before it"));
        }
        if event.hash != hash(event) {
            return Err(broken("it was altered"));
        }
        if let Some(texts) = event.data.get(TEXTS) {
            let salt = event.data.get(SALT).and_then(JsonValue::as_str);
            let committed = commitment(salt.unwrap_or_default(), texts);
            if event.text_commit.as_deref() != Some(&committed) {
                return Err(broken("its text was altered"));
            }
        }
        previous.clone_from(&event.hash);
    }
    Ok(())
}

/// Whether facts come back from either database as they went in, all of them covered by the hash.
fn can_be_hashed(facts: &JsonValue) -> bool {
    let Some(facts) = facts.as_object() else {
        return false;
    };
    !facts.contains_key(TEXTS) && !facts.contains_key(SALT) && facts.values().all(is_exact)
}

fn is_exact(value: &JsonValue) -> bool {
    match value {
        JsonValue::Number(number) => !number.is_f64(),
        JsonValue::Array(items) => items.iter().all(is_exact),
        JsonValue::Object(object) => object.values().all(is_exact),
        _ => true,
    }
}

fn commitment(salt: &str, texts: &JsonValue) -> Vec<u8> {
    let mut text = String::new();
    canonical(&mut text, texts);
    Sha256::new()
        .chain_update(salt)
        .chain_update(text)
        .finalize()
        .to_vec()
}

fn hash(event: &Model) -> Vec<u8> {
    let mut data = event.data.clone();
    if let Some(data) = data.as_object_mut() {
        data.remove(TEXTS);
        data.remove(SALT);
    }
    let event_json = json!({
        "guild_id": event.guild_id.to_string(),
        "number": event.number.to_string(),
        "seq": event.seq.to_string(),
        "at": micros(event.at),
        "actor_id": event.actor_id.to_string(),
        "kind": event.kind.as_str(),
        "data": data,
        "text_commit": event.text_commit.as_deref().map(hexadecimal),
    });
    let mut text = String::new();
    canonical(&mut text, &event_json);
    Sha256::new()
        .chain_update(&event.prev_hash)
        .chain_update(text)
        .finalize()
        .to_vec()
}

fn micros(at: DateTimeUtc) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// JSON with sorted keys and without spaces, whatever order the database or the parser kept.
fn canonical(out: &mut String, value: &JsonValue) {
    let list = |out: &mut String, open, close, items: &mut dyn FnMut(&mut String)| {
        out.push(open);
        items(out);
        out.push(close);
    };
    match value {
        JsonValue::Object(object) => list(out, '{', '}', &mut |out| {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (i, (key, value)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&JsonValue::from(key.as_str()).to_string());
                out.push(':');
                canonical(out, value);
            }
        }),
        JsonValue::Array(items) => list(out, '[', ']', &mut |out| {
            for (i, value) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                canonical(out, value);
            }
        }),
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_sorts_keys_at_every_depth_and_has_no_spaces() {
        let value: JsonValue =
            serde_json::from_str(r#"{ "b": [1, {"z": null, "a": "ü\n"}], "a": true }"#).unwrap();
        let mut out = String::new();
        canonical(&mut out, &value);
        assert_eq!(out, r#"{"a":true,"b":[1,{"a":"ü\n","z":null}]}"#);
    }
}
