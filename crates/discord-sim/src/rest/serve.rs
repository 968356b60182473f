//! One request from beginning to end: read, recorded, perhaps harmed, followed, answered.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::State as Extract;
use axum::http::{HeaderMap, HeaderValue, Request as HttpRequest, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::call::{Answer, Answered, Call, reason, token};
use super::rate_limit::{Told, told_global, told_shared};
use super::route::route;
use super::{Request, cdn, upload};
use crate::checks::{Exchange, violations};
use crate::error::ApiError;
use crate::fault::{FaultAction, Met};
use crate::history::Happening;
use crate::limits;
use crate::shared::Shared;
use crate::state::State;
use crate::traffic::Traffic;

/// Marks a response that must never be sent: the connection ends instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropped;

/// Serves everything that is not the gateway.
pub(crate) async fn serve(
    Extract(shared): Extract<Arc<Shared>>,
    request: HttpRequest<Body>,
) -> Response {
    if let Some(file) = cdn::path(request.uri().path()) {
        return cdn::download(&shared, file);
    }
    let Some(path) = api_path(request.uri().path()) else {
        return refuse(&ApiError::UNKNOWN_ROUTE);
    };
    let path = path.to_owned();
    let flight = Flight::start(&shared);
    let call = match read(&shared, path, request).await {
        Ok(call) => call,
        Err(error) => return refuse(&error),
    };
    let (index, met) = flight.record(&call);
    let fault = match met {
        Some(Met {
            action: FaultAction::Hold,
            released,
        }) => {
            flight
                .pause(Met {
                    action: FaultAction::Hold,
                    released,
                })
                .await;
            None
        }
        Some(Met {
            action: FaultAction::Delay(time),
            ..
        }) => {
            tokio::time::sleep(time).await;
            None
        }
        Some(Met {
            action: FaultAction::DropBefore,
            ..
        }) => {
            flight.check(&call, None, None);
            return dropped();
        }
        Some(Met {
            action: FaultAction::Status(status, body),
            ..
        }) => {
            flight.check(&call, None, None);
            flight.answered(index, status);
            return respond(status, Json(body.unwrap_or_else(|| general_error(status))));
        }
        Some(Met {
            action:
                FaultAction::RateLimited {
                    retry_after,
                    global,
                },
            ..
        }) => {
            let left_ms = i64::try_from(retry_after.as_millis()).unwrap_or(i64::MAX);
            let told = if global {
                told_global(left_ms)
            } else {
                told_shared(left_ms)
            };
            flight.check(&call, None, None);
            flight.answered(index, 429);
            return limited(respond(429, Json(told.refused)), told.headers);
        }
        Some(Met { action, .. }) => Some(action),
        None => None,
    };
    let told = flight.count(&call);
    let headers = match told {
        Some(Told {
            headers,
            refused: Some(body),
        }) => {
            flight.check(&call, Some(429), Some(&body));
            flight.answered(index, 429);
            return limited(respond(429, Json(body)), headers);
        }
        Some(told) => told.headers,
        None => Vec::new(),
    };
    let (status, answered) = flight.follow(index, &call);
    let response = match (fault, answered) {
        (Some(FaultAction::DropAfter), _) => return dropped(),
        (Some(FaultAction::Malformed), _) => respond(status, "{\"id\": \"1"),
        (_, Ok(Answer::Json(body) | Answer::Created(body))) => respond(status, Json(body)),
        (_, Ok(Answer::NoContent)) => respond(status, ()),
        (_, Err(error)) => refuse(&error),
    };
    limited(response, headers)
}

/// A request that is being worked on; counted until it is dropped, so that also a bot that hangs up
/// leaves nothing behind.
struct Flight<'a> {
    shared: &'a Shared,
}

impl<'a> Flight<'a> {
    fn start(shared: &'a Shared) -> Self {
        shared.lock().ledger.in_flight += 1;
        Self { shared }
    }

    /// Notes the request and what fault it meets. Answers its place in the ledger.
    fn record(&self, call: &Call) -> (usize, Option<Met>) {
        let mut state = self.shared.lock();
        state.pass(Traffic::Request {
            method: call.method.as_str(),
            path: &call.path,
            body: &call.body,
        });
        state.ledger.requests.push(Request {
            method: call.method.to_string(),
            path: call.path.clone(),
            query: call.query.clone(),
            body: (!call.body.is_null()).then(|| call.body.clone()),
            reason: call.reason.clone(),
            status: None,
        });
        let index = state.ledger.requests.len() - 1;
        state.note(Happening::Request(index));
        let met = state.faults.meet(call.method.as_str(), &call.path);
        if let Some(met) = &met {
            state.note(Happening::Fault(met.action.to_string()));
        }
        (index, met)
    }

