//! A port with TLS, whose certificate comes from a test authority of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{self, ServerConfig};

/// The names that the certificate is good for: Discord's own, and the address that it really has.
const NAMES: [&str; 5] = [
    "discord.com",
    "gateway.discord.gg",
    "cdn.discordapp.com",
    "localhost",
    "127.0.0.1",
];

/// The port with TLS: where it is, and whom a bot has to trust.
#[derive(Clone, Debug)]
pub struct TlsPort {
    pub(crate) address: SocketAddr,
    pub(crate) ca_pem: String,
}

impl TlsPort {
    /// Where `discord.com` is to be found.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate of the authority, in PEM. It is made anew for every simulator, and its key is
    /// forgotten as soon as the port has its certificate.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }
}

/// Why there is no certificate.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TlsError {
    /// It could not be made.
    #[error("the certificate could not be made")]
    Certificate(#[from] rcgen::Error),
    /// It could not be used.
    #[error("the certificate could not be used")]
    Server(#[from] rustls::Error),
}

/// A new authority's certificate in PEM, and a server with a certificate of its.
pub(crate) fn server() -> Result<(String, TlsAcceptor), TlsError> {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    ca.distinguished_name
        .push(DnType::CommonName, "discord-sim test authority");
    let ca_key = KeyPair::generate()?;
    let ca_pem = ca.self_signed(&ca_key)?.pem();

    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
        .distinguished_name
        .push(DnType::CommonName, "discord.com");
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &Issuer::new(ca, ca_key))?;

    let chain = vec![certificate.der().clone()];
    let private = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, private)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((ca_pem, TlsAcceptor::from(Arc::new(config))))
}
