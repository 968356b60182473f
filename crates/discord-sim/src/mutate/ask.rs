//! A person asks the bot for something: the interaction comes into being.

use serde_json::Value;

use crate::error::ApiError;
use crate::gateway::Event;
use crate::interaction::Interaction;
use crate::payload::Asked;
use crate::state::State;

impl State {
    /// Makes an interaction and tells the bot of it. `source` is the message whose component was
    /// used, `command` the name of the command. Answers the interaction's id.
    pub(crate) fn ask(
        &mut self,
        asked: Asked,
        data: &Value,
        source: Option<u64>,
        command: Option<String>,
    ) -> Result<u64, ApiError> {
        let id = self.ids.next();
        let token = format!("token-of-{id}");
        let mut json = self.interaction_json(asked, id, &token, data)?;
        if let Some(source) = source {
            json["message"] = self.message_json(self.message(asked.channel, source)?);
        }
        let interaction = Interaction {
            id,
            token,
            asked,
            created_ms: self.now_ms(),
            source,
            command,
            acknowledged: false,
            original: None,
            modal: None,
        };
        self.interactions.add(interaction);
        let guild = self.channel(asked.channel)?.guild();
        // The bot is asked also in channels that it does not see.
        self.emit(&Event {
            name: "INTERACTION_CREATE",
            guild,
            seen_in: None,
            data: json,
        });
        Ok(id)
    }
}
