//! The bot's side of REST, without any library's opinion of it.

use discord_sim::Sim;
use reqwest::{Client, Method};
use serde_json::Value;

pub(crate) struct Rest {
    pub(crate) client: Client,
    base: String,
    token: String,
}

impl Rest {
    pub(crate) fn new(sim: &Sim) -> Self {
        Self {
            client: Client::new(),
            base: format!("{}/api/v10", sim.url()),
            token: sim.token().to_owned(),
        }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.client
            .request(method, format!("{}{path}", self.base))
            .header("Authorization", format!("Bot {}", self.token))
    }

    /// Sends a request, with a JSON body unless that is null. Answers the status and the JSON.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.request(method, path);
        if !body.is_null() {
            request = request.json(&body);
        }
        answer(request).await
    }

    /// The same for a request that must succeed.
    pub(crate) async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, body).await;
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }
}

pub(crate) async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}
