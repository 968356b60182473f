//! Faults on demand: each kind, and when it applies.

use std::time::{Duration, Instant};

use discord_sim::{FaultAction, FaultRule, Sim};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::support::{Rest, answer, id, sim};

const BANS: &str = "/guilds/*/bans/*";

fn rule(action: FaultAction) -> FaultRule {
    FaultRule {
        method: Some("PUT".to_owned()),
        path: BANS.to_owned(),
        skip: 0,
        times: None,
        action,
    }
}

fn ban(sim: &Sim, person: &str) -> RequestBuilder {
    let (guild, user) = (sim.guild_id(), id(sim.user_id(person)));
    Rest::new(sim).request("PUT", &format!("/guilds/{guild}/bans/{user}"))
}

fn last_status(sim: &Sim) -> Option<u16> {
    sim.requests().last().unwrap().status
}

#[tokio::test]
async fn a_status_is_answered_and_nothing_happens() {
    let sim = sim().await;
    let own = json!({"code": 50013, "message": "Missing Permissions"});
    let general = json!({"code": 0, "message": "503: Service Unavailable"});
    for (status, body, expected) in [(503, None, general), (403, Some(own.clone()), own)] {
        sim.fault(rule(FaultAction::Status(status, body)));
        assert_eq!(answer(ban(&sim, "troll")).await, (status, expected));
        assert_eq!(last_status(&sim), Some(status));
        sim.clear_faults();
    }
    assert!(sim.bans().is_empty());
}

#[tokio::test]
async fn a_held_request_takes_effect_when_it_is_released() {
    let sim = sim().await;
    for release in [true, false] {
        let held = sim.fault(rule(FaultAction::Hold));
        let person = if release { "troll" } else { "bob" };
        let before = sim.bans().len();
        let request = tokio::spawn(answer(ban(&sim, person)));
        while sim
            .requests()
            .last()
            .is_none_or(|last| last.status.is_some())
        {
            tokio::task::yield_now().await;
        }
        // What is held does not keep the simulator from being at rest.
        sim.settled().await;
        assert_eq!(sim.bans().len(), before);
        if release {
            assert!(sim.release(held));
        } else {
            sim.clear_faults();
        }
        assert_eq!(request.await.unwrap().0, 204);
        assert_eq!(sim.bans().len(), before + 1);
        assert!(!sim.release(held));
    }
}

#[tokio::test]
async fn a_request_can_be_lost_before_it_takes_effect_or_its_answer_after() {
    for (action, banned) in [(FaultAction::DropBefore, 0), (FaultAction::DropAfter, 1)] {
        let sim = sim().await;
        sim.fault(rule(action));
        ban(&sim, "troll").send().await.unwrap_err();
        sim.settled().await;
        assert_eq!(sim.bans().len(), banned);
    }
}

#[tokio::test]
async fn an_answer_can_be_no_json_although_the_request_took_effect() {
    let sim = sim().await;
    sim.fault(FaultRule {
        method: None,
        path: "/channels/*/messages".to_owned(),
        ..rule(FaultAction::Malformed)
    });
    let path = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let request = Rest::new(&sim).request("POST", &path);
    let response = request
        .json(&json!({"content": "hi"}))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let text = response.text().await.unwrap();
    assert!(serde_json::from_str::<Value>(&text).is_err(), "{text}");
    assert_eq!(sim.shown(0).len(), 1);
}

#[tokio::test]
async fn a_delayed_request_takes_effect_later() {
    let sim = sim().await;
    let delay = Duration::from_millis(50);
    sim.fault(rule(FaultAction::Delay(delay)));
    let start = Instant::now();
    assert_eq!(answer(ban(&sim, "troll")).await.0, 204);
    assert!(start.elapsed() >= delay);
    assert_eq!(sim.bans().len(), 1);
}

#[tokio::test]
async fn a_rule_lets_some_pass_and_ends_after_some() {
    let sim = sim().await;
    sim.fault(FaultRule {
        skip: 1,
        times: Some(2),
        ..rule(FaultAction::Status(500, None))
    });
    let mut statuses = Vec::new();
    for person in ["troll", "bob", "bob", "alice"] {
        statuses.push(answer(ban(&sim, person)).await.0);
    }
    assert_eq!(statuses, [204, 500, 500, 204]);
}
