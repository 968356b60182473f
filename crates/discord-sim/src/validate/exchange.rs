//! Requests and their answers, against Discord's description of its API.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::allowed::{as_described, body_may_be_missing, refusal_as_described};
use super::schemas::{Schemas, schemas};
use super::words::faults;
use crate::checks::Exchange;

/// An operation of the document: its pointer, and itself.
struct Operation<'a> {
    path: &'a str,
    pointer: String,
    described: &'a Value,
    shared: &'a Value,
    /// Whether what is needed in practice is allowed.
    allowing: bool,
}

impl Operation<'_> {
    fn body_may_be_missing(&self) -> bool {
        self.allowing && body_may_be_missing(self.path)
    }
}

/// Everything that is wrong with a request and its answer. A request that was refused because it is
/// wrong is not looked at: its answer says so.
pub(crate) fn check(exchange: &Exchange<'_>) -> Vec<String> {
    checked(exchange, true)
}

/// The same, with nothing allowed that the description forbids.
#[cfg(test)]
pub(super) fn unallowed(exchange: &Exchange<'_>) -> Vec<String> {
    checked(exchange, false)
}

fn checked(exchange: &Exchange<'_>, allowing: bool) -> Vec<String> {
    let Some(schemas) = schemas() else {
        return Vec::new();
    };
    let Some(operation) = find(&schemas.api, exchange) else {
        return vec!["Discord describes no such route".to_owned()];
    };
    let operation = Operation {
        allowing,
        ..operation
    };
    let mut wrong = Vec::new();
    if !matches!(exchange.status, Some(400 | 413)) {
        wrong.extend(query(&operation, exchange.query));
        wrong.extend(body(schemas, &operation, exchange));
    }
    wrong.extend(answer(schemas, &operation, exchange));
    wrong
}

/// The operation of a path: of several that fit, the one with the most literal parts.
fn find<'a>(api: &'a Value, exchange: &Exchange<'_>) -> Option<Operation<'a>> {
    let parts: Vec<&str> = exchange.path.trim_matches('/').split('/').collect();
    let method = exchange.method.to_lowercase();
    let fits = |path: &str| {
        let template: Vec<&str> = path.trim_matches('/').split('/').collect();
        let mut pairs = template.iter().zip(&parts);
        let same = pairs.all(|(part, given)| part.starts_with('{') || part == given);
        (template.len() == parts.len() && same)
            .then(|| template.iter().filter(|p| !p.starts_with('{')).count())
    };
    let paths = api["paths"].as_object().into_iter().flatten();
    let described = paths.filter(|(_, item)| item.get(&method).is_some());
    let (_, path, item) = described
        .filter_map(|(path, item)| Some((fits(path)?, path, item)))
        .max_by_key(|(literal, ..)| *literal)?;
    Some(Operation {
        path,
        pointer: format!("/paths/{}/{method}", path.replace('/', "~1")),
        described: &item[&method],
        shared: &item["parameters"],
        allowing: true,
    })
}

/// Every name in a query is described.
fn query(operation: &Operation<'_>, query: &str) -> Vec<String> {
    let described = |name: &str| {
        let lists = [&operation.described["parameters"], operation.shared];
        let mut all = lists.iter().filter_map(|list| list.as_array()).flatten();
        all.any(|parameter| parameter["in"] == "query" && parameter["name"] == name)
    };
    let names = query.split('&').filter(|pair| !pair.is_empty());
    let names = names.map(|pair| pair.split('=').next().unwrap_or_default());
    names
        .map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned())
        .filter(|name| !described(name) && !operation.body_may_be_missing())
        .map(|name| format!("the query has no {name}"))
        .collect()
}

fn body(
    schemas: &'static Schemas,
    operation: &Operation<'_>,
    exchange: &Exchange<'_>,
) -> Vec<String> {
    let described = &operation.described["requestBody"];
    if exchange.body.is_null() {
        let missing = described["required"] == true && !operation.body_may_be_missing();
        return missing
            .then(|| "the request needs a body".to_owned())
            .into_iter()
            .collect();
    }
    let Some(kinds) = described["content"].as_object() else {
        let empty = exchange
            .body
            .as_object()
            .is_some_and(serde_json::Map::is_empty);
        return (!empty)
            .then(|| "the request takes no body".to_owned())
            .into_iter()
            .collect();
    };
    // Of a form with files the JSON part is looked at; some operations have only the form.
    let kind = ["application/json", "multipart/form-data"]
        .into_iter()
        .find(|kind| kinds.contains_key(*kind))
        .unwrap_or("application/json");
    let pointer = format!(
        "{}/requestBody/content/{}/schema",
        operation.pointer,
        kind.replace('/', "~1")
    );
    let body = if operation.allowing {
        Cow::Owned(as_described(exchange.body))
    } else {
        Cow::Borrowed(exchange.body)
    };
    match schemas.api(&pointer) {
        Ok(validator) => faults(&validator, &body)
            .into_iter()
            .map(|fault| format!("the request: {fault}"))
            .collect(),
        Err(error) => vec![format!(
            "the description of the request is unusable: {error}"
        )],
    }
}

fn answer(
    schemas: &'static Schemas,
    operation: &Operation<'_>,
    exchange: &Exchange<'_>,
) -> Vec<String> {
    let (Some(said), Some(code)) = (exchange.answer, exchange.status) else {
        return Vec::new();
    };
    let status = code.to_string();
    let responses = &operation.described["responses"];
    let pointer = if responses
        .get(&status)
        .is_some_and(|r| r.get("$ref").is_none())
    {
        format!(
            "{}/responses/{status}/content/application~1json/schema",
            operation.pointer
        )
    } else {
        match code {
            429 => "/components/schemas/RatelimitedResponse".to_owned(),
            400..500 => "/components/schemas/ErrorResponse".to_owned(),
            500.. => return Vec::new(),
            _ => return vec![format!("the answer {status} is not described")],
        }
    };
    if schemas.api.pointer(&pointer).is_none() {
        return vec![format!("the answer {status} has no body")];
    }
    let said = if code < 400 || !operation.allowing {
        Cow::Borrowed(said)
    } else {
        Cow::Owned(refusal_as_described(said))
    };
    match schemas.api(&pointer) {
        Ok(validator) => faults(&validator, &said)
            .into_iter()
            .map(|fault| format!("the answer: {fault}"))
            .collect(),
        Err(error) => vec![format!(
            "the description of the answer is unusable: {error}"
        )],
    }
}
