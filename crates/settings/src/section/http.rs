//! `[http]`: what supervisors and Prometheus ask.

use std::net::{Ipv4Addr, SocketAddr};

use super::section;
use crate::Listen;

section! {
    /// What supervisors and Prometheus ask.
    pub struct Http("http.") {
        /// Where `/healthz`, `/readyz` and `/metrics` are served. They tell nothing of any guild, but need not be public.
        listen: Listen = Listen::On(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 8080));
    }
}