    /// Counts the request towards the limits.
    fn count(&self, call: &Call) -> Option<Told> {
        let mut state = self.shared.lock();
        let now = state.now_ms();
        let method = call.method.as_str();
        state.limiter.pass(method, &call.path, &call.body, now)
    }

    /// Waits for the release of a held request, which meanwhile does not count.
    async fn pause(&self, met: Met) {
        let paused = Paused::start(self.shared);
        met.wait().await;
        drop(paused);
    }

    fn follow(&self, index: usize, call: &Call) -> (u16, Answered) {
        let mut state = self.shared.lock();
        let answered = route(self.shared, &mut state, call);
        let status = match &answered {
            Ok(Answer::Json(_)) => 200,
            Ok(Answer::Created(_)) => 201,
            Ok(Answer::NoContent) => 204,
            Err(error) => error.status,
        };
        if answered.as_ref() == Err(&ApiError::UNKNOWN_ROUTE) {
            let route = format!("{} {}", call.method, call.path);
            tracing::error!(
                route,
                "the bot asked for a route that the simulator does not have"
            );
            state.ledger.unimplemented.push(route);
        }
        set_status(&mut state, index, status);
        drop(state);
        let error = answered.as_ref().err().map(ApiError::body);
        let body = match &answered {
            Ok(Answer::Json(body) | Answer::Created(body)) => Some(body),
            Ok(Answer::NoContent) => None,
            Err(_) => error.as_ref(),
        };
        self.check(call, Some(status), body);
        (status, answered)
    }

    /// Holds a request and its answer against Discord's description of them.
    fn check(&self, call: &Call, status: Option<u16>, answer: Option<&Value>) {
        let found = violations(&Exchange {
            method: call.method.as_str(),
            path: &call.path,
            query: &call.query,
            body: &call.body,
            status,
            answer,
        });
        if !found.is_empty() {
            self.shared.lock().checks.add(found);
        }
    }

    fn answered(&self, index: usize, status: u16) {
        set_status(&mut self.shared.lock(), index, status);
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.shared.lock().ledger.in_flight -= 1;
        self.shared.progress();
    }
}

/// The time in which a request is held.
struct Paused<'a>(&'a Shared);

impl<'a> Paused<'a> {
    fn start(shared: &'a Shared) -> Self {
        shared.lock().ledger.in_flight -= 1;
        shared.progress();
        Self(shared)
    }
}

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.lock().ledger.in_flight += 1;
    }
}

fn set_status(state: &mut State, index: usize, status: u16) {
    if let Some(request) = state.ledger.requests.get_mut(index) {
        request.status = Some(status);
    }
}

/// The path below `/api/v10`, or below `/api` as the unversioned routes have it.
fn api_path(path: &str) -> Option<&str> {
    let path = path.strip_prefix("/api")?;
    let path = path.strip_prefix("/v10").unwrap_or(path);
    path.starts_with('/').then_some(path)
}

async fn read(shared: &Shared, path: String, request: HttpRequest<Body>) -> Result<Call, ApiError> {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (body, uploads) = if has_type(&headers, "multipart/form-data") {
        upload::read(request, |name, kind, bytes| {
            cdn::keep(shared, name, kind, bytes)
        })
        .await?
    } else {
        let bytes = to_bytes(request.into_body(), limits::REQUEST_BYTES)
            .await
            .map_err(|_| ApiError::TOO_LARGE)?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).map_err(|_| ApiError::BAD_JSON)?
        };
        (body, Vec::new())
    };
    let (reason, token) = (reason(&headers), token(&headers));
    Ok(Call {
        method,
        path,
        query,
        body,
        uploads,
        reason,
        token,
    })
}

fn has_type(headers: &HeaderMap, kind: &str) -> bool {
    let given = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    given.is_some_and(|given| given.starts_with(kind))
}

fn refuse(error: &ApiError) -> Response {
    respond(error.status, Json(error.body()))
}

fn respond(status: u16, body: impl IntoResponse) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, body).into_response()
}

/// Adds the headers that tell of limits.
fn limited(mut response: Response, headers: Vec<(&'static str, String)>) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn dropped() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(Dropped);
    response
}

fn general_error(status: u16) -> Value {
    let text = StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    json!({"code": 0, "message": format!("{status}: {}", text.unwrap_or("Error"))})
}
