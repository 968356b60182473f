//! Pressing a button and choosing from a menu.

use serde_json::{Value, json};

use super::Standing;
use super::option::check_channel_type;
use crate::refusal::Refusal;
use crate::shown::{Shown, ShownKind};
use crate::state::State;

/// A component of a message that a person can use.
struct Usable {
    message: u64,
    component: Value,
}

impl State {
    pub(super) fn click(&mut self, standing: Standing, label: &str) -> Result<(), Refusal> {
        let buttons = self.usable(standing, |component| {
            // A link tells the bot nothing.
            component["type"] == 2 && component["custom_id"].is_string()
        });
        let pressed = buttons.iter().find(|button| {
            name(&button.component).eq_ignore_ascii_case(label)
                || button.component["custom_id"] == label
        });
        let Some(Usable { message, component }) = pressed else {
            let known = buttons
                .iter()
                .map(|button| name(&button.component).to_owned())
                .collect();
            return Err(Refusal::NoButton {
                label: label.to_owned(),
                known,
            });
        };
        let data = json!({
            "component_type": 2,
            "id": component["id"],
            "custom_id": component["custom_id"],
        });
        self.show_use(ShownKind::Click, standing, name(component));
        self.ask_by_component(standing, &data, *message)
    }

    pub(super) fn select(&mut self, standing: Standing, wanted: &[String]) -> Result<(), Refusal> {
        let guild = self.channel(standing.channel)?.guild();
        let menus = self.usable(standing, |component| {
            matches!(component["type"].as_u64(), Some(3 | 5..=8))
        });
        for Usable { message, component } in &menus {
            let mut resolved = json!({});
            let values = self.menu_values(guild, component, wanted, &mut resolved);
            let Some(values) = values else { continue };
            let mut data = json!({
                "component_type": component["type"],
                "id": component["id"],
                "custom_id": component["custom_id"],
                "values": values,
            });
            if component["type"] != 3 {
                data["resolved"] = resolved;
            }
            self.show_use(ShownKind::Select, standing, &wanted.join(", "));
            return self.ask_by_component(standing, &data, *message);
        }
        let options = menus.iter().flat_map(|menu| options(&menu.component));
        let known = options
            .filter_map(|option| option["label"].as_str())
            .map(str::to_owned);
        Err(Refusal::NoMenu {
            wanted: wanted.to_vec(),
            known: known.collect(),
        })
    }

    /// What a menu sends for these options, when it has them all and takes so many.
    pub(super) fn menu_values(
        &self,
        guild: Option<u64>,
        menu: &Value,
        wanted: &[String],
        resolved: &mut Value,
    ) -> Option<Vec<Value>> {
        let count = u64::try_from(wanted.len()).ok()?;
        let kind = menu["type"].as_u64()?;
        let (min, max) = (menu["min_values"].as_u64(), menu["max_values"].as_u64());
        // Of a group of checkboxes all may be chosen when nothing is said.
        let most = if kind == 22 { u64::MAX } else { 1 };
        if count < min.unwrap_or(1) || count > max.unwrap_or(most) {
            return None;
        }
        let value = |text: &String| {
            if matches!(kind, 3 | 21 | 22) {
                let fits = |option: &&Value| {
                    let label = option["label"].as_str().unwrap_or_default();
                    label.eq_ignore_ascii_case(text) || option["value"] == *text
                };
                return options(menu)
                    .find(fits)
                    .map(|option| option["value"].clone());
            }
            // Menus of users, roles, both and channels, in the order of an option's types. People here
            // have no files to upload.
            let kind = match kind {
                5 => 6,
                6 => 8,
                7 => 9,
                8 => 7,
                _ => return None,
            };
            let id = self.mentionable(guild, kind, text, resolved).ok()?;
            if let Some(channel) = self.channels.get(&id).filter(|_| kind == 7) {
                check_channel_type(menu, channel).ok()?;
            }
            Some(json!(id.to_string()))
        };
        wanted.iter().map(value).collect()
    }

    /// The enabled components that the person sees, the newest message's first.
    fn usable(&self, standing: Standing, fits: impl Fn(&Value) -> bool) -> Vec<Usable> {
        let messages = self
            .messages
            .get(&standing.channel)
            .into_iter()
            .flatten()
            .rev();
        let messages = messages.filter(|(_, message)| message.visible_to(standing.user));
        let mut usable = Vec::new();
        for (id, message) in messages {
            let rows = message.components.iter();
            let items = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
            let enabled = items.filter(|item| item["disabled"] != true && fits(item));
            usable.extend(enabled.map(|c| Usable {
                message: *id,
                component: c.clone(),
            }));
        }
        usable
    }

    fn ask_by_component(
        &mut self,
        standing: Standing,
        data: &Value,
        message: u64,
    ) -> Result<(), Refusal> {
        self.ask(standing.asks(3), data, Some(message), None)?;
        Ok(())
    }

    pub(super) fn show_use(&mut self, kind: ShownKind, standing: Standing, what: &str) {
        let mut shown = Shown::new(kind);
        shown.author = Some(self.name_of(standing.user));
        shown.channel = self.shown_channel(standing.channel);
        shown.content = Some(what.to_owned());
        self.show(shown);
    }
}

/// What a button says: its label, or its emoji when it has none.
fn name(button: &Value) -> &str {
    let label = button["label"].as_str();
    label
        .or_else(|| button["emoji"]["name"].as_str())
        .unwrap_or_default()
}

fn options(menu: &Value) -> impl Iterator<Item = &Value> {
    menu["options"].as_array().into_iter().flatten()
}
