//! Opening a page.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::script::Script;
use super::{Page, PageBuilder, PageError, Site, server};

/// How many random bytes the address has.
const TOKEN_BYTES: usize = 16;

pub(super) async fn open(builder: PageBuilder) -> Result<Page, PageError> {
    let PageBuilder {
        sim,
        port,
        host,
        panels,
        watched,
    } = builder;
    let port_error = |source| PageError::Port { port, source };
    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(wanted).await.map_err(port_error)?;
    let address = listener.local_addr().map_err(port_error)?;
    let site = Arc::new(Site {
        sim,
        token: token()?,
        port: address.port(),
        host,
        panels,
        watched,
        script: Mutex::new(Script::default()),
        played: watch::Sender::new(0),
    });
    tokio::spawn(server::serve(listener, Arc::clone(&site)));
    Ok(Page { site })
}

fn token() -> Result<String, PageError> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(PageError::Random)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
