//! What the page asks for, as JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// One thing that somebody does on the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum Request {
    /// Speaks as somebody else from now on.
    Persona { name: String },
    /// Sends a message.
    Say { channel: String, text: String },
    /// Uses a slash command; the text is without the slash.
    Slash { channel: String, text: String },
    /// Types a slash command, so that the bot completes its last option.
    Type { channel: String, text: String },
    /// Presses a button.
    Click {
        channel: String,
        message: String,
        custom_id: String,
    },
    /// Chooses from a menu.
    Select {
        channel: String,
        message: String,
        custom_id: String,
        values: Vec<String>,
    },
    /// Sends the open form.
    Submit {
        channel: String,
        fields: BTreeMap<String, String>,
    },
    /// Reacts to the newest message.
    React { channel: String, emoji: String },
    /// Joins the guild.
    Join,
    /// Leaves the guild.
    Leave,
    /// Opens the conversation with the bot.
    OpenDm,
    /// Plays lines of a script, one after the other.
    Script { text: String },
    /// Uses a control of a panel.
    Control {
        tab: String,
        control: String,
        #[serde(default)]
        value: Value,
    },
}
