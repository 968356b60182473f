//! An address to listen on, or none.

use std::net::SocketAddr;

use super::{Value, quoted};

/// An address to listen on, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// Nobody is listened to.
    Off,
    /// The address; port 0 takes any that is free.
    On(SocketAddr),
}

impl Value for Listen {
    const EXPECTED: &'static str = "\"off\" or an address such as \"127.0.0.1:8080\"";

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            address => address.parse().ok().map(Self::On),
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(match self {
            Self::Off => quoted("off"),
            Self::On(address) => quoted(&address.to_string()),
        })
    }
}
