//! The faults of the bot's own side: its database, its life, and time.

use super::stagehand::Stagehand;
use crate::data::Data;
use discord_sim::{
    Line,
    web::{Block, Doing, Panel, Tone},
};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::watch;

/// Where the simulator's own faults stand as well.
const TAB: &str = "Faults";
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

pub(super) struct BotFaults {
    data: watch::Receiver<Data>,
    stagehand: Stagehand,
}

impl BotFaults {
    pub(super) fn new(data: watch::Receiver<Data>, stagehand: Stagehand) -> Self {
        Self { data, stagehand }
    }

    fn blocks(&self) -> Vec<Block> {
        let stopped = self.data.borrow().database.outage().is_on();
        let mut blocks = vec![
            heading("Database"),
            Block::Switch {
                control: "stop-database".to_owned(),
                label: "Stop the database".to_owned(),
                about:
                    "Every statement and every new transaction fails, as when the server is gone."
                        .to_owned(),
                on: stopped,
            },
        ];
        if stopped {
            blocks.push(Block::Note {
                tone: Tone::Warning,
                text: "The bot has no database. Commands are refused with a reason; what was promised \
                       before waits until it is back."
                    .to_owned(),
            });
        }
        blocks.extend([
            heading("Process"),
            button(
                "restart",
                "Kill and start again",
                "Nothing is finished, told or written before; the data stays.",
            ),
            heading("Time"),
            button("hour", "An hour passes", "For Discord and the bot alike."),
            button("day", "A day passes", "Timeouts and bans for a time end."),
        ]);
        blocks
    }

    async fn set(&self, control: &str, value: &Value) -> Option<Result<(), String>> {
        let line = match control {
            "stop-database" => {
                let away = value == &Value::Bool(true);
                self.data.borrow().database.outage().set(away);
                return Some(Ok(()));
            }
            "restart" => Line::Restart,
            "hour" => Line::Wait(HOUR),
            "day" => Line::Wait(DAY),
            _ => return None,
        };
        Some(self.stagehand.press(line).await)
    }
}

impl Panel for BotFaults {
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
        Box::pin(self.set(control, value))
    }
}

fn heading(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
    }
}

fn button(control: &str, label: &str, about: &str) -> Block {
    Block::Button {
        control: control.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
    }
}
