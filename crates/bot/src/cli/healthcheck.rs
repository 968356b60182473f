//! `rookery healthcheck`.

use anyhow::{Context as _, Result, bail};
use settings::{Listen, Settings};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    process::ExitCode,
    time::Duration,
};

/// Shorter than what container runtimes wait.
const PATIENCE: Duration = Duration::from_secs(2);

/// Succeeds when the bot on this machine is alive, be it ready or not.
pub(super) async fn run() -> Result<ExitCode> {
    let Listen::On(address) = Settings::load()?.http.listen else {
        bail!("http.listen is off, so nobody can be asked");
    };
    let url = format!("http://{}/healthz", reachable(address));
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
    let answer = client.build()?.get(&url).send().await;
    let answer = answer.with_context(|| format!("no bot answers at {url}"))?;
    let status = answer.status();
    if !status.is_success() {
        bail!("{url} answers {status}: that is not Rookery");
    }
    Ok(ExitCode::SUCCESS)
}

/// Who listens on every address of the machine is asked on its own.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::reachable;

    #[test]
    fn who_listens_everywhere_is_asked_on_this_machine() {
        for (listens, asked) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("10.0.0.5:80", "10.0.0.5:80"),
        ] {
            let asked = asked.parse().unwrap();
            assert_eq!(reachable(listens.parse().unwrap()), asked);
        }
    }
}
