//! From what is done on the page to lines of a script, and their effect.

use std::time::Duration;

use super::Site;
use super::request::Request;
use crate::act::{Act, Place, What};
use crate::script::Line;
use crate::state::State;

/// How long a script waits for the bot to come to rest after a line, before it goes on regardless: a
/// bot that is being harmed may never.
const PATIENCE: Duration = Duration::from_secs(15);

/// What cannot be done on the page, in words for the person there.
pub(super) type Refused = String;

impl Site {
    /// Does what `person` asks for. Speaking as somebody else is the connection's own business.
    pub(super) async fn play(&self, person: &str, request: Request) -> Result<(), Refused> {
        match request {
            Request::Script { text } => self.script(&text).await,
            Request::Control {
                tab,
                control,
                value,
            } => {
                for panel in self.panels.iter().filter(|panel| panel.tab() == tab) {
                    if let Some(done) = panel.act(&control, &value).await {
                        return done;
                    }
                }
                Err(format!("{tab} has no control {control:?}"))
            }
            Request::OpenDm => {
                let mut state = self.sim.shared.lock();
                if let Some(id) = state.user_named(person) {
                    state.open_dm(id);
                }
                drop(state);
                self.sim.shared.progress();
                Ok(())
            }
            request => match self.act(person, request)? {
                Some(act) => self.line(Line::Act(act)).await,
                None => Ok(()),
            },
        }
    }

    /// What the request means as an act of a person.
    fn act(&self, person: &str, request: Request) -> Result<Option<Act>, Refused> {
        let state = self.sim.shared.lock();
        let (channel, what) = match request {
            Request::Say { channel, text } => (channel, What::Say(text)),
            Request::Slash { channel, text } => (channel, What::Slash(text)),
            Request::Type { channel, text } => (channel, What::Type(text)),
            Request::React { channel, emoji } => (channel, What::React(emoji)),
            Request::Submit { channel, fields } => {
                (channel, What::Submit(fields.into_iter().collect()))
            }
            Request::Click {
                channel,
                message,
                custom_id,
            } => {
                let pressed = Pressed::find(&state, person, &channel, &message, &custom_id)?;
                (channel, What::Click(pressed.name()))
            }
            Request::Select {
                channel,
                message,
                custom_id,
                values,
            } => {
                Pressed::find(&state, person, &channel, &message, &custom_id)?;
                (channel, What::Select(values))
            }
            Request::Join => return Ok(Some(Act::new(person, What::Join))),
            Request::Leave => return Ok(Some(Act::new(person, What::Leave))),
            _ => return Ok(None),
        };
        let act = Act::new(person, what);
        Ok(Some(match place(&state, &channel)? {
            Place::Dm => act.in_dm(),
            Place::Channel(name) => act.in_channel(&name),
        }))
    }

    /// Plays one line and writes it down. What the bot makes of it is not waited for.
    async fn line(&self, line: Line) -> Result<(), Refused> {
        // Before its effect, so that what follows stands below it.
        let before = self.sim.shared.lock().transcript.all.len();
        match &line {
            Line::Act(act) => {
                self.sim
                    .perform(act)
                    .await
                    .map_err(|refusal| refusal.to_string())?;
                self.host.heard(&line);
            }
            Line::Empty | Line::Help | Line::Comment(_) => {}
            Line::Wait(_) | Line::Restart => self.host.play(line.clone()).await?,
        }
        self.heard_at(&line, before);
        Ok(())
    }

    /// Plays a script; refusals are part of the story, and told at the end.
    async fn script(&self, text: &str) -> Result<(), Refused> {
        let lines: Result<Vec<Line>, _> = text.lines().map(Line::parse).collect();
        let lines = lines.map_err(|error| error.to_string())?;
        let mut refused = Vec::new();
        for line in lines {
            if let Err(why) = self.line(line.clone()).await {
                refused.push(format!("{line}: {why}"));
            }
            if !matches!(line, Line::Empty | Line::Comment(_)) {
                // A bot that does not come to rest is no reason to stop.
                let _rest = tokio::time::timeout(PATIENCE, self.host.settle()).await;
            }
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused.join("\n"))
        }
    }
}

/// The place of a channel that the page knows by its id.
fn place(state: &State, channel: &str) -> Result<Place, Refused> {
    let id = channel.parse().ok();
    let known = id.and_then(|id: u64| state.channels.get(&id));
    let channel = known.ok_or("this channel is gone")?;
    Ok(match channel.recipient() {
        Some(_) => Place::Dm,
        None => Place::Channel(channel.name.clone()),
    })
}

/// A component that somebody pressed, as an act can name it.
struct Pressed {
    custom_id: String,
    /// Its label, where that names it too.
    label: Option<String>,
}

impl Pressed {
    /// Acts name components by what they say, and mean the newest: what lies below a newer one of the
    /// same id cannot be named.
    fn find(
        state: &State,
        person: &str,
        channel: &str,
        message: &str,
        custom_id: &str,
    ) -> Result<Self, Refused> {
        let person = state.user_named(person).unwrap_or_default();
        let channel: u64 = channel.parse().unwrap_or_default();
        let newest_first = state.messages.get(&channel).into_iter().flatten().rev();
        let seen = newest_first.filter(|(_, message)| message.visible_to(person));
        let all: Vec<(String, String, String)> = seen
            .flat_map(|(id, message)| {
                let rows = message.components.iter();
                let items = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
                let enabled = items.filter(|item| item["disabled"] != true);
                let text =
                    |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
                enabled
                    .map(move |item| {
                        (
                            id.to_string(),
                            text(&item["custom_id"]),
                            text(&item["label"]),
                        )
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        let newest = all.iter().find(|(_, id, _)| id == custom_id);
        let (on, _, label) = newest.ok_or("this cannot be used any more")?;
        if on != message {
            return Err("a newer message has the same; use that one".to_owned());
        }
        let same_label = all
            .iter()
            .find(|(_, _, other)| other.eq_ignore_ascii_case(label));
        let named = same_label.is_some_and(|(_, id, _)| id == custom_id) && !label.is_empty();
        Ok(Self {
            custom_id: custom_id.to_owned(),
            label: named.then(|| label.clone()),
        })
    }

    /// The label, which a script can be read by, or else the id.
    fn name(self) -> String {
        self.label.unwrap_or(self.custom_id)
    }
}
