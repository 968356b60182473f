//! Who is answered: only a browser on this computer that knows the token.

use std::sync::Arc;

use axum::extract::{Request, State as Extract};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Site;

/// What someone reads who comes without the token.
const NO_TOKEN: &str = "This is a sandbox, and its address holds a secret. Open the whole address that \
                        was printed when it started.\n";
const WRONG_HOST: &str = "This sandbox answers on 127.0.0.1 and localhost only.\n";
const WRONG_ORIGIN: &str = "This sandbox answers its own page only.\n";

/// Refuses what does not come from the page itself, and sends everything with strict headers.
pub(super) async fn guard(
    Extract(site): Extract<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match refuse(&site, &request) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    harden(response.headers_mut(), site.port);
    response
}

fn refuse(site: &Site, request: &Request) -> Option<&'static str> {
    let headers = request.headers();
    // A foreign name that leads to this computer would make a foreign page ours.
    let host = text(headers, &HOST).unwrap_or_default();
    if !names(site.port).any(|name| name == host) {
        return Some(WRONG_HOST);
    }
    if let Some(origin) = text(headers, &ORIGIN) {
        let own = names(site.port).any(|name| origin == format!("http://{name}"));
        if !own {
            return Some(WRONG_ORIGIN);
        }
    }
    let given = request.uri().path().split('/').nth(1).unwrap_or_default();
    (!same(given, &site.token)).then_some(NO_TOKEN)
}

/// The names by which a browser may call this port.
fn names(port: u16) -> impl Iterator<Item = String> {
    ["127.0.0.1", "localhost"]
        .into_iter()
        .map(move |name| format!("{name}:{port}"))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Compares in a time that does not tell how much was right.
fn same(given: &str, token: &str) -> bool {
    let pairs = given.bytes().zip(token.bytes());
    given.len() == token.len() && pairs.fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn harden(headers: &mut HeaderMap, port: u16) {
    // Nothing but the page's own files, and nothing that is written into the document.
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // The address is the secret: it goes nowhere.
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn only_the_whole_token_is_the_token() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abcd", "abd", "ABC"] {
            assert!(!same(other, "abc"), "{other}");
        }
    }
}
