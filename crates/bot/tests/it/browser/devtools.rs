//! A small client of the `DevTools` protocol: <https://chromedevtools.github.io/devtools-protocol/>.

use base64::Engine as _;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Once,
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// How long something may take to appear before a test says that it never did.
const PATIENCE: Duration = Duration::from_secs(30);

/// The names under which Chromium is installed.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A browser with one page.
pub(super) struct Browser {
    process: Child,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: Option<String>,
    calls: u64,
    /// What the page has complained about: exceptions, refused loads, errors.
    pub(super) complaints: Vec<String>,
    _profile: TempDir,
}

impl Browser {
    /// A browser of 1360 by 860; nothing where none is installed, which is said once, loudly.
    pub(super) async fn start() -> Option<Self> {
        let Some(program) = installed() else {
            missing();
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new(program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let address = listening(&mut process);
        let (socket, _) = connect_async(address).await.unwrap();
        let mut browser = Self {
            process,
            socket,
            session: None,
            calls: 0,
            complaints: Vec::new(),
            _profile: profile,
        };
        let target = browser
            .call("Target.createTarget", json!({"url": "about:blank"}))
            .await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", attach).await;
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Runtime.enable", "Log.enable", "Page.enable"] {
            browser.call(domain, json!({})).await;
        }
        browser.size(1360, 860).await;
        browser.dark(false).await;
        Some(browser)
    }

    /// Calls a method of the protocol.
    pub(super) async fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let mut call = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            call["sessionId"] = json!(session);
        }
        self.socket
            .send(Message::text(call.to_string()))
            .await
            .unwrap();
        loop {
            let told = tokio::time::timeout(PATIENCE * 2, self.socket.next()).await;
            let told = told.unwrap_or_else(|_| panic!("the browser does not answer {method}"));
            let Message::Text(text) = told.unwrap().unwrap() else {
                continue;
            };
            let told: Value = serde_json::from_str(&text).unwrap();
            if told["id"] == id {
                assert!(told["error"].is_null(), "{method}: {told}");
                return told["result"].clone();
            }
            self.heard(&told);
        }
    }

    fn heard(&mut self, told: &Value) {
        let bad = match told["method"].as_str() {
            Some("Runtime.exceptionThrown") => true,
            Some("Log.entryAdded") => told["params"]["entry"]["level"] == "error",
            _ => false,
        };
        if bad {
            self.complaints.push(told["params"].to_string());
        }
    }

    pub(super) async fn open(&mut self, url: &str) {
        self.call("Page.navigate", json!({"url": url})).await;
        self.until("document.readyState === 'complete'").await;
    }

    /// The value of an expression in the page; promises are awaited.
    pub(super) async fn value(&mut self, expression: &str) -> Value {
        let run = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let done = self.call("Runtime.evaluate", run).await;
        let failed = &done["exceptionDetails"];
        assert!(
            failed.is_null(),
            "{expression}: {}",
            failed["exception"]["description"]
        );
        done["result"]["value"].clone()
    }

    /// Waits until an expression holds. The page looks at each frame that it draws.
    pub(super) async fn until(&mut self, expression: &str) {
        let patience = PATIENCE.as_millis();
        let wait = format!(
            "new Promise((done, never) => {{
                const since = Date.now();
                const look = () => {{
                    let so = false;
                    try {{ so = {expression}; }} catch {{}}
                    if (so) done(true);
                    else if (Date.now() - since > {patience}) never(new Error('it never came to pass'));
                    else requestAnimationFrame(look);
                }};
                look();
            }})"
        );
        self.value(&wait).await;
    }

    /// Waits until something of this selector holds this text.
    pub(super) async fn sees(&mut self, selector: &str, text: &str) {
        let (selector, text) = (json!(selector), json!(text));
        self.until(&format!(
            "[...document.querySelectorAll({selector})].some((node) => node.textContent.includes({text}))"
        ))
        .await;
    }

    /// Presses the mouse in the middle of the first thing of this selector.
    pub(super) async fn click(&mut self, selector: &str) {
        let selector = json!(selector);
        self.until(&format!("document.querySelector({selector}) !== null"))
            .await;
        let place = self
            .value(&format!(
                "(() => {{
                    const node = document.querySelector({selector});
                    node.scrollIntoView({{block: 'center'}});
                    const {{x, y, width, height}} = node.getBoundingClientRect();
                    return {{x: x + width / 2, y: y + height / 2}};
                }})()"
            ))
            .await;
        for kind in ["mousePressed", "mouseReleased"] {
            let press = json!({
                "type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", press).await;
        }
    }

    /// Types text where the focus is.
    pub(super) async fn types(&mut self, text: &str) {
        for letter in text.chars() {
            self.call("Input.insertText", json!({"text": letter.to_string()}))
                .await;
        }
    }

    /// Presses a key: `Enter`, `Tab`, `Escape`, `ArrowDown`, or `Alt+p`.
    pub(super) async fn key(&mut self, key: &str) {
        let (alt, name) = match key.split_once('+') {
            Some(("Alt", name)) => (1, name),
            _ => (0, key),
        };
        let number = match name {
            "Enter" => 13,
            "Tab" => 9,
            "Escape" => 27,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            letter => u32::from(letter.to_ascii_uppercase().as_bytes()[0]),
        };
        let code = match name.as_bytes() {
            [digit] if digit.is_ascii_digit() => format!("Digit{name}"),
            [_] => format!("Key{}", name.to_ascii_uppercase()),
            _ => name.to_owned(),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut press = json!({
                "type": kind, "key": name, "code": code,
                "windowsVirtualKeyCode": number, "modifiers": alt,
            });
            if name == "Enter" && kind == "keyDown" {
                press["text"] = json!("\r");
            }
            self.call("Input.dispatchKeyEvent", press).await;
        }
    }

    pub(super) async fn size(&mut self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        self.call("Emulation.setDeviceMetricsOverride", size).await;
    }

    pub(super) async fn dark(&mut self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.call("Emulation.setEmulatedMedia", media).await;
    }

    /// Keeps a picture of the page.
    pub(super) async fn picture(&mut self, name: &str) {
        let picture = self
            .call("Page.captureScreenshot", json!({"format": "png"}))
            .await;
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(picture["data"].as_str().unwrap());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, bytes.unwrap()).unwrap();
        eprintln!("a picture of the page: {}", file.display());
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.process.kill();
        let _status = self.process.wait();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the machine keeps its browser is no setting of the bot"
)]
fn installed() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the machine keeps its browser is no setting of the bot"
)]
fn missing() {
    static SAID: Once = Once::new();
    assert!(
        std::env::var_os("ROOKERY_REQUIRE_CHROMIUM").is_none(),
        "no Chromium is installed, and ROOKERY_REQUIRE_CHROMIUM asks for one"
    );
    SAID.call_once(|| {
        eprintln!("\n!!! NO CHROMIUM IS INSTALLED: THE PAGE WAS NOT TESTED IN A BROWSER !!!\n");
    });
}

/// The address at which the browser takes calls, which it prints when it has started.
fn listening(process: &mut Child) -> String {
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
        line.strip_prefix("DevTools listening on ")
            .map(str::to_owned)
    });
    // A browser whose words nobody takes would wait for a reader at last.
    std::thread::spawn(move || lines.for_each(drop));
    address.expect("the browser starts")
}
