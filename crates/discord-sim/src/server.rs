//! The port: HTTP and the gateway, on loopback.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State as Extract, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::rest::{self, Dropped};
use crate::shared::Shared;
use crate::{control, gateway, limits};

/// What a port speaks.
#[derive(Clone)]
pub(crate) enum Port {
    Plain,
    #[cfg(feature = "tls")]
    Tls(tokio_rustls::TlsAcceptor),
}

/// Serves connections until the simulator is stopped. Ending ends all of them.
pub(crate) async fn serve(listener: TcpListener, port: Port, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/", get(upgrade))
        .nest("/sim", control::router())
        .fallback(rest::serve)
        .layer(DefaultBodyLimit::max(limits::REQUEST_BYTES))
        .with_state(Arc::clone(&shared));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, port.clone(), router.clone()));
                }
                Err(error) => tracing::warn!(%error, "a connection could not be accepted"),
            },
            Some(_ended) = connections.join_next(), if !connections.is_empty() => {}
            // Looking at the state, which the next turn does, is all that a deadline needs.
            () = shared.next_deadline() => {}
            () = shared.stopped() => return,
        }
    }
}

async fn upgrade(
    Extract(shared): Extract<Arc<Shared>>,
    Query(asked): Query<gateway::Asked>,
    socket: WebSocketUpgrade,
) -> Response {
    socket.on_upgrade(|socket| gateway::serve(socket, asked, shared))
}

/// The service's refusal to answer, which makes hyper close the connection.
#[derive(Debug, Error)]
#[error("the answer is lost on purpose")]
struct LostAnswer;

async fn connection(stream: TcpStream, port: Port, router: Router) {
    // Small frames that wait for each other's acknowledgements would take 40 ms each.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection stays slow");
    }
    match port {
        Port::Plain => http(stream, router).await,
        #[cfg(feature = "tls")]
        Port::Tls(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => http(stream, router).await,
            Err(error) => tracing::warn!(%error, "a client does not trust the test authority"),
        },
    }
}

async fn http(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request| {
        let answer = router.call(request);
        async move {
            let answer = answer
                .await
                .unwrap_or_else(|never: Infallible| match never {});
            match answer.extensions().get::<Dropped>() {
                Some(Dropped) => Err(LostAnswer),
                None => Ok(answer),
            }
        }
    });
    let served = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended early");
    }
}
