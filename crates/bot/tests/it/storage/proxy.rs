//! A network before a database that can be cut.

use std::sync::Arc;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Passes everything on to the server, while it may. Ends with the test's runtime.
pub(crate) struct Proxy {
    url: String,
    state: Arc<watch::Sender<Network>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Network {
    Open,
    /// Connections are closed, also new ones.
    Cut,
    /// Nothing comes through, and nobody says so.
    Silent,
}

impl Proxy {
    pub(crate) async fn before(url: &str) -> Self {
        let rest = url.split_once('@').expect("a user").1;
        let server = rest.split('/').next().expect("a server").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(watch::Sender::new(Network::Open));
        let proxy = Self {
            url: url.replace(&server, &own),
            state: Arc::clone(&state),
        };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, server.clone(), Arc::clone(&state)));
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn go_away(&self) {
        self.state.send_replace(Network::Cut);
    }

    pub(crate) fn fall_silent(&self) {
        self.state.send_replace(Network::Silent);
    }

    /// New connections come through again; those from before are gone.
    pub(crate) fn come_back(&self) {
        self.state.send_replace(Network::Cut);
        self.state.send_replace(Network::Open);
    }
}

async fn pass(mut client: TcpStream, server: String, state: Arc<watch::Sender<Network>>) {
    let mut state = state.subscribe();
    if *state.borrow_and_update() == Network::Cut {
        return;
    }
    if *state.borrow() == Network::Open {
        let mut server = TcpStream::connect(server).await.expect("the server");
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = state.changed() => {}
        }
        if *state.borrow_and_update() == Network::Silent {
            // Both ends stay open.
            drop(state.changed().await);
        }
        return;
    }
    drop(state.changed().await);
}
