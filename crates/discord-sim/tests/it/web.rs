//! The page's port: who is answered, and what a page is told.

use discord_sim::{Act, Sim, web::Page};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::support::{ALL_INTENTS, Rest, Wire, act, button, respond, sim};

async fn page(sim: &Sim) -> Page {
    Page::builder(sim).watch("mod-log").open().await.unwrap()
}

/// A page as the browser has it: everything that it was told, put together.
struct Open {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    told: Vec<Value>,
    parts: Value,
    /// The contents of all messages, by id.
    messages: serde_json::Map<String, Value>,
}

impl Open {
    async fn new(page: &Page) -> Self {
        let address = page.url().replace("http:", "ws:") + "socket";
        let (socket, _) = connect_async(address).await.unwrap();
        let mut open = Self {
            socket,
            told: Vec::new(),
            parts: json!({}),
            messages: serde_json::Map::new(),
        };
        open.until(|open| open.parts["me"].is_string()).await;
        open
    }

    async fn ask(&mut self, request: Value) {
        let text = request.to_string();
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// Takes what comes until something is so.
    async fn until(&mut self, so: impl Fn(&Self) -> bool + Send + Sync) {
        let wait = async {
            while !so(self) {
                let Message::Text(text) = self.socket.next().await.unwrap().unwrap() else {
                    continue;
                };
                self.take(serde_json::from_str(&text).unwrap());
            }
        };
        let came = tokio::time::timeout(std::time::Duration::from_secs(20), wait).await;
        assert!(came.is_ok(), "it never came: {:?}", self.told);
    }

    fn take(&mut self, told: Value) {
        for (name, part) in told["set"].as_object().into_iter().flatten() {
            self.parts[name] = part.clone();
        }
        for change in told["messages"]
            .as_object()
            .into_iter()
            .flat_map(|m| m.values())
        {
            for id in change["drop"].as_array().into_iter().flatten() {
                self.messages.remove(id.as_str().unwrap());
            }
            for message in change["put"].as_array().into_iter().flatten() {
                let id = message["id"].as_str().unwrap().to_owned();
                self.messages.insert(id, message.clone());
            }
            if change.is_null() {
                self.messages.clear();
            }
        }
        self.told.push(told);
    }

    fn says(&self, text: &str) -> bool {
        self.messages.values().any(|m| m["content"] == text)
    }

    fn refused(&self) -> Option<&str> {
        let refusal = self.told.iter().find(|told| told["type"] == "refused");
        refusal.and_then(|told| told["text"].as_str())
    }

    fn channel(&self, name: &str) -> String {
        let all = self.parts["channels"].as_array().unwrap();
        let found = all.iter().find(|channel| channel["name"] == name);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn without_the_token_nothing_is_answered() {
    let sim = sim().await;
    let page = page(&sim).await;
    let client = reqwest::Client::new();
    let status = async |address: String| client.get(address).send().await.unwrap().status();
    for file in ["", "main.js", "base.css", "transcript.script"] {
        assert_eq!(status(page.url() + file).await, 200, "{file}");
    }
    let token = page.url().split('/').nth(3).unwrap().to_owned();
    let other = "0".repeat(token.len());
    for file in ["", "main.js", "socket", "transcript.script"] {
        let wrong = page.url().replace(&token, &other) + file;
        assert_eq!(status(wrong).await, 403, "{file}");
    }
    let root = page.url().replace(&format!("{token}/"), "");
    assert_eq!(status(root).await, 403);
    let wrong = page.url().replace("http:", "ws:").replace(&token, &other) + "socket";
    assert!(connect_async(wrong).await.is_err());
}

#[tokio::test]
async fn a_foreign_name_and_a_foreign_page_are_refused() {
    let sim = sim().await;
    let page = page(&sim).await;
    let foreign = reqwest::Client::new()
        .get(page.url())
        .header("host", "evil.invalid");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    let address = page.url().replace("http:", "ws:") + "socket";
    let mut request = address.as_str().into_client_request().unwrap();
    let origin = "http://evil.invalid".parse().unwrap();
    request.headers_mut().insert("origin", origin);
    assert!(connect_async(request).await.is_err());
}

#[tokio::test]
async fn the_page_may_load_nothing_but_its_own_files_and_none_of_them_parses_html() {
    let sim = sim().await;
    let page = page(&sim).await;
    let answer = reqwest::get(page.url()).await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
    let document = answer.text().await.unwrap();
    assert!(!document.contains("http:") && !document.contains("https:"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/web");
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ] {
            assert!(!text.contains(word), "{word} in {:?}", file.file_name());
        }
        let name = file.file_name().into_string().unwrap();
        let name = if name == "index.html" {
            String::new()
        } else {
            name
        };
        let served = reqwest::get(page.url() + &name).await.unwrap();
        assert_eq!(served.text().await.unwrap(), text, "{name} is not served");
    }
}

#[tokio::test]
async fn what_is_said_on_the_page_is_said_by_its_persona_and_comes_back() {
    let sim = sim().await;
    let mut open = Open::new(&page(&sim).await).await;
    let general = open.channel("general");
    open.ask(json!({"do": "say", "channel": general, "text": "hello"}))
        .await;
    open.until(|open| open.says("hello")).await;
    open.ask(json!({"do": "persona", "name": "alice"})).await;
    open.ask(json!({"do": "say", "channel": general, "text": "hi"}))
        .await;
    open.until(|open| open.says("hi")).await;
    let authors: Vec<_> = sim
        .shown(0)
        .into_iter()
        .map(|s| s.author.unwrap())
        .collect();
    assert_eq!(authors, ["mod", "alice"]);
}

#[tokio::test]
async fn an_answer_for_one_person_is_told_to_nobody_else() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    let rest = Rest::new(&sim);
    let general = sim.channel_id("general").unwrap();
    let message = json!({"content": "press", "components": [button("go", "Go")]});
    rest.ok("POST", &format!("/channels/{general}/messages"), message)
        .await;
    let page = page(&sim).await;
    let (mut mine, mut theirs) = (Open::new(&page).await, Open::new(&page).await);
    theirs.ask(json!({"do": "persona", "name": "alice"})).await;
    let press = mine.messages.keys().next().unwrap().clone();
    let click = json!({
        "do": "click", "channel": general.to_string(), "message": press, "custom_id": "go",
    });
    mine.ask(click).await;
    let asked = wire.event("INTERACTION_CREATE").await;
    let secret = json!({"type": 4, "data": {"content": "secret", "flags": 64}});
    respond(&rest, &asked, secret).await;
    mine.until(|open| open.says("secret")).await;
    act(&sim, &Act::say("bob", "after"));
    theirs.until(|open| open.says("after")).await;
    assert!(!theirs.says("secret"));
    // The same connection sees it as the person for whom it is.
    theirs.ask(json!({"do": "persona", "name": "mod"})).await;
    theirs.until(|open| open.says("secret")).await;
    let script = reqwest::get(page.url() + "transcript.script")
        .await
        .unwrap();
    let script = script.text().await.unwrap();
    assert!(script.starts_with("mod: click Go\n"), "{script}");
}

#[tokio::test]
async fn a_form_is_told_while_it_is_open_and_sent_in_by_its_fields() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    let rest = Rest::new(&sim);
    let general = sim.channel_id("general").unwrap();
    let message = json!({"content": "press", "components": [button("go", "Go")]});
    rest.ok("POST", &format!("/channels/{general}/messages"), message)
        .await;
    let mut open = Open::new(&page(&sim).await).await;
    act(&sim, &Act::click("mod", "Go"));
    let asked = wire.event("INTERACTION_CREATE").await;
    let input = json!({"type": 4, "custom_id": "why", "label": "Why", "style": 1});
    let row = json!({"type": 1, "components": [input]});
    let form = json!({"custom_id": "form", "title": "Tell", "components": [row]});
    respond(&rest, &asked, json!({"type": 9, "data": form})).await;
    open.until(|open| open.parts["modal"]["form"]["title"] == "Tell")
        .await;
    let general = general.to_string();
    open.ask(json!({"do": "submit", "channel": general, "fields": {"why": "two words"}}))
        .await;
    open.until(|open| open.parts["modal"].is_null()).await;
    let sent = wire.event("INTERACTION_CREATE").await;
    assert_eq!(
        sent["data"]["components"][0]["components"][0]["value"],
        "two words"
    );
}

#[tokio::test]
async fn somebody_without_rights_sees_no_private_channel_and_odd_requests_are_refused_in_words() {
    let sim = sim().await;
    let mut open = Open::new(&page(&sim).await).await;
    open.ask(json!({"do": "persona", "name": "troll"})).await;
    open.until(|open| open.parts["channels"].as_array().unwrap().len() == 2)
        .await;
    for odd in [
        json!({"do": "nothing"}),
        json!({"do": "say", "channel": "x", "text": "y"}),
        json!({"do": "say", "channel": "18446744073709551616", "text": "y"}),
        json!({"do": "persona", "name": "nobody"}),
        json!({"do": "control", "tab": "Faults", "control": "none"}),
        json!({"do": "script", "text": "nonsense"}),
    ] {
        open.told.clear();
        open.ask(odd.clone()).await;
        open.until(|open| open.refused().is_some_and(|why| !why.is_empty()))
            .await;
    }
}

#[tokio::test]
async fn the_fault_panel_breaks_and_mends() {
    let sim = sim().await;
    let mut open = Open::new(&page(&sim).await).await;
    let rest = Rest::new(&sim);
    let guild = sim.guild_id();
    let troll = sim.user_id("troll").unwrap();
    let ban = format!("/guilds/{guild}/bans/{troll}");
    let on = |open: &Open, control: &str| {
        let panels = open
            .told
            .iter()
            .rev()
            .filter(|told| told["tab"] == "Faults");
        let blocks = panels.flat_map(|told| told["blocks"].as_array().unwrap());
        let mut switches = blocks.filter(|block| block["control"] == control);
        switches.next().is_some_and(|block| block["on"] == true)
    };
    for (control, status) in [("sanctions-fail", 500), ("no-permissions", 403)] {
        let set = |value: bool| json!({"do": "control", "tab": "Faults", "control": control, "value": value});
        open.ask(set(true)).await;
        open.until(|open| on(open, control)).await;
        assert_eq!(
            rest.call("PUT", &ban, json!({})).await.0,
            status,
            "{control}"
        );
        open.ask(set(false)).await;
        open.until(|open| !on(open, control)).await;
    }
    assert_eq!(rest.call("PUT", &ban, json!({})).await.0, 204);
}
