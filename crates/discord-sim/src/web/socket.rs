//! One page that is open: what it is told, and what it asks for.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use super::request::Request;
use super::view::View;
use super::{Block, Site, faults};
use crate::shown::{Shown, ShownKind};
use crate::state::State;

/// What comes close together is told together.
const PAUSE: Duration = Duration::from_millis(25);
/// How often panels are looked at.
const LOOK: Duration = Duration::from_millis(400);
/// Who one speaks as at first, where there is somebody of that name.
const FIRST_PERSONA: &str = "mod";

/// Serves a page until it is closed or the simulator is stopped.
pub(super) async fn serve(mut socket: WebSocket, site: Arc<Site>) {
    let (tell, mut told) = unbounded_channel();
    // Dropped with the connection, and everything that it has begun with it.
    let mut tasks = JoinSet::new();
    tasks.spawn(look(Arc::clone(&site), tell.clone()));
    let mut viewer = Viewer::new(&site);
    let mut progress = site.sim.shared.progress_signal();
    let mut played = site.played.subscribe();
    if !viewer.greet(&mut socket).await {
        return;
    }
    loop {
        let open = tokio::select! {
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    viewer.asked(&text, &tell, &mut tasks);
                    viewer.update(&mut socket).await
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                Some(Ok(_)) => true,
            },
            Ok(()) = progress.changed() => {
                tokio::time::sleep(PAUSE).await;
                progress.borrow_and_update();
                viewer.update(&mut socket).await
            }
            Ok(()) = played.changed() => viewer.update(&mut socket).await,
            Some(said) = told.recv() => send(&mut socket, &said).await && drain(&mut socket, &mut told).await,
            Some(_ended) = tasks.join_next() => true,
            () = site.sim.shared.stopped() => false,
        };
        if !open {
            return;
        }
    }
}

async fn send(socket: &mut WebSocket, value: &Value) -> bool {
    let text = value.to_string();
    socket.send(Message::Text(text.into())).await.is_ok()
}

async fn drain(socket: &mut WebSocket, told: &mut UnboundedReceiver<Value>) -> bool {
    while let Ok(said) = told.try_recv() {
        if !send(socket, &said).await {
            return false;
        }
    }
    true
}

/// Looks at all panels again and again, and tells of the tabs that changed.
async fn look(site: Arc<Site>, tell: UnboundedSender<Value>) {
    let mut before: BTreeMap<&'static str, Vec<Block>> = BTreeMap::new();
    loop {
        let mut now: BTreeMap<&'static str, Vec<Block>> = BTreeMap::new();
        for panel in &site.panels {
            let blocks = panel.look().await;
            now.entry(panel.tab()).or_default().extend(blocks);
        }
        let changed = now
            .iter()
            .filter(|(tab, blocks)| before.get(*tab) != Some(blocks));
        for (tab, blocks) in changed {
            let panel = json!({"type": "panel", "tab": tab, "blocks": blocks});
            if tell.send(panel).is_err() {
                return;
            }
        }
        before = now;
        tokio::time::sleep(LOOK).await;
    }
}

/// Who looks at the page, and what they were told already.
struct Viewer {
    site: Arc<Site>,
    persona: String,
    view: View,
    /// How much of the transcript.
    shown: usize,
    played: usize,
}

impl Viewer {
    fn new(site: &Arc<Site>) -> Self {
        let state = site.sim.shared.lock();
        let first = state.person_named(FIRST_PERSONA).ok();
        let anybody = state.users.values().find(|user| !user.bot);
        let persona = first.or(anybody.map(|user| user.id));
        Self {
            persona: persona.map_or_else(String::new, |id| state.name_of(id)),
            view: View::default(),
            shown: 0,
            played: 0,
            site: Arc::clone(site),
        }
    }

    /// Everything, for a page that has just been opened.
    async fn greet(&mut self, socket: &mut WebSocket) -> bool {
        let mut tabs: Vec<&str> = self.site.panels.iter().map(|panel| panel.tab()).collect();
        // One sees how it works before one breaks it.
        tabs.sort_by_key(|tab| *tab == faults::TAB);
        let hello = json!({"type": "hello", "tabs": tabs});
        send(socket, &hello).await && self.update(socket).await
    }

    /// Takes a request. What it needs time for runs beside the connection.
    fn asked(&mut self, text: &str, tell: &UnboundedSender<Value>, tasks: &mut JoinSet<()>) {
        let request = match serde_json::from_str(text) {
            Ok(Request::Persona { name }) => {
                let known = self.site.sim.shared.lock().person_named(&name);
                match known {
                    Ok(_) => self.persona = name,
                    Err(refusal) => refuse(tell, &refusal.to_string()),
                }
                return;
            }
            Ok(request) => request,
            Err(error) => {
                return refuse(tell, &format!("the page asked for something odd: {error}"));
            }
        };
        let (site, persona, tell) = (Arc::clone(&self.site), self.persona.clone(), tell.clone());
        tasks.spawn(async move {
            if let Err(why) = site.play(&persona, request).await {
                refuse(&tell, &why);
            }
        });
    }

    /// Tells what has changed since the last time.
    async fn update(&mut self, socket: &mut WebSocket) -> bool {
        let site = Arc::clone(&self.site);
        let (delta, shown) = {
            let state = site.sim.shared.lock();
            let person = state.user_named(&self.persona).unwrap_or_default();
            let now = View::of(&state, person, site.watched.as_deref());
            let delta = now.since(&self.view);
            self.view = now;
            (delta, self.transcript(&state))
        };
        let lines = self.lines();
        if delta.is_none() && shown.is_empty() && lines.is_empty() {
            return true;
        }
        let mut update = delta.unwrap_or_else(|| json!({}));
        update["type"] = json!("update");
        update["now"] = json!(self.site.sim.clock().now_ms());
        update["shown"] = json!(shown);
        update["lines"] = json!(lines);
        send(socket, &update).await
    }

    /// What Discord has shown since the last time: for the transcript, and for the client's own signs.
    fn transcript(&mut self, state: &State) -> Vec<Value> {
        let new = state.transcript.all.get(self.shown..).unwrap_or_default();
        let entries = new.iter().enumerate().map(|(offset, shown)| {
            let mut entry = json!({
                "at": self.shown + offset,
                "kind": shown.kind,
                "text": self.site.host.describe(shown),
            });
            if self.is_for(shown) {
                entry["choices"] = choices(shown);
                entry["channel"] = json!(shown.channel);
                entry["content"] = json!(shown.content);
            }
            entry
        });
        let entries = entries.collect();
        self.shown += new.len();
        entries
    }

    /// Whether it is a sign of the client for the one who looks, and not for everyone.
    fn is_for(&self, shown: &Shown) -> bool {
        let sign = matches!(shown.kind, ShownKind::Choices | ShownKind::NoResponse);
        sign && shown.to.as_ref() == Some(&self.persona)
    }

    fn lines(&mut self) -> Vec<Value> {
        let script = self
            .site
            .script
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let new = script.since(self.played);
        self.played += new.len();
        new.iter().map(|line| json!(line)).collect()
    }
}

fn refuse(tell: &UnboundedSender<Value>, why: &str) {
    // The page may have been closed meanwhile.
    let _gone = tell.send(json!({"type": "refused", "text": why}));
}

fn choices(shown: &Shown) -> Value {
    if shown.kind == ShownKind::Choices {
        json!(shown.components)
    } else {
        Value::Null
    }
}
