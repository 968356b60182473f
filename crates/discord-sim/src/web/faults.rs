//! The panel with which one breaks things and sees how the bot copes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::{Block, Doing, Panel, Tone};
use crate::fault::{FaultAction, FaultId, FaultRule};
use crate::permissions::Bits;
use crate::sim::Sim;
use crate::state::State;

/// Where all faults stand, those of the bot's own panels too.
pub(super) const TAB: &str = "Faults";

/// Faults of Discord's side.
#[derive(Debug)]
pub(super) struct Faults {
    sim: Sim,
    on: Mutex<On>,
}

/// What is broken now.
#[derive(Debug, Default)]
struct On {
    dms_closed: bool,
    /// What the bot's role could do before it was taken away.
    bits: Option<(String, Bits)>,
    rules: BTreeMap<&'static str, Vec<FaultId>>,
}

/// A switch that harms requests.
struct Harm {
    control: &'static str,
    label: &'static str,
    about: &'static str,
    /// Method and path of the requests.
    requests: &'static [(&'static str, &'static str)],
    action: fn() -> FaultAction,
}

const SANCTIONS: &[(&str, &str)] = &[
    ("PUT", "/guilds/*/bans/*"),
    ("DELETE", "/guilds/*/bans/*"),
    ("PATCH", "/guilds/*/members/*"),
    ("DELETE", "/guilds/*/members/*"),
];

const HARMS: [Harm; 3] = [
    Harm {
        control: "sanctions-fail",
        label: "Discord cannot ban, kick or time out",
        about: "Those requests are answered with 500; everything else works.",
        requests: SANCTIONS,
        action: || FaultAction::Status(500, None),
    },
    Harm {
        control: "answers-lost",
        label: "Answers to bans, kicks and timeouts are lost",
        about: "They take effect, but the bot is not told: the connection ends instead.",
        requests: SANCTIONS,
        action: || FaultAction::DropAfter,
    },
    Harm {
        control: "everything-fails",
        label: "Discord answers 500 to everything",
        about: "Commands still reach the bot through the gateway, but it can answer nobody.",
        requests: &[("", "*")],
        action: || FaultAction::Status(500, None),
    },
];

impl Faults {
    pub(super) fn new(sim: Sim) -> Self {
        Self {
            sim,
            on: Mutex::default(),
        }
    }

    fn on(&self) -> MutexGuard<'_, On> {
        self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn blocks(&self) -> Vec<Block> {
        let on = self.on();
        let mut blocks = vec![
            Block::Note {
                tone: Tone::Plain,
                text: "Break something, let the bot work, and mend it again. Nothing that was \
                       promised may get lost."
                    .to_owned(),
            },
            heading("People and permissions"),
            switch(
                "dms-closed",
                "Nobody takes direct messages",
                "As with the privacy setting of a server.",
                on.dms_closed,
            ),
            switch(
                "no-permissions",
                "Take the bot's permissions away",
                "Its role can do nothing until you give them back.",
                on.bits.is_some(),
            ),
            heading("Requests"),
        ];
        let harms = HARMS.iter();
        blocks.extend(harms.map(|harm| {
            let harms = on.rules.contains_key(harm.control);
            switch(harm.control, harm.label, harm.about, harms)
        }));
        drop(on);
        blocks.push(heading("Gateway"));
        let connected = self.sim.shared.lock().gateway.live().count();
        blocks.push(if connected > 0 {
            note(Tone::Good, "The bot is connected.")
        } else {
            note(Tone::Busy, "The bot is not connected.")
        });
        blocks.push(button(
            "cut-gateway",
            "Cut the connection",
            "Without a word; the bot can resume.",
        ));
        blocks.push(button(
            "forget-session",
            "Forget the session",
            "The bot has to begin anew.",
        ));
        blocks
    }

    fn set(&self, control: &str, value: &Value) -> Option<Result<(), String>> {
        let on = value == &Value::Bool(true);
        match control {
            "dms-closed" => {
                self.on().dms_closed = on;
                let mut state = self.sim.shared.lock();
                for user in state.users.values_mut().filter(|user| !user.bot) {
                    user.dms_open = !on;
                }
            }
            "no-permissions" => {
                if let Err(refusal) = self.permissions(on) {
                    return Some(Err(refusal));
                }
            }
            "cut-gateway" => self.sim.cut_gateway(),
            "forget-session" => self.sim.invalidate_session(false),
            _ => {
                let harm = HARMS.iter().find(|harm| harm.control == control)?;
                self.harm(harm, on);
            }
        }
        self.sim.shared.progress();
        Some(Ok(()))
    }

    fn permissions(&self, take: bool) -> Result<(), String> {
        let mut on = self.on();
        if take == on.bits.is_some() {
            return Ok(());
        }
        let (role, bits) = if let Some(before) = on.bits.take() {
            before
        } else {
            let before = bot_role(&self.sim.shared.lock()).ok_or("the bot has no role here")?;
            on.bits = Some(before.clone());
            (before.0, 0)
        };
        let set = self.sim.set_permissions(&role, bits);
        set.map_err(|refusal| refusal.to_string())
    }

    fn harm(&self, harm: &Harm, on: bool) {
        let mut switches = self.on();
        for rule in switches.rules.remove(harm.control).into_iter().flatten() {
            // It may be gone already, when all were cleared.
            let _there = self.sim.release(rule);
        }
        if on {
            let rule = |(method, path): &(&str, &str)| FaultRule {
                method: (!method.is_empty()).then(|| (*method).to_owned()),
                path: (*path).to_owned(),
                skip: 0,
                times: None,
                action: (harm.action)(),
            };
            let rules = harm.requests.iter().map(rule);
            let ids = rules.map(|rule| self.sim.fault(rule)).collect();
            switches.rules.insert(harm.control, ids);
        }
    }
}

impl Panel for Faults {
    fn tab(&self) -> &'static str {
        TAB
    }

    fn look(&self) -> Doing<'_, Vec<Block>> {
        Box::pin(async { self.blocks() })
    }

    fn act<'a>(
        &'a self,
        control: &'a str,
        value: &'a Value,
    ) -> Doing<'a, Option<Result<(), String>>> {
        Box::pin(async move { self.set(control, value) })
    }
}

/// The bot's own role in the first guild, and what it may do.
fn bot_role(state: &State) -> Option<(String, Bits)> {
    let guild = state.guilds.get(&state.main_guild)?;
    let mut roles = guild.roles.values();
    let role = roles.find(|role| role.managed_by == Some(state.bot_id))?;
    Some((role.name.clone(), role.bits))
}

fn heading(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
    }
}

fn note(tone: Tone, text: &str) -> Block {
    Block::Note {
        tone,
        text: text.to_owned(),
    }
}

fn switch(control: &str, label: &str, about: &str, on: bool) -> Block {
    Block::Switch {
        control: control.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
        on,
    }
}

fn button(control: &str, label: &str, about: &str) -> Block {
    Block::Button {
        control: control.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
    }
}
