//! The simulator as a process of its own, told over HTTP what people do.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::answer;

/// The program, which ends with the test.
struct Program {
    child: Child,
    url: String,
    token: String,
    client: Client,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_discord-sim"))
            .args(["--port", "0", "--seed", "7"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let (url, token) = line.trim().split_once(' ').unwrap();
        Self {
            child,
            url: url.to_owned(),
            token: token.to_owned(),
            client: Client::new(),
        }
    }

    async fn control(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/sim{path}", self.url);
        let mut request = self.client.request(method.parse().unwrap(), url);
        if !body.is_null() {
            request = request.json(&body);
        }
        answer(request).await
    }

    async fn bot(&self, method: &str, path: &str) -> (u16, Value) {
        let url = format!("{}/api/v10{path}", self.url);
        let request = self.client.request(method.parse().unwrap(), url);
        answer(request.header("Authorization", format!("Bot {}", self.token))).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn people_act_and_time_passes_on_request() {
    let program = Program::start();
    let say = |line: &str| json!({"line": line});
    let hello = program.control("POST", "/act", say("alice: hello")).await;
    assert_eq!(hello, (200, json!({})));
    let refused = program
        .control("POST", "/act", say("alice#mod-log: hello"))
        .await;
    let why = json!({"refusal": "alice cannot see #mod-log"});
    assert_eq!(refused, (400, why));
    let (status, _) = program.control("POST", "/act", say("nonsense")).await;
    assert_eq!(status, 400);
    let (_, shown) = program.control("GET", "/shown?from=0", Value::Null).await;
    assert_eq!(shown.as_array().unwrap().len(), 1);
    assert_eq!(
        (&shown[0]["kind"], &shown[0]["author"]),
        (&json!("message"), &json!("alice"))
    );
    let (_, shown) = program.control("GET", "/shown?from=1", Value::Null).await;
    assert_eq!(shown, json!([]));
    for (path, body) in [
        ("/settled", Value::Null),
        ("/advance", json!({"seconds": 3_600})),
    ] {
        assert_eq!(program.control("POST", path, body).await.0, 204, "{path}");
    }
}

#[tokio::test]
async fn the_bot_is_watched_and_harmed_on_request() {
    let program = Program::start();
    let (_, guilds) = program.bot("GET", "/users/@me/guilds").await;
    let guild = guilds[0]["id"].as_str().unwrap();
    let query = format!("/guilds/{guild}/members/search?query=troll");
    let (_, found) = program.bot("GET", &query).await;
    let ban = format!(
        "/guilds/{guild}/bans/{}",
        found[0]["user"]["id"].as_str().unwrap()
    );

    let status = json!({"status": {"status": 503}});
    let fault = json!({"method": "PUT", "path": "/guilds/*/bans/*", "times": 1, "action": status});
    let (_, added) = program.control("POST", "/fault", fault).await;
    assert_eq!(program.bot("PUT", &ban).await.0, 503);
    assert_eq!(program.bot("PUT", &ban).await.0, 204);

    let held = json!({"path": "/users/@me", "action": "hold"});
    let (_, held) = program.control("POST", "/fault", held).await;
    let path = format!("/fault/{}", held["id"]);
    assert_ne!(held["id"], added["id"]);
    assert_eq!(program.control("DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(program.control("DELETE", &path, Value::Null).await.0, 404);
    assert_eq!(
        program.control("DELETE", "/fault", Value::Null).await.0,
        204
    );
    let odd = json!({"path": "/a", "action": "explode"});
    assert_eq!(program.control("POST", "/fault", odd).await.0, 422);

    let (_, requests) = program.control("GET", "/requests", Value::Null).await;
    let statuses: Vec<_> = requests
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["status"])
        .collect();
    assert_eq!(statuses, [200, 200, 503, 204]);
    let (_, world) = program.control("GET", "/world", Value::Null).await;
    assert_eq!(world["bans"], json!(["troll"]));
    assert!(
        !world["members"]
            .as_array()
            .unwrap()
            .contains(&json!("troll"))
    );
    assert_eq!(world["timeouts"], json!({}));
    assert_eq!(world["unimplemented"], json!([]));
}

#[tokio::test]
async fn the_gateway_is_harmed_over_http_too() {
    let program = Program::start();
    for harm in [
        json!("cut"),
        json!("reconnect"),
        json!({"close": 4000}),
        json!({"invalidate": {"resumable": true}}),
        json!({"begin": "partition"}),
        json!({"end": "partition"}),
        json!({"begin": {"duplicate": 3}}),
    ] {
        let (status, answer) = program.control("POST", "/gateway", harm.clone()).await;
        assert_eq!(status, 204, "{harm}: {answer}");
    }
    let (status, _) = program.control("POST", "/gateway", json!("explode")).await;
    assert_eq!(status, 422);
}
