//! The simulator's own interface, for a simulator that is a process of its own. It lies below
//! `/sim`, where Discord has nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::{FaultAction, FaultId, FaultRule};
use crate::gateway::Harm;
use crate::rest::Request;
use crate::script::Line;
use crate::shared::Shared;
use crate::shown::Shown;
use crate::sim::settle;

/// What a control endpoint answers when it cannot do as told.
type Refused = (StatusCode, Json<Value>);

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/act", post(act))
        .route("/shown", get(shown))
        .route("/fault", post(add_fault).delete(clear_faults))
        .route("/fault/{id}", delete(release_fault))
        .route("/gateway", post(harm_gateway))
        .route("/requests", get(requests))
        .route("/world", get(world))
        .route("/advance", post(advance))
        .route("/settled", post(settled))
}

#[derive(Deserialize)]
struct ActBody {
    line: String,
}

async fn act(
    Extract(shared): Extract<Arc<Shared>>,
    Json(body): Json<ActBody>,
) -> Result<Json<Value>, Refused> {
    let line = Line::parse(&body.line).map_err(|error| refused(&error))?;
    match line {
        Line::Act(act) => {
            shared
                .lock()
                .perform(&act)
                .map_err(|refusal| refused(&refusal))?;
            shared.progress();
        }
        Line::Wait(time) => shared.lock().clock.advance(time),
        Line::Comment(_) | Line::Empty => {}
        Line::Restart | Line::Help => {
            return Err(refused(
                &"only a person acts here, and time passes; the bot is not mine",
            ));
        }
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct From {
    #[serde(default)]
    from: usize,
}

async fn shown(
    Extract(shared): Extract<Arc<Shared>>,
    Query(From { from }): Query<From>,
) -> Json<Vec<Shown>> {
    Json(
        shared
            .lock()
            .transcript
            .all
            .get(from..)
            .unwrap_or_default()
            .to_vec(),
    )
}

/// A [`FaultRule`] in JSON. Exactly one action is named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultBody {
    method: Option<String>,
    path: String,
    #[serde(default)]
    skip: u32,
    times: Option<u32>,
    /// How many of a thousand requests it strikes; all without it.
    per_thousand: Option<u16>,
    action: ActionBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionBody {
    Status {
        status: u16,
        body: Option<Value>,
    },
    Hold,
    DropBefore,
    DropAfter,
    Malformed,
    Delay {
        ms: u64,
    },
    RateLimited {
        ms: u64,
        #[serde(default)]
        global: bool,
    },
}

async fn add_fault(
    Extract(shared): Extract<Arc<Shared>>,
    Json(body): Json<FaultBody>,
) -> Json<Value> {
    let action = match body.action {
        ActionBody::Status { status, body } => FaultAction::Status(status, body),
        ActionBody::Hold => FaultAction::Hold,
        ActionBody::DropBefore => FaultAction::DropBefore,
        ActionBody::DropAfter => FaultAction::DropAfter,
        ActionBody::Malformed => FaultAction::Malformed,
        ActionBody::Delay { ms } => FaultAction::Delay(Duration::from_millis(ms)),
        ActionBody::RateLimited { ms, global } => FaultAction::RateLimited {
            retry_after: Duration::from_millis(ms),
            global,
        },
    };
    let FaultBody {
        method,
        path,
        skip,
        times,
        ..
    } = body;
    let rule = FaultRule {
        method,
        path,
        skip,
        times,
        action,
    };
    let mut state = shared.lock();
    let FaultId(id) = match body.per_thousand {
        Some(per_thousand) => state.faults.add_sometimes(rule, per_thousand),
        None => state.faults.add(rule),
    };
    Json(json!({"id": id}))
}

async fn clear_faults(Extract(shared): Extract<Arc<Shared>>) -> StatusCode {
    shared.lock().faults.clear();
    StatusCode::NO_CONTENT
}

async fn release_fault(Extract(shared): Extract<Arc<Shared>>, Path(id): Path<u64>) -> StatusCode {
    if shared.lock().faults.release(FaultId(id)) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

async fn harm_gateway(Extract(shared): Extract<Arc<Shared>>, Json(harm): Json<Harm>) -> StatusCode {
    shared.lock().harm_gateway(harm);
    shared.progress();
    StatusCode::NO_CONTENT
}

async fn requests(Extract(shared): Extract<Arc<Shared>>) -> Json<Vec<Request>> {
    Json(shared.lock().ledger.requests.clone())
}

/// Who is where, by name.
async fn world(Extract(shared): Extract<Arc<Shared>>) -> Json<Value> {
    let state = shared.lock();
    let now = state.now_ms();
    let Some(guild) = state.guilds.get(&state.main_guild) else {
        return Json(json!({}));
    };
    let names = |ids: Vec<&u64>| {
        ids.into_iter()
            .map(|id| state.name_of(*id))
            .collect::<Vec<_>>()
    };
    let running = guild.members.values().filter_map(|member| {
        let until = member.timeout_ms.filter(|until| *until > now)?;
        Some((state.name_of(member.user_id), json!(until)))
    });
    Json(json!({
        "bans": names(guild.bans.keys().collect()),
        "members": names(guild.members.keys().collect()),
        "timeouts": running.collect::<serde_json::Map<_, _>>(),
        "unimplemented": state.ledger.unimplemented,
    }))
}

#[derive(Deserialize)]
struct AdvanceBody {
    seconds: u64,
}

async fn advance(
    Extract(shared): Extract<Arc<Shared>>,
    Json(body): Json<AdvanceBody>,
) -> StatusCode {
    shared
        .lock()
        .clock
        .advance(Duration::from_secs(body.seconds));
    StatusCode::NO_CONTENT
}

async fn settled(Extract(shared): Extract<Arc<Shared>>) -> StatusCode {
    settle(&shared).await;
    StatusCode::NO_CONTENT
}

fn refused(why: &impl ToString) -> Refused {
    (
        StatusCode::BAD_REQUEST,
        Json(json!({"refusal": why.to_string()})),
    )
}
