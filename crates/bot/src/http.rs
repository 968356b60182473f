//! What a supervisor and Prometheus ask: is the process alive, is it ready, what did it do.
//!
//! `/healthz` answers as long as the bot's runtime runs tasks, whatever else is broken: a supervisor
//! must not restart a bot that waits for its database or for Discord. `/readyz` tells the truth
//! about both. `/metrics` has the numbers.

mod exposition;
mod readiness;
mod status;

pub use readiness::{Readiness, Reason};
pub use status::Status;

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{future::Future, io, net::SocketAddr};
use tokio::net::TcpListener;

/// Serves until `end`. The future is to be run as a task.
pub fn serve(
    listener: TcpListener,
    status: Status,
    end: impl Future<Output = ()> + Send + 'static,
) -> impl Future<Output = ()> + Send {
    let router = Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(status);
    async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(end);
        if let Err(error) = served.await {
            tracing::error!(%error, "the HTTP server ended");
        }
    }
}

/// Takes an address to listen on.
///
/// # Errors
/// What the system says, most often that somebody has the address.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

async fn ready(State(status): State<Status>) -> (StatusCode, Json<Readiness>) {
    let readiness = status.readiness().await;
    let code = if readiness.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (code, Json(readiness))
}

async fn metrics(State(status): State<Status>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match exposition::of(&status).await {
        Ok(text) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        // Writing to a string does not fail.
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
