//! The page's port.

use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::{Path, State as Extract, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use super::{Site, asset, guard, socket};

/// Serves the page until the simulator is stopped.
pub(super) async fn serve(listener: TcpListener, site: Arc<Site>) {
    let router = Router::new()
        .route("/{token}/", get(index))
        .route("/{token}/socket", get(upgrade))
        .route("/{token}/transcript.script", get(transcript))
        .route("/{token}/{file}", get(file))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&site),
            guard::guard,
        ))
        .with_state(Arc::clone(&site));
    let shared = Arc::clone(&site.sim.shared);
    let served = axum::serve(listener, router).with_graceful_shutdown(async move {
        shared.stopped().await;
    });
    if let Err(error) = served.await {
        tracing::warn!(%error, "the page is no longer served");
    }
}

async fn index() -> Response {
    asset::INDEX.answer()
}

async fn file(Path((_token, name)): Path<(String, String)>) -> Response {
    match asset::named(&name) {
        Some(asset) => asset.answer(),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

/// Everything that was played, to be played again.
async fn transcript(Extract(site): Extract<Arc<Site>>) -> Response {
    let shown = site.sim.shown(0);
    let script = site.script.lock().unwrap_or_else(PoisonError::into_inner);
    let text = script.write(&shown, |shown| site.host.describe(shown));
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"sandbox.script\"",
        ),
    ];
    (headers, text).into_response()
}

async fn upgrade(Extract(site): Extract<Arc<Site>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| socket::serve(socket, site))
}
