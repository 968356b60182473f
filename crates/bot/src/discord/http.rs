//! The REST client.

use poise::serenity_prelude::{Http, HttpBuilder};
use settings::Discord;
use std::time::Duration;

/// Longest time for one call, after which its outcome is unknown.
pub const TIMEOUT: Duration = Duration::from_secs(15);

/// A REST client that never waits for ever.
///
/// With an own address for REST (a proxy, or an imitation of Discord) serenity's rate limiter is off:
/// with the limiter on, serenity ignores the address and calls the real Discord.
///
/// # Errors
/// When TLS cannot be set up.
pub fn client(settings: &Discord, token: &str) -> Result<Http, reqwest::Error> {
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(TIMEOUT)
        .pool_idle_timeout(Duration::from_mins(1))
        .build()?;
    let builder = HttpBuilder::new(token).client(client);
    Ok(match &settings.api_url {
        Some(url) => builder
            .proxy(url.trim_end_matches('/'))
            .ratelimiter_disabled(true)
            .build(),
        None => builder.build(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limiter_is_off_exactly_when_calls_go_elsewhere() {
        let mut settings = Discord::default();
        assert!(client(&settings, "token").unwrap().ratelimiter.is_some());
        settings.api_url = Some("http://127.0.0.1:1/".to_owned());
        let http = client(&settings, "token").unwrap();
        assert!(http.ratelimiter.is_none());
        assert_eq!(http.proxy.as_deref(), Some("http://127.0.0.1:1"));
    }
}
