//! Rate limits: how many requests of a kind are let through in a while.
//!
//! Discord does not publish its numbers and asks clients to follow the headers:
//! <https://discord.com/developers/docs/topics/rate-limits>. The numbers here are of the size that
//! bots meet.

use std::collections::HashMap;

use serde_json::{Value, json};

/// How a simulator limits requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimits {
    /// Not at all, and without headers.
    #[default]
    Off,
    /// By route, and 50 requests per second over all, in the time of the simulator's clock.
    Discord,
}

/// How many requests in how many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quota {
    limit: u64,
    window_ms: i64,
}

/// Over all routes but those of interactions.
const GLOBAL: Quota = Quota {
    limit: 50,
    window_ms: 1_000,
};
/// Routes that nothing else is said of.
const USUAL: Quota = Quota {
    limit: 10,
    window_ms: 10_000,
};

/// The windows that are open.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    pub(crate) limits: RateLimits,
    buckets: HashMap<(String, String), Window>,
    global: Option<Window>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u64,
    ends_ms: i64,
}

/// What a request is told of its limit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body of a 429; nothing when the request is let through.
    pub(crate) refused: Option<Value>,
}

impl Limiter {
    /// Counts a request. Nothing is told while limits are off.
    pub(crate) fn pass(
        &mut self,
        method: &str,
        path: &str,
        body: &Value,
        now_ms: i64,
    ) -> Option<Told> {
        if self.limits == RateLimits::Off {
            return None;
        }
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        // Answers to interactions must come in time, whatever else the bot does.
        let interaction = matches!(parts.as_slice(), ["interactions" | "webhooks", _, _, ..]);
        if !interaction && let Err(ends_ms) = take(&mut self.global, GLOBAL, now_ms) {
            return Some(told_global(ends_ms - now_ms));
        }
        let (bucket, major) = bucket(method, &parts, body);
        let quota = quota(method, &parts, body);
        let mut window = self.buckets.get(&(bucket.clone(), major.clone())).copied();
        let taken = take(&mut window, quota, now_ms);
        let window = window?;
        self.buckets.insert((bucket.clone(), major), window);
        let left_ms = window.ends_ms - now_ms;
        let mut headers = vec![
            ("x-ratelimit-limit", quota.limit.to_string()),
            (
                "x-ratelimit-remaining",
                (quota.limit - window.used).to_string(),
            ),
            ("x-ratelimit-reset", seconds(window.ends_ms)),
            ("x-ratelimit-reset-after", seconds(left_ms)),
            ("x-ratelimit-bucket", digest(&bucket)),
        ];
        let refused = taken.is_err().then(|| {
            headers.push(("retry-after", seconds(left_ms)));
            headers.push(("x-ratelimit-scope", "user".to_owned()));
            refusal(left_ms, false)
        });
        Some(Told { headers, refused })
    }
}

/// What everyone is told when the bot as a whole asks too much.
pub(crate) fn told_global(left_ms: i64) -> Told {
    Told {
        headers: vec![
            ("retry-after", seconds(left_ms)),
            ("x-ratelimit-global", "true".to_owned()),
            ("x-ratelimit-scope", "global".to_owned()),
        ],
        refused: Some(refusal(left_ms, true)),
    }
}

/// What a request is told that is refused on purpose, by a bucket that others share.
pub(crate) fn told_shared(left_ms: i64) -> Told {
    Told {
        headers: vec![
            ("retry-after", seconds(left_ms)),
            ("x-ratelimit-limit", "1".to_owned()),
            ("x-ratelimit-remaining", "0".to_owned()),
            ("x-ratelimit-reset-after", seconds(left_ms)),
            ("x-ratelimit-bucket", digest("shared")),
            ("x-ratelimit-scope", "shared".to_owned()),
        ],
        refused: Some(refusal(left_ms, false)),
    }
}

/// Takes one from a window, or says when the next one opens.
fn take(window: &mut Option<Window>, quota: Quota, now_ms: i64) -> Result<(), i64> {
    let fresh = Window {
        used: 0,
        ends_ms: now_ms + quota.window_ms,
    };
    let open = window.filter(|window| window.ends_ms > now_ms);
    let open = window.insert(open.unwrap_or(fresh));
    if open.used >= quota.limit {
        return Err(open.ends_ms);
    }
    open.used += 1;
    Ok(())
}

/// Which requests are counted together: those of one route, for each channel, guild or webhook.
fn bucket(method: &str, parts: &[&str], body: &Value) -> (String, String) {
    let major = match parts {
        ["channels" | "guilds", id, ..] => (*id).to_owned(),
        ["webhooks" | "interactions", id, token, ..] => format!("{id}/{token}"),
        _ => String::new(),
    };
    let mut route = vec![method.to_owned()];
    let after_reactions = parts.iter().position(|part| *part == "reactions");
    for (index, part) in parts.iter().enumerate() {
        let token = parts[0] == "webhooks" && index == 2;
        let variable = part.bytes().all(|b| b.is_ascii_digit()) || token;
        let emoji = after_reactions.is_some_and(|at| index > at);
        route.push(if variable || emoji { "*" } else { part }.to_owned());
    }
    if renames(method, parts, body) {
        route.push("name".to_owned());
    }
    (route.join("/"), major)
}

fn quota(method: &str, parts: &[&str], body: &Value) -> Quota {
    let quota = |limit, window_ms| Quota { limit, window_ms };
    match (method, parts) {
        _ if renames(method, parts, body) => quota(2, 600_000),
        ("POST" | "PATCH", ["channels", _, "messages", ..]) => quota(5, 5_000),
        ("PUT" | "DELETE", ["channels", _, "messages", _, "reactions", ..]) => quota(1, 250),
        ("DELETE", ["channels", _, "messages", ..]) => quota(5, 1_000),
        (_, ["webhooks", _, _, ..]) => quota(5, 2_000),
        _ => USUAL,
    }
}

/// A channel's name and topic may be changed twice in ten minutes.
fn renames(method: &str, parts: &[&str], body: &Value) -> bool {
    let named = body.get("name").is_some() || body.get("topic").is_some();
    method == "PATCH" && matches!(parts, ["channels", _]) && named
}

fn refusal(left_ms: i64, global: bool) -> Value {
    let message = "You are being rate limited.";
    let seconds = serde_json::Number::from_f64(in_seconds(left_ms));
    json!({"code": 0, "message": message, "retry_after": seconds, "global": global})
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of a window, or of this century"
)]
fn in_seconds(ms: i64) -> f64 {
    ms.max(1) as f64 / 1_000.0
}

/// Seconds with their thousandths, as headers have them.
fn seconds(ms: i64) -> String {
    format!("{:.3}", in_seconds(ms))
}

/// A name that says nothing, as Discord's are.
fn digest(text: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
}
