//! What has changed between two views.

use serde_json::{Map, Value, json};

use super::view::View;

impl View {
    /// What somebody who has `before` needs to have `self`; nothing when they have it.
    ///
    /// `set` replaces whole parts. `messages` has, by channel, those to `put` and the ids to `drop`; a
    /// channel that is no longer seen is `null`.
    pub(super) fn since(&self, before: &Self) -> Option<Value> {
        let changed = |(name, part): (&&'static str, &Value)| {
            let same = before.parts.get(*name) == Some(part);
            (!same).then(|| ((*name).to_owned(), part.clone()))
        };
        let set: Map<String, Value> = self.parts.iter().filter_map(changed).collect();
        let messages = self.messages_since(before);
        if set.is_empty() && messages.is_empty() {
            return None;
        }
        Some(json!({"set": set, "messages": messages}))
    }

    fn messages_since(&self, before: &Self) -> Map<String, Value> {
        let mut changes = Map::new();
        for (channel, now) in &self.messages {
            let old = before.messages.get(channel);
            let known = |id: &u64| old.and_then(|old| old.get(id));
            let put: Vec<&Value> = now
                .iter()
                .filter(|(id, message)| known(id) != Some(message))
                .map(|(_, message)| message)
                .collect();
            let gone: Vec<String> = old
                .into_iter()
                .flat_map(|old| old.keys())
                .filter(|id| !now.contains_key(id))
                .map(u64::to_string)
                .collect();
            if old.is_none() || !put.is_empty() || !gone.is_empty() {
                changes.insert(channel.to_string(), json!({"put": put, "drop": gone}));
            }
        }
        for channel in before.messages.keys() {
            if !self.messages.contains_key(channel) {
                changes.insert(channel.to_string(), Value::Null);
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn view(channel: u64, messages: &[(u64, &str)], name: &str) -> View {
        let messages = messages.iter().map(|(id, text)| (*id, json!(text)));
        View {
            parts: BTreeMap::from([("name", json!(name)), ("same", json!(1))]),
            messages: BTreeMap::from([(channel, messages.collect())]),
        }
    }

    #[test]
    fn nothing_is_told_twice() {
        let view = view(1, &[(10, "a")], "x");
        assert_eq!(view.since(&view), None);
    }

    #[test]
    fn only_what_changed_is_told() {
        let before = view(1, &[(10, "a"), (11, "b"), (12, "c")], "x");
        let now = view(1, &[(10, "a"), (12, "C"), (13, "d")], "y");
        let expected = json!({
            "set": {"name": "y"},
            "messages": {"1": {"put": ["C", "d"], "drop": ["11"]}},
        });
        assert_eq!(now.since(&before), Some(expected));
    }

    #[test]
    fn a_channel_that_is_no_longer_seen_goes_away_and_an_empty_one_appears() {
        let (one, two) = (view(1, &[(10, "a")], "x"), view(2, &[], "x"));
        let told = two.since(&one).unwrap();
        assert_eq!(
            told["messages"],
            json!({"1": null, "2": {"put": [], "drop": []}})
        );
    }
}
