//! Rate limits, and faults that strike by chance.

use std::time::Duration;

use discord_sim::{FaultAction, FaultRule, RateLimits, Sim};
use serde_json::{Value, json};

use crate::support::{Rest, id, sim};

async fn get(rest: &Rest, path: &str) -> reqwest::Response {
    rest.request("GET", path).send().await.unwrap()
}

fn header<'a>(response: &'a reqwest::Response, name: &str) -> &'a str {
    response.headers().get(name).unwrap().to_str().unwrap()
}

async fn limited() -> (Sim, Rest) {
    let sim = sim().await;
    sim.set_rate_limits(RateLimits::Discord);
    let rest = Rest::new(&sim);
    (sim, rest)
}

#[tokio::test]
async fn a_route_tells_how_much_is_left_and_then_refuses() {
    let (sim, rest) = limited().await;
    let path = format!("/channels/{}/messages", id(sim.channel_id("general")));
    for left in (0..5).rev() {
        let request = rest.request("POST", &path).json(&json!({"content": "a"}));
        let response = request.send().await.unwrap();
        assert_eq!(header(&response, "x-ratelimit-remaining"), left.to_string());
        assert_eq!(header(&response, "x-ratelimit-limit"), "5");
        assert_eq!(header(&response, "x-ratelimit-reset-after"), "5.000");
    }
    let request = rest.request("POST", &path).json(&json!({"content": "a"}));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(header(&response, "retry-after"), "5.000");
    assert_eq!(header(&response, "x-ratelimit-scope"), "user");
    let body: Value = response.json().await.unwrap();
    assert_eq!(
        (&body["retry_after"], &body["global"]),
        (&json!(5.0), &json!(false))
    );
    // What was refused had no effect; another channel has limits of its own; and time passes.
    assert_eq!(sim.shown(0).len(), 5);
    let other = format!("/channels/{}/messages", id(sim.channel_id("random")));
    rest.ok("POST", &other, json!({"content": "a"})).await;
    sim.advance(Duration::from_secs(5)).await;
    rest.ok("POST", &path, json!({"content": "a"})).await;
}

#[tokio::test]
async fn all_routes_together_take_50_requests_per_second() {
    let (sim, rest) = limited().await;
    let mut users: Vec<String> = ["owner", "admin", "mod", "alice", "bob", "troll"]
        .map(|name| {
            format!(
                "/guilds/{}/members/{}",
                sim.guild_id(),
                id(sim.user_id(name))
            )
        })
        .to_vec();
    users.push(format!("/guilds/{}", sim.guild_id()));
    let mut routes = Vec::new();
    for path in [
        "/users/@me",
        "/gateway/bot",
        "/applications/@me",
        "/users/@me/guilds",
    ] {
        routes.extend(vec![path.to_owned(); 10]);
    }
    routes.extend(users);
    for path in routes.iter().cycle().take(47) {
        assert_eq!(get(&rest, path).await.status(), 200, "{path}");
    }
    for path in ["/channels/1", "/channels/2", "/channels/3"] {
        assert_eq!(get(&rest, path).await.status(), 404);
    }
    let refused = get(&rest, &format!("/guilds/{}/roles", sim.guild_id())).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-global"), "true");
    assert_eq!(header(&refused, "x-ratelimit-scope"), "global");
    // An answer to an interaction does not count.
    let (status, refusal) = rest
        .call("POST", "/interactions/1/token/callback", json!({"type": 5}))
        .await;
    assert_eq!((status, &refusal["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn a_channel_is_renamed_twice_in_ten_minutes() {
    let (sim, rest) = limited().await;
    let path = format!("/channels/{}", id(sim.channel_id("general")));
    for topic in ["one", "two"] {
        rest.ok("PATCH", &path, json!({"topic": topic})).await;
    }
    assert_eq!(
        rest.call("PATCH", &path, json!({"topic": "three"})).await.0,
        429
    );
    // Slowmode is another matter.
    rest.ok("PATCH", &path, json!({"rate_limit_per_user": 5}))
        .await;
    sim.advance(Duration::from_mins(10)).await;
    rest.ok("PATCH", &path, json!({"topic": "three"})).await;
}

#[tokio::test]
async fn a_storm_refuses_as_long_as_it_is_told() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let action = FaultAction::RateLimited {
        retry_after: Duration::from_millis(1_500),
        global: true,
    };
    sim.fault(
        FaultRule::new(Some("GET"), "/users/*", action)
            .after(1)
            .times(2),
    );
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let response = get(&rest, "/users/@me").await;
        if response.status() == 429 {
            assert_eq!(header(&response, "retry-after"), "1.500");
        }
        statuses.push(response.status().as_u16());
    }
    assert_eq!(statuses, [200, 429, 429, 200]);
    assert!(sim.transcript().contains("! answered 429 for 1500 ms"));
}

#[tokio::test]
async fn chance_strikes_alike_in_two_runs_with_one_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let sim = sim().await;
        let rest = Rest::new(&sim);
        let rule = FaultRule::new(None, "/users/*", FaultAction::Status(500, None));
        sim.fault_sometimes(rule, 400);
        let mut statuses = Vec::new();
        for _ in 0..40 {
            statuses.push(get(&rest, "/users/@me").await.status().as_u16());
        }
        let struck = statuses.iter().filter(|status| **status == 500).count();
        assert!((5..30).contains(&struck), "{struck} of 40");
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
}
